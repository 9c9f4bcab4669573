"""Selection with the whole network trained: trunk and fused head by cross-entropy on every training fold.

A fold starts from the pre-trained trunk and the head fitted on its frozen features, both of that fold's training patients
alone, and goes on for a fixed number of epochs: nothing is stopped early by looking at the patients left out.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from ..factors import Scaler
from ..models.response import Head
from ..models.trait_network import TraitNetwork, Trunk
from ..pretrain.batches import turn
from ..reading import read
from ..response.fit import FOLDS, fit_response

Floats = NDArray[np.float64]

EPOCHS, BATCH, RATE, DECAY = 6, 16, 1e-4, 0.02


@dataclass(frozen=True)
class EndToEnd:
    #: Logits of every patient by the fold that did not see them.
    out_of_fold: Floats
    seconds_per_epoch: float


class Fused(nn.Module):
    """logit = bias + mean of one linear map of the image + clinical terms: the additive head, trunk and all to be trained."""

    def __init__(self, trunk: Trunk, evidence: Tensor, bias: float, clinical: Tensor) -> None:
        super().__init__()
        self.trunk = trunk
        self.evidence = nn.Parameter(evidence)
        self.bias = nn.Parameter(torch.tensor(float(bias)))
        self.clinical = nn.Parameter(clinical)

    def forward(self, image: Tensor, z: Tensor) -> Tensor:
        return self.bias + self.trunk(image).mean((2, 3)) @ self.evidence + z @ self.clinical

    def train(self, mode: bool = True) -> Fused:
        """Batch-norm statistics stay those of pre-training: a hundred patients are too few to estimate them anew."""
        super().train(mode)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
        return self


def from_head(network: TraitNetwork, head: Head) -> Fused:
    """The fused network that gives exactly what the head says of the frozen features."""
    traits = torch.tensor(head.traits, dtype=torch.float32)
    reader = network.reader.weight.detach().flatten(1)
    bias = head.bias + float(traits @ network.reader_bias.detach())
    return Fused(network.trunk, traits @ reader, bias, torch.tensor(head.clinical, dtype=torch.float32))


def cross_validate(
    build: Callable[[], TraitNetwork],
    images: NDArray[np.float32],
    clinical: Floats,
    y: NDArray[np.int64],
    folds: NDArray[np.int64],
    seed: int,
) -> EndToEnd:
    """``build`` gives the pre-trained network afresh for every fold."""
    out, seconds = np.empty(len(y)), 0.0
    for k in range(FOLDS):
        train, test = folds != k, folds == k
        network = build()
        scaler = Scaler.fit(clinical[train])
        frozen = fit_response(read(network, images[train]).traits, clinical[train], y[train], seed)
        fused = from_head(network, frozen.head)
        began = time.monotonic()
        train_epochs(fused, images[train], scaler.z(clinical[train]), y[train], seed + k)
        seconds += time.monotonic() - began
        out[test] = logits(fused, images[test], scaler.z(clinical[test]))
    return EndToEnd(out, seconds / (FOLDS * EPOCHS))


def train_epochs(fused: Fused, images: NDArray[np.float32], z: Floats, y: NDArray[np.int64], seed: int) -> None:
    rng = np.random.default_rng((seed, 31))
    optimiser = torch.optim.AdamW(fused.parameters(), lr=RATE, weight_decay=DECAY)
    target = torch.from_numpy(y.astype(np.float32))
    factors = torch.from_numpy(z.astype(np.float32))
    fused.train()
    for _ in range(EPOCHS):
        order = rng.permutation(len(y))
        for rows in np.array_split(order, max(1, round(len(y) / BATCH))):
            batch = np.stack([turn(images[i], int(rng.integers(8))) for i in rows])
            loss = functional.binary_cross_entropy_with_logits(
                fused(torch.from_numpy(np.ascontiguousarray(batch)), factors[rows]), target[rows]
            )
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()


@torch.no_grad()
def logits(fused: Fused, images: NDArray[np.float32], z: Floats) -> Floats:
    fused.eval()
    parts = [
        fused(torch.from_numpy(np.array(images[i : i + 32])), torch.from_numpy(z[i : i + 32].astype(np.float32)))
        for i in range(0, len(images), 32)
    ]
    return torch.cat(parts).numpy().astype(np.float64)
