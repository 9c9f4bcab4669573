"""Odds ratios and survival, by statsmodels and lifelines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.statistics import logrank_test
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class OddsRatio:
    name: str
    value: float
    low: float
    high: float
    p: float


def odds_ratios(table: pd.DataFrame, y: Labels) -> list[OddsRatio]:
    """Multivariable logistic regression; one row per column of ``table`` (already per SD or 0/1)."""
    fitted = sm.Logit(y, sm.add_constant(table.to_numpy(float))).fit(disp=0)
    bounds = fitted.conf_int()
    return [
        OddsRatio(
            str(name),
            float(np.exp(fitted.params[i])),
            float(np.exp(bounds[i][0])),
            float(np.exp(bounds[i][1])),
            float(fitted.pvalues[i]),
        )
        for i, name in enumerate(table.columns, start=1)
    ]


def univariable(table: pd.DataFrame, y: Labels) -> list[OddsRatio]:
    return [odds_ratios(table[[name]], y)[0] for name in table.columns]


@dataclass(frozen=True)
class Survival:
    #: Months, by predicted group: at or above the threshold, below.
    median_high: float
    median_low: float
    log_rank_p: float
    #: Hazard of predicted responders against the others.
    hazard_ratio: float
    hazard_low: float
    hazard_high: float


def survival_by_group(days: Floats, events: Labels, high: NDArray[np.bool_]) -> Survival:
    month = 30.4375
    medians = [
        float(KaplanMeierFitter().fit(days[group] / month, events[group]).median_survival_time_) for group in (high, ~high)
    ]
    test = logrank_test(days[high], days[~high], events[high], events[~high])
    cox = CoxPHFitter().fit(pd.DataFrame({"t": days, "e": events, "high": high.astype(int)}), "t", "e")
    bounds = np.exp(cox.confidence_intervals_.loc["high"].to_numpy())
    return Survival(*medians, float(test.p_value), float(cox.hazard_ratios_["high"]), float(bounds[0]), float(bounds[1]))
