"""Model selection as in the paper: five folds of the training cohort, the network with the least cross-entropy.

Every candidate is pre-trained on the same crops for the same number of steps. Then the response is learned fold by fold in
two ways: the head on frozen features, which is how the shipped model is made, and the whole network end to end.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import log_loss

from ..models.backbones import CANDIDATES, RATE_SHARE
from ..models.trait_network import TraitNetwork
from ..prepared import Prepared
from ..pretrain.log import seconds_spent
from ..pretrain.train import Recipe, pretrain
from ..reading import read
from ..response.fit import FOLDS, fit_response
from ..statistics.delong import auc
from ..statistics.logistic import sigmoid
from .end_to_end import EPOCHS, cross_validate


@dataclass(frozen=True)
class OutOfFold:
    """How well responses of patients left out are told: cross-entropy of the folds (mean, SD) and AUC with its interval."""

    cross_entropy_mean: float
    cross_entropy_sd: float
    auc: float
    auc_low: float
    auc_high: float


@dataclass(frozen=True)
class Candidate:
    name: str
    parameters: int
    steps: int
    #: Seconds of pre-training per 1,000 crops.
    seconds_per_1000: float
    #: The head alone, fitted on frozen features.
    frozen: OutOfFold
    image_only_auc: float
    #: The whole network trained on every fold.
    end_to_end: OutOfFold
    epochs: int
    seconds_per_epoch: float


def select(train: Prepared, crops: Path, out: Path, recipe: Recipe, seed: int) -> list[dict[str, object]]:
    """Rows of the selection table, best first."""
    rows = []
    for name, build in CANDIDATES.items():
        torch.manual_seed(seed)
        own = replace(recipe, seed=seed, rate=recipe.rate * RATE_SHARE.get(name, 1.0))
        network = pretrain(crops, out / name, own, build(recipe.width))
        elapsed = seconds_spent(out / name / "metrics.csv")
        rows.append(judge(name, network, train, recipe, elapsed, seed))
    return [asdict(row) for row in sorted(rows, key=lambda r: r.frozen.cross_entropy_mean)]


def judge(name: str, network: TraitNetwork, train: Prepared, recipe: Recipe, elapsed: float, seed: int) -> Candidate:
    reading = read(network, train.images)
    y, clinical = train.y, train.values()
    fused = fit_response(reading.traits, clinical, y, seed)
    image = fit_response(reading.traits, None, y, seed)
    images = np.asarray(train.images, np.float32)
    whole = cross_validate(lambda: deepcopy(network), images, clinical, y, fused.folds, seed)
    return Candidate(
        name,
        sum(p.numel() for p in network.trunk.parameters()),
        recipe.steps,
        1000 * elapsed / (recipe.steps * recipe.batch),
        out_of_fold(fused.out_of_fold, y, fused.folds),
        auc(image.out_of_fold, y).value,
        out_of_fold(whole.out_of_fold, y, fused.folds),
        EPOCHS,
        whole.seconds_per_epoch,
    )


def out_of_fold(logit: NDArray[np.float64], y: NDArray[np.int64], folds: NDArray[np.int64]) -> OutOfFold:
    probability = sigmoid(logit)
    losses = [log_loss(y[folds == k], probability[folds == k], labels=[0, 1]) for k in range(FOLDS)]
    area = auc(logit, y)
    return OutOfFold(float(np.mean(losses)), float(np.std(losses, ddof=1)), area.value, area.low, area.high)
