"""Model selection as in the paper: five folds of the training cohort, the network with the least cross-entropy.

Every candidate is pre-trained on the same crops for the same number of steps, then frozen; the response head is fitted
fold by fold. (End-to-end training of a whole network on about a hundred patients is the alternative; it is not run here.)
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import log_loss

from ..models.backbones import CANDIDATES, RATE_SHARE
from ..models.trait_network import TraitNetwork
from ..prepared import Prepared
from ..pretrain.log import seconds_spent
from ..pretrain.train import Recipe, pretrain
from ..response.fit import FOLDS, fit_response
from ..statistics.delong import auc
from .features import read


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
    y = train.y
    fused = fit_response(reading.traits, train.values(), y, seed)
    image = fit_response(reading.traits, None, y, seed)
    probability = 1 / (1 + np.exp(-fused.out_of_fold))
    losses = [log_loss(y[fused.folds == k], probability[fused.folds == k], labels=[0, 1]) for k in range(FOLDS)]
    area = auc(fused.out_of_fold, y)
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
    )
