"""What a probability and a cut are worth: the four-fold table, calibration, decision curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray
from statsmodels.stats.proportion import proportion_confint

from .logistic import sigmoid

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Share:
    """A proportion with its Wilson interval."""

    value: float
    low: float
    high: float
    n: int


def share(hits: int, n: int, level: float = 0.95) -> Share:
    if n == 0:
        return Share(float("nan"), float("nan"), float("nan"), 0)
    low, high = proportion_confint(hits, n, alpha=1 - level, method="wilson")
    return Share(hits / n, float(low), float(high), n)


@dataclass(frozen=True)
class AtThreshold:
    sensitivity: Share
    specificity: Share
    ppv: Share
    npv: Share


def at_threshold(probability: Floats, y: Labels, threshold: float) -> AtThreshold:
    called = probability >= threshold
    tp, fp = int((called & (y == 1)).sum()), int((called & (y == 0)).sum())
    fn, tn = int((~called & (y == 1)).sum()), int((~called & (y == 0)).sum())
    return AtThreshold(share(tp, tp + fn), share(tn, tn + fp), share(tp, tp + fp), share(tn, tn + fn))


@dataclass(frozen=True)
class Calibration:
    #: Of the logistic recalibration of the outcome on the logit; 1 is right, below 1 too extreme.
    slope: float
    #: Calibration in the large: mean logit error at slope 1; 0 is right.
    intercept: float
    brier: float


def calibration(logit: Floats, y: Labels) -> Calibration:
    slope = sm.Logit(y, sm.add_constant(logit)).fit(disp=0).params[1]
    large = sm.GLM(y, np.ones((len(y), 1)), family=sm.families.Binomial(), offset=logit).fit().params[0]
    probability = sigmoid(logit)
    return Calibration(float(slope), float(large), float(np.mean((probability - y) ** 2)))


def net_benefit(probability: Floats, y: Labels, thresholds: Floats) -> Floats:
    """Vickers and Elkin 2006: true positives minus false ones weighted by the odds of the threshold, per patient."""
    called = probability[None] >= thresholds[:, None]
    tp = (called & (y == 1)).mean(1)
    fp = (called & (y == 0)).mean(1)
    return tp - fp * thresholds / (1 - thresholds)
