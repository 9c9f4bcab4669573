"""Another response rate: the intercept at which a stated population's mean prediction is the stated rate.

The same as `src/shared/statistics/base-rate.ts`. Moving all log-odds by logit(rate) - logit(training rate) instead would be
right only if responders and non-responders looked the same everywhere; where the rate differs because treatment differs and
the case mix does not, it overshoots (King and Zeng 2001 against Janssen et al. 2008, updating the intercept).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .logistic import sigmoid

Floats = NDArray[np.float64]

#: Bins of equal size: enough that a mean over them is within 0.001 of the mean over the patients.
BINS = 40


def bins_of(logits: Floats, count: int = BINS) -> list[dict[str, float]]:
    """Mean logit and number of patients of each bin, from the lowest logit to the highest."""
    parts = np.array_split(np.sort(logits), count)
    return [{"logit": float(part.mean()), "n": len(part)} for part in parts if len(part) > 0]


def intercept_for_rate(bins: list[dict[str, float]], rate: float) -> float:
    """What has to be added to every log-odds (bisection to 1e-9)."""
    logits = np.array([one["logit"] for one in bins])
    weights = np.array([one["n"] for one in bins], np.float64)
    low, high = -30.0, 30.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        if float(np.average(sigmoid(logits + middle), weights=weights)) < rate:
            low = middle
        else:
            high = middle
    return (low + high) / 2
