"""The model that ships: fitted on the development cohort, judged on all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..models.response import ResponseModel
from ..response.fit import Fit, fit_response, predict
from ..ship import Shipped, fit_shipped, metrics_row
from ..statistics.base_rate import bins_of, intercept_for_rate
from ..statistics.delong import auc
from . import evaluate
from .cohorts import Cohort
from .material import Material


@dataclass(frozen=True)
class ShippedModel:
    shipped: Shipped
    model: ResponseModel
    #: Of the log-odds, on patients left out.
    error_sd: float
    #: Rows of the manifest's `metrics`.
    metrics: list[dict[str, Any]]

    @property
    def fit(self) -> Fit:
        return self.shipped.fit

    def logit(self, cohort: Cohort) -> NDArray[np.float64]:
        return predict(self.fit, cohort.reading.traits, cohort.clinical)


def fit_on_development(material: Material, seed: int) -> ShippedModel:
    development = material.development
    plain = fit_response(development.reading.traits, development.clinical, development.y, seed)
    sd = error_sd(plain.out_of_fold, development.oracle)
    shipped = fit_shipped(development.reading, development.clinical, development.y, seed, sd)
    fit = shipped.fit
    model = ResponseModel(material.network, fit.head, fit.members, shipped.directions)
    judged = (("paper cohort, all 191", material.paper), ("internal validation", material.internal), ("external", material.external))
    metrics = [shipped_row("cross-validation (development)", fit.out_of_fold, development, fit.threshold)]
    metrics += [
        shipped_row(name, predict(fit, cohort.reading.traits, cohort.clinical), cohort, fit.threshold) for name, cohort in judged
    ]
    return ShippedModel(shipped, model, sd, metrics)


def error_sd(out_of_fold: NDArray[np.float64], oracle: NDArray[np.float64]) -> float:
    """SD of the error of the log-odds on patients left out: misread traits, values missing from the form, effects that are
    no straight line. The true log-odds are known because the patients are simulated."""
    return float(np.std(out_of_fold - np.log(oracle / (1 - oracle))))


def shipped_row(name: str, logit: NDArray[np.float64], cohort: Cohort, threshold: float) -> dict[str, Any]:
    return {**metrics_row(name, logit, cohort.y, threshold), "oracleAuc": auc(cohort.oracle, cohort.y).value}


def interval_rows(shipped: ShippedModel, paper: Cohort, external: Cohort) -> list[dict[str, Any]]:
    """How often the interval of 90 % held the truth; last, with the intercept moved to the external cohort's own rate."""
    fit = shipped.fit
    shift = intercept_for_rate(bins_of(fit.out_of_fold), float(external.y.mean()))

    def row(cohort: Cohort, **moved: float) -> dict[str, Any]:
        return evaluate.interval_coverage(fit.members, cohort, fit.scaler.z(cohort.clinical), 0.9, **moved)

    return [row(paper), row(external), row(external, shift=shift)]


def rebased_rows(shipped: ShippedModel, external: Cohort) -> list[dict[str, Any]]:
    return [evaluate.rebased_row(external, shipped.logit(external), bins_of(shipped.fit.out_of_fold))]
