"""Two simulated radiologists of stated skill: they see the traits with error and weigh them by habit, not by the truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..simulator.streams import stream
from ..simulator.traits import TRAITS

#: Direction and weight of what a radiologist looks at (*assumed*): washout and fat are not read as signs of response.
HABIT = dict(enhancement=1.0, necrosis=-0.8, washout=0.0, capsule=0.6, margin=-0.7, satellites=-0.8, thrombus=-1.0, fat=0.0)
#: Confidence is given on this many levels, as in reader studies.
LEVELS = 7


@dataclass(frozen=True)
class Reader:
    name: str
    #: SD of the error with which a standardised trait is seen.
    perception: float
    #: SD of the error of the overall impression.
    judgement: float


READERS = (Reader("reader A, experienced", 0.5, 1.0), Reader("reader B, in training", 1.0, 1.6))


def rate(reader: Reader, traits: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Ordinal confidence 1 to 7 that the patient will respond, from true standardised traits [N, 8]."""
    rng = stream(seed, "reader", reader.name)
    seen = traits + reader.perception * rng.standard_normal(traits.shape)
    weights = np.array([HABIT[name] for name in TRAITS])
    impression = seen @ weights + reader.judgement * rng.standard_normal(len(traits))
    cuts = np.quantile(impression, np.arange(1, LEVELS) / LEVELS)
    return 1.0 + np.searchsorted(cuts, impression).astype(np.float64)
