"""From log-odds to probability."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def sigmoid(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-logit))
