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
from .end_to_end import EPOCHS, cross_validate


@dataclass(frozen=True)
class Candidate:
    name: str
    parameters: int
    steps: int
    #: Seconds of pre-training per 1,000 crops.
    seconds_per_1000: float
    cross_entropy_mean: float
    cross_entropy_sd: float
    auc: float
    auc_low: float
    auc_high: float
    image_only_auc: float
    #: The whole network trained on every fold.
    end_to_end: dict[str, float]


def select(train: Prepared, crops: Path, out: Path, recipe: Recipe, seed: int) -> list[dict[str, object]]:
    """Rows of the selection table, best first."""
    rows = []
    for name, build in CANDIDATES.items():
        torch.manual_seed(seed)
        own = replace(recipe, seed=seed, rate=recipe.rate * RATE_SHARE.get(name, 1.0))
        network = pretrain(crops, out / name, own, build(recipe.width))
        elapsed = seconds_spent(out / name / "metrics.csv")
        rows.append(judge(name, network, train, recipe, elapsed, seed))
    return [asdict(row) for row in sorted(rows, key=lambda r: r.cross_entropy_mean)]


def judge(name: str, network: TraitNetwork, train: Prepared, recipe: Recipe, elapsed: float, seed: int) -> Candidate:
    reading = read(network, train.images)
    y, clinical = train.y, train.values()
    fused = fit_response(reading.traits, clinical, y, seed)
    image = fit_response(reading.traits, None, y, seed)
    losses = fold_losses(fused.out_of_fold, y, fused.folds)
    area = auc(fused.out_of_fold, y)
    images = np.asarray(train.images, np.float32)
    whole = cross_validate(lambda: deepcopy(network), images, clinical, y, fused.folds, seed)
    whole_losses, whole_area = fold_losses(whole.out_of_fold, y, whole.folds), auc(whole.out_of_fold, y)
    return Candidate(
        name,
        sum(p.numel() for p in network.trunk.parameters()),
        recipe.steps,
        1000 * elapsed / (recipe.steps * recipe.batch),
        float(np.mean(losses)),
        float(np.std(losses, ddof=1)),
        area.value,
        area.low,
        area.high,
        auc(image.out_of_fold, y).value,
        {
            "cross_entropy_mean": float(np.mean(whole_losses)),
            "cross_entropy_sd": float(np.std(whole_losses, ddof=1)),
            "auc": whole_area.value,
            "auc_low": whole_area.low,
            "auc_high": whole_area.high,
            "seconds_per_epoch": whole.seconds_per_epoch,
            "epochs": EPOCHS,
        },
    )


def fold_losses(logit: NDArray[np.float64], y: NDArray[np.int64], folds: NDArray[np.int64]) -> list[float]:
    """Cross-entropy of every fold."""
    probability = 1 / (1 + np.exp(-logit))
    return [float(log_loss(y[folds == k], probability[folds == k], labels=[0, 1])) for k in range(FOLDS)]
