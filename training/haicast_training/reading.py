"""What the frozen trunk reads from prepared crops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from .models.response import Novelty
from .models.trait_network import TraitNetwork

#: Principal directions of the pooled last map that join the traits in the `features` output.
COMPONENTS = 8


@dataclass(frozen=True)
class Reading:
    """[N, 8] standardised traits and [N, C] pooled last map."""

    traits: NDArray[np.float64]
    pooled: NDArray[np.float64]

    def only(self, rows: NDArray[np.bool_]) -> Reading:
        return Reading(self.traits[rows], self.pooled[rows])


@torch.no_grad()
def read(network: TraitNetwork, images: NDArray[np.float32], batch: int = 32) -> Reading:
    network.eval()
    traits, pooled = [], []
    weight = network.reader.weight.flatten(1)
    for i in range(0, len(images), batch):
        part = torch.from_numpy(np.array(images[i : i + batch], dtype=np.float32))
        mean = network.trunk(part).mean((2, 3))
        pooled.append(mean.numpy())
        traits.append((mean @ weight.T + network.reader_bias).numpy())
    return Reading(np.concatenate(traits).astype(np.float64), np.concatenate(pooled).astype(np.float64))


def principal_directions(pooled: NDArray[np.float64], count: int = COMPONENTS) -> Novelty:
    """Unit-variance principal components of the pooled map over the training cohort."""
    mean = pooled.mean(0)
    _, scale, directions = np.linalg.svd(pooled - mean, full_matrices=False)
    weight = directions[:count] / (scale[:count, None] / np.sqrt(len(pooled) - 1) + 1e-9)
    return Novelty(weight, -weight @ mean)


def novelty_features(reading: Reading, directions: Novelty) -> NDArray[np.float64]:
    """The `features` output of the exported model."""
    return np.concatenate([reading.traits, reading.pooled @ directions.weight.T + directions.offset], axis=1)
