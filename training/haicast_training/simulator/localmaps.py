"""Where each trait can be seen: the local truth that pre-training supervises, one map per trait plus the tumour."""

from __future__ import annotations

import numpy as np

from .grid import Array
from .phantom import Truth
from .traits import TRAITS, Traits

#: One map per trait, then everything that is tumour.
LOCAL_MAPS = (*TRAITS, "tumour")
#: A cell holds tumour when at least this share of it is: satellites and thrombi are smaller than a cell.
HOLDS = 0.1


def local_maps(truth: Truth, traits: Traits) -> Array:
    """[9, size, size], 0-1. Washout, margin and fat are spread over the tissue that shows them, by their strength."""
    lesion = truth.lesion[0]
    rim = np.clip(1 - np.abs(lesion - 0.5) * 2, 0, 1)
    return np.stack(
        [
            truth.hyper[0],
            truth.necrosis[0],
            truth.viable[0] * np.float32(traits.washout),
            truth.capsule[0],
            np.sqrt(rim) * np.float32(traits.margin),
            truth.satellites[0],
            truth.thrombus[0],
            truth.viable[0] * np.float32(traits.fat / 0.4),
            np.clip(lesion + truth.satellites[0] + truth.thrombus[0], 0, 1),
        ]
    )
