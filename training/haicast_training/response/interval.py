"""The interval of a patient's probability; the same formula as `src/main/inference/interval.ts`.

On the log-odds scale, with l the model's logit, the members' central quantiles give the distances a- and a+ below and above
l. What is missing could have added between d_low = sum low_j and d_high = sum high_j, where [low_j, high_j] is what input j
added in the middle 90 % of training. Forms lack values for a reason, so these are taken to err together: they are summed.
The ensemble's error is independent of them, so

    low = l - sqrt(a-^2 + d_low^2),  high = l + sqrt(a+^2 + d_high^2).

The network is not additive in its images. Where all the optional ones together reach further than the sum of their own
spreads, that sum is raised in proportion for every two or more that are missing (`images_reach`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..factors import Scaler

Floats = NDArray[np.float64]

#: Share of the training patients that a spread spans; 5th to 95th percentile.
MIDDLE = 0.90


def spread(values: Floats) -> tuple[float, float]:
    """5th and 95th percentile of what an input added in training (log-odds, relative to its being missing)."""
    low, high = np.quantile(values, ((1 - MIDDLE) / 2, (1 + MIDDLE) / 2))
    return float(low), float(high)


def factor_spreads(scaler: Scaler, weights: Floats, values: Floats) -> list[tuple[float, float]]:
    """``values`` [N, F] in canonical units; of each factor among those who have it. A missing factor adds 0."""
    contributions = scaler.z(values) * weights
    return [spread(contributions[~np.isnan(values[:, j]), j]) for j in range(values.shape[1])]


def joint_interval(members: Floats, logit: Floats, reach: Floats, level: float) -> tuple[Floats, Floats]:
    """Log-odds. ``members`` [K, N], ``logit`` [N], ``reach`` [N, 2]: sums of the spreads of what each patient lacks."""
    low, high = np.quantile(members, ((1 - level) / 2, (1 + level) / 2), axis=0)
    below, above = np.maximum(0, logit - low), np.maximum(0, high - logit)
    return logit - np.hypot(below, reach[:, 0]), logit + np.hypot(above, reach[:, 1])


def reach_of(missing: NDArray[np.bool_], spreads: list[tuple[float, float]]) -> Floats:
    """[N, 2]: least and greatest log-odds that the inputs which are missing ([N, J]) could have added together."""
    ends = np.array(spreads).reshape(-1, 2)
    return np.stack([missing @ np.minimum(ends[:, 0], 0), missing @ np.maximum(ends[:, 1], 0)], axis=1)


def images_reach(missing: NDArray[np.bool_], spreads: list[tuple[float, float]], together: tuple[float, float]) -> Floats:
    """[N, 2], as `reach_of`, of the optional images ([N, J]); ``together``: the spread of all of them at once."""
    sums = reach_of(missing, spreads)
    of_all = reach_of(np.ones((1, len(spreads)), bool), spreads)[0]
    raised = np.maximum(1, np.divide(together, of_all, out=np.ones(2), where=of_all != 0))
    return np.where(missing.sum(1, keepdims=True) > 1, sums * raised, sums)
