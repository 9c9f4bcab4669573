"""Signal equations: what a sequence shows of a tissue. Times in ms unless named otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .tissues import Tissue

#: Longitudinal relaxivity of gadopentetate in plasma near 3 T, 1/(mM s); quoted values run from 3.3 to 4.5.
R1_PER_MM = 4.0
#: Hardware fat suppression leaves this share of the fat signal (*assumed*).
FAT_LEFT = 0.12
#: Effective T2* for the short gradient echoes (*assumed*, one value for all tissues).
T2_STAR_MS = 22.0


@dataclass(frozen=True)
class Sequence:
    """One acquisition: which equation, its timing, and the seconds after injection (None: before contrast)."""

    kind: str  # "gre-fat-sat" | "gre" | "fse-fat-sat"
    tr: float
    te: float
    flip_deg: float
    field_t: float
    seconds: float | None = None
    opposed: bool = False


def t1_at(tissue: Tissue, field_t: float) -> float:
    """T1 grows about with the cube root of the field strength (Bottomley et al. 1984)."""
    return tissue.t1_ms * (field_t / 3.0) ** (1 / 3)


def signal(tissue: Tissue, sequence: Sequence) -> float:
    """Transverse magnetisation. Fat in an opposed-phase echo counts negative, so that mixed voxels cancel."""
    rate = 1000 / t1_at(tissue, sequence.field_t)
    if sequence.seconds is not None:
        rate += R1_PER_MM * tissue.concentration(sequence.seconds)
    recovery = np.exp(-sequence.tr * rate / 1000)
    flip = np.deg2rad(sequence.flip_deg)
    if sequence.kind == "fse-fat-sat":
        magnitude = (1 - recovery) * np.exp(-sequence.te / tissue.t2_ms)
    else:
        magnitude = np.sin(flip) * (1 - recovery) / (1 - np.cos(flip) * recovery) * np.exp(-sequence.te / T2_STAR_MS)
    if sequence.opposed:
        weight = 1 - 2 * tissue.fat
    elif sequence.kind.endswith("fat-sat"):
        weight = 1 - tissue.fat * (1 - FAT_LEFT)
    else:
        weight = 1.0
    return float(tissue.density * magnitude * weight)
