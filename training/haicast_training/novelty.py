"""Is this patient like the training cohort? Mahalanobis distance of what the model read from the image."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class NoveltyGate:
    """Squared Mahalanobis distance of `features`; above ``limit`` a case is unlike the training cohort."""

    mean: NDArray[np.float64]
    precision: NDArray[np.float64]
    limit: float
    quantile: float

    @staticmethod
    def fit(features: NDArray[np.float64], quantile: float = 0.99) -> NoveltyGate:
        mean = features.mean(0)
        precision = np.linalg.inv(np.cov(features.T) + 1e-6 * np.eye(features.shape[1]))
        return NoveltyGate(mean, precision, float(np.quantile(distances(features, mean, precision), quantile)), quantile)


def distances(features: NDArray[np.float64], mean: NDArray[np.float64], precision: NDArray[np.float64]) -> NDArray[np.float64]:
    away = features - mean
    return np.einsum("ni,ij,nj->n", away, precision, away)
