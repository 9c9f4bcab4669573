"""Every competitor's score on every cohort: fitted on the training patients, applied unchanged elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..factors import INPUTS
from ..response.fit import FOLDS, Fit, fit_response, predict
from ..statistics.delong import components
from .cohorts import Cohort
from .radiomics import features, support_vector_machine
from .readers import READERS, rate

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """One competitor: out-of-fold on the training cohort, and on each other cohort by name."""

    name: str
    out_of_fold: Floats
    on: dict[str, Floats]
    #: Only where the score is a calibrated logit.
    fit: Fit | None = None


def fitted(name: str, train: Cohort, others: list[Cohort], seed: int, image: bool, clinical: bool) -> Scores:
    fit = fit_response(train.reading.traits if image else None, train.clinical if clinical else None, train.y, seed)
    on = {
        other.name: predict(fit, other.reading.traits if image else None, other.clinical if clinical else None)
        for other in others
    }
    return Scores(name, fit.out_of_fold, on, fit)


def shuffled_images(train: Cohort, others: list[Cohort], seed: int) -> Scores:
    """The control: every patient gets another patient's image, in training and in testing."""
    rng = np.random.default_rng((seed, 5))
    fit = fit_response(rng.permutation(train.reading.traits), train.clinical, train.y, seed)
    on = {o.name: predict(fit, rng.permutation(o.reading.traits), o.clinical) for o in others}
    return Scores("fused, images shuffled", fit.out_of_fold, on, fit)


def true_traits(train: Cohort, others: list[Cohort], seed: int) -> Scores:
    """A ceiling for this number of patients: the same regression on traits without reading error."""
    fit = fit_response(train.true_traits, train.clinical, train.y, seed)
    return Scores(
        "true traits + clinical (ceiling)",
        fit.out_of_fold,
        {o.name: predict(fit, o.true_traits, o.clinical) for o in others},
        fit,
    )


def single_factors(train: Cohort, others: list[Cohort]) -> list[Scores]:
    """Each factor alone, its direction taken from the training patients; missing becomes their median."""
    found = []
    for j, factor in enumerate(INPUTS):
        values = train.clinical[:, j]
        middle = np.nanmedian(values)
        filled = np.nan_to_num(values, nan=middle)
        sign = 1.0 if components(filled, train.y)[0] >= 0.5 else -1.0
        on = {o.name: sign * np.nan_to_num(o.clinical[:, j], nan=middle) for o in others}
        found.append(Scores(factor.id, sign * filled, on))
    return found


def radiomics(train: Cohort, others: list[Cohort], folds: NDArray[np.int64]) -> Scores:
    def table(cohort: Cohort) -> Floats:
        patients = cohort.prepared.patients
        return np.stack(
            [
                features(image, fov, diameter)
                for image, fov, diameter in zip(cohort.prepared.images, patients["fovMm"], patients["diameterMm"], strict=True)
            ]
        )

    x, y = table(train), train.y
    out = np.empty(len(y))
    for k in range(FOLDS):
        out[folds == k] = support_vector_machine().fit(x[folds != k], y[folds != k]).decision_function(x[folds == k])
    machine = support_vector_machine().fit(x, y)
    return Scores("SVM on radiomic features", out, {o.name: machine.decision_function(table(o)) for o in others})


def readers(train: Cohort, others: list[Cohort], seed: int) -> list[Scores]:
    return [
        Scores(
            reader.name,
            rate(reader, train.true_traits, seed),
            {o.name: rate(reader, o.true_traits, seed + 1 + i) for i, o in enumerate(others)},
        )
        for reader in READERS
    ]
