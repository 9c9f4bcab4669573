"""ROC AUC with DeLong's variance (DeLong et al., Biometrics 1988;44:837), in the O(n log n) form of Sun and Xu (2014)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Auc:
    value: float
    low: float
    high: float
    se: float


def components(scores: Floats, y: Labels) -> tuple[float, Floats, Floats]:
    """AUC, and the structural components of positives and negatives."""
    positive, negative = scores[y == 1], scores[y == 0]
    m, n = len(positive), len(negative)
    together = rankdata(np.concatenate([positive, negative]))
    v10 = (together[:m] - rankdata(positive)) / n
    v01 = 1 - (together[m:] - rankdata(negative)) / m
    return float(v10.mean()), v10, v01


def auc(scores: Floats, y: Labels, level: float = 0.95) -> Auc:
    """AUC with a normal interval on DeLong's standard error, kept within 0-1."""
    value, v10, v01 = components(scores, y)
    se = float(np.sqrt(v10.var(ddof=1) / len(v10) + v01.var(ddof=1) / len(v01)))
    half = float(norm.ppf(0.5 + level / 2)) * se
    return Auc(value, max(0.0, value - half), min(1.0, value + half), se)


def difference(first: Floats, second: Floats, y: Labels) -> tuple[float, float]:
    """AUC difference of two scores on the same patients, and the two-sided p of no difference."""
    a, a10, a01 = components(first, y)
    b, b10, b01 = components(second, y)
    variance = (a10 - b10).var(ddof=1) / len(a10) + (a01 - b01).var(ddof=1) / len(a01)
    if variance == 0:
        return a - b, 1.0
    return a - b, float(2 * norm.sf(abs(a - b) / np.sqrt(variance)))


def holm(p_values: list[float]) -> list[float]:
    """Holm's step-down adjustment, in the given order."""
    order = np.argsort(p_values)
    adjusted, running = np.empty(len(p_values)), 0.0
    for rank, i in enumerate(order):
        running = max(running, min(1.0, (len(p_values) - rank) * p_values[i]))
        adjusted[i] = running
    return adjusted.tolist()
