"""Relaxation times, fat and contrast-agent uptake of tissues.

T1 and T2 at 3 T (ms) are round values in the range of de Bazelaire et al., Radiology 2004;230:652 and Stanisz et al.,
MRM 2005;54:507, as commonly quoted; tumour, necrosis and bowel values are *assumed*. Uptake curves (mM of an
extracellular gadolinium agent, seconds after injection) are *assumed*: piecewise linear, shaped after textbook
time-intensity curves (late arterial about 30 s, portal about 70 s, delayed about 180 s).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

#: Knots of every uptake curve, s after the start of injection.
CURVE_S = (0.0, 15.0, 25.0, 35.0, 50.0, 70.0, 120.0, 180.0, 300.0)


@dataclass(frozen=True)
class Tissue:
    t1_ms: float
    t2_ms: float
    #: Proton density relative to water.
    density: float = 1.0
    #: Share of the signal that is fat, 0-1.
    fat: float = 0.0
    #: mM at CURVE_S.
    uptake: tuple[float, ...] = (0.0,) * len(CURVE_S)

    def concentration(self, seconds: float) -> float:
        return float(np.interp(seconds, CURVE_S, self.uptake))

    def scaled(self, uptake: float) -> Tissue:
        return replace(self, uptake=tuple(c * uptake for c in self.uptake))


ATLAS: dict[str, Tissue] = {
    "air": Tissue(1000, 10, density=0.005),
    "lung": Tissue(1400, 20, density=0.07, uptake=(0, 0.6, 0.9, 0.8, 0.6, 0.5, 0.4, 0.35, 0.3)),
    "fat": Tissue(380, 68, density=0.95, fat=0.95),
    "muscle": Tissue(1200, 33, density=0.95, uptake=(0, 0, 0.05, 0.1, 0.16, 0.22, 0.26, 0.26, 0.24)),
    "marrow": Tissue(600, 50, density=0.55, fat=0.4, uptake=(0, 0.05, 0.2, 0.3, 0.35, 0.35, 0.33, 0.3, 0.26)),
    "cord": Tissue(2500, 160, density=1.0),
    "bowel": Tissue(1300, 70, density=0.85, uptake=(0, 0.05, 0.25, 0.5, 0.55, 0.5, 0.42, 0.36, 0.3)),
    "stomach": Tissue(2600, 190, density=1.0),
    "liver": Tissue(810, 36, density=0.95, uptake=(0, 0.0, 0.06, 0.16, 0.42, 0.68, 0.64, 0.56, 0.46)),
    "spleen": Tissue(1330, 61, density=1.0, uptake=(0, 0.1, 0.9, 1.3, 1.15, 0.95, 0.75, 0.62, 0.5)),
    "cortex": Tissue(1140, 76, density=1.0, uptake=(0, 0.3, 1.7, 2.2, 2.0, 1.7, 1.4, 1.2, 1.0)),
    "medulla": Tissue(1550, 85, density=1.0, uptake=(0, 0.0, 0.2, 0.5, 1.0, 1.5, 1.7, 1.6, 1.4)),
    "artery": Tissue(1900, 110, density=0.9, uptake=(0, 2.5, 5.5, 4.6, 2.6, 1.9, 1.5, 1.25, 1.0)),
    "portal": Tissue(1900, 110, density=0.9, uptake=(0, 0.0, 0.25, 0.75, 1.9, 2.0, 1.45, 1.2, 0.95)),
    "vein": Tissue(1900, 110, density=0.9, uptake=(0, 0.0, 0.1, 0.3, 1.0, 1.65, 1.4, 1.2, 0.95)),
    "tumour": Tissue(1150, 62, density=1.0, uptake=(0, 0.02, 0.08, 0.17, 0.36, 0.56, 0.55, 0.5, 0.42)),
    "necrosis": Tissue(1750, 95, density=1.0, uptake=(0, 0, 0, 0.0, 0.01, 0.02, 0.03, 0.04, 0.05)),
    "capsule": Tissue(1000, 40, density=0.9, uptake=(0, 0.0, 0.05, 0.2, 0.6, 1.0, 1.15, 1.15, 1.0)),
}


def viable(hyper: float, washout: float, fat: float) -> Tissue:
    """Viable tumour. ``hyper`` 0-1: arterial hyperenhancement; ``washout`` 0-1; ``fat``: its fat fraction.

    Hyperenhancing tissue reaches about 1.2 mM at 35 s against the liver's 0.16; full washout removes 70 % of what the
    tissue would otherwise hold after 70 s (*assumed*).
    """
    base = ATLAS["tumour"]
    arterial = np.array((0, 0.1, 0.75, 1.2, 0.75, 0.35, 0.18, 0.12, 0.08)) * hyper
    kept = 1 - washout * np.array((0, 0, 0, 0.0, 0.4, 0.65, 0.7, 0.7, 0.7))
    uptake = tuple(float(c) for c in (np.array(base.uptake) + arterial) * kept)
    return replace(base, uptake=uptake, fat=fat)
