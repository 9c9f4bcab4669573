"""What a package states beside its weights, so that the application can bound what it does not know.

How far a missing factor or image reaches, which options training saw, over which population another response rate is reached,
and how often the interval held the truth. Everything is computed from the stored file itself and a prepared cohort.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..contract import ROLES
from ..factors import INPUTS, Scaler
from ..response.interval import factor_spreads, joint_interval, reach_of, spread
from ..statistics.base_rate import bins_of
from ..statistics.logistic import sigmoid
from .session import open_session, run_session

Floats = NDArray[np.float64]
Row = dict[str, Any]

#: Patients on whom the reach of a missing image is measured.
JUDGED = 400
#: Factors that are left out, at random, when coverage is measured.
LEFT_OUT = (0, 3, 8)


def masked(scaler: Scaler, values: Floats) -> tuple[Floats, Floats]:
    """z-scores and mask as the application gives them: clamped to the training range, 0 where missing."""
    bounded = values.copy()
    for j, factor in enumerate(scaler.inputs):
        if not factor.binary:
            bounded[:, j] = np.clip(values[:, j], scaler.low[j], scaler.high[j])
    return scaler.z(bounded), (~np.isnan(values)).astype(np.float32)


@dataclass(frozen=True)
class ImageSpreads:
    """What images changed in the image's contribution, against their channels at zero; log-odds."""

    by_role: dict[str, tuple[float, float]]
    #: Of all the optional ones at once: how far they reach together is measured, not only summed.
    together: tuple[float, float]


def image_spreads(
    package: Path, scaler: Scaler, images: NDArray[np.float32], values: Floats, optional: list[str]
) -> ImageSpreads:
    session = open_session(package / "model.onnx")
    images, (z, mask) = np.array(images[:JUDGED]), masked(scaler, values[:JUDGED])
    whole = run_session(session, images, z, mask)["image_contribution"]

    def changed_by(roles: list[str]) -> tuple[float, float]:
        without = images.copy()
        without[:, [ROLES.index(role) for role in roles]] = 0
        return spread((whole - run_session(session, without, z, mask)["image_contribution"]).astype(np.float64))

    return ImageSpreads({role: changed_by([role]) for role in ROLES}, changed_by(optional))


@dataclass(frozen=True)
class Judged:
    """A cohort whose true probabilities are known, because it is simulated."""

    name: str
    images: NDArray[np.float32]
    values: Floats
    truth: Floats


def coverage(
    package: Path, scaler: Scaler, spreads: list[tuple[float, float]], level: float, cohort: Judged, seed: int
) -> list[Row]:
    """How often the interval holds the true probability, with factors left out at random."""
    session = open_session(package / "model.onnx")
    truth = np.log(cohort.truth / (1 - cohort.truth))
    rows = []
    for count in LEFT_OUT:
        rng = np.random.default_rng((seed, 31, count))
        values = cohort.values.copy()
        for row in values:
            row[rng.choice(len(row), count, replace=False)] = np.nan
        z, mask = masked(scaler, values)
        out = run_session(session, np.asarray(cohort.images), z, mask)
        reach = reach_of(np.isnan(values), spreads)
        low, high = joint_interval(out["logit_members"].T.astype(np.float64), out["logit"].astype(np.float64), reach, level)
        rows.append(
            {
                "cohort": cohort.name,
                "n": len(truth),
                "missing": count,
                "share": float(((truth >= low) & (truth <= high)).mean()),
                "median_width": float(np.median(sigmoid(high) - sigmoid(low))),
                "median_width_logit": float(np.median(high - low)),
            }
        )
    return rows


@dataclass(frozen=True)
class Training:
    """The cohort that a head was fitted on."""

    name: str
    images: NDArray[np.float32]
    values: Floats
    categories: dict[str, list[str]]
    #: Calibrated logits by the fold that did not see the patient.
    out_of_fold: Floats


def stated(package: Path, manifest: Row, training: Training, judged: Judged | None, seed: int) -> Row:
    """The manifest with everything that is stated, in the places where the application looks for it.

    ``judged``: where true probabilities are known; without it nothing is said of how often the interval holds them.
    """
    scaler = scaler_of(manifest)
    factors = factor_spreads(scaler, weights_of(manifest), training.values)
    optional = [channel["role"] for channel in manifest["channels"] if not channel["required"]]
    pictures = image_spreads(package, scaler, training.images, training.values, optional)
    whole = dict(manifest)
    whole["factors"] = [
        {
            **factor,
            "extrapolate": "clamp",
            **({"categories": training.categories[factor["id"]]} if factor["id"] in training.categories else {}),
            "spread": list(factors[j]),
        }
        for j, factor in enumerate(manifest["factors"])
    ]
    whole["channels"] = [{**channel, "spread": list(pictures.by_role[channel["role"]])} for channel in manifest["channels"]]
    whole["optionalImages"] = {"spread": list(pictures.together)}
    whole["population"] = {"cohort": training.name, "bins": bins_of(training.out_of_fold)}
    if judged is not None:
        rows = coverage(package, scaler, factors, manifest["interval"]["level"], judged, seed)
        keys = ("cohort", "n", "missing", "share")
        whole["interval"] = {**manifest["interval"], "coverage": [{key: row[key] for key in keys} for row in rows]}
    return whole


def scaler_of(manifest: Row) -> Scaler:
    """The scaling that a package was fitted with."""
    factors = manifest["factors"]
    ranges = [factor["range"] or [0.0, 1.0] for factor in factors]
    return Scaler(
        INPUTS,
        np.array([factor["center"] for factor in factors]),
        np.array([factor["scale"] for factor in factors]),
        np.array([low for low, _ in ranges]),
        np.array([high for _, high in ranges]),
    )


def weights_of(manifest: Row) -> Floats:
    return np.array([factor["coefficient"] for factor in manifest["factors"]])

