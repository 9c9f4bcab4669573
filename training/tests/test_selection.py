"""End-to-end selection: starts where the frozen head ends, learns, and never sees the fold that it is judged on."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pandas as pd
import pytest
import torch

from haicast_training.experiment import end_to_end
from haicast_training.experiment.end_to_end import cross_validate, from_head, logits, train_epochs
from haicast_training.experiment.select import judge
from haicast_training.factors import INPUTS
from haicast_training.models.response import Head
from haicast_training.models.trait_network import TraitNetwork
from haicast_training.prepared import Prepared
from haicast_training.pretrain.train import Recipe
from haicast_training.reading import read
from haicast_training.response.fit import folds_of, head_logits

RNG = np.random.default_rng(8)
IMAGES = RNG.normal(size=(30, 6, 64, 64)).astype(np.float32)
CLINICAL = np.abs(RNG.normal(size=(30, len(INPUTS)))) + 0.5
Y = np.arange(30) % 2


def test_begins_with_what_the_frozen_head_says(network: TraitNetwork) -> None:
    head = Head(0.3, RNG.normal(size=8), RNG.normal(size=len(INPUTS)))
    z = RNG.normal(size=(4, len(INPUTS)))
    expected = head_logits(head, read(network, IMAGES[:4]).traits, z)
    np.testing.assert_allclose(logits(from_head(network, head), IMAGES[:4], z), expected, atol=1e-4)


def test_training_lowers_the_loss_and_moves_the_trunk_but_no_statistics(network: TraitNetwork) -> None:
    own = deepcopy(network)
    fused = from_head(own, Head(0.0, np.zeros(8), np.zeros(len(INPUTS))))
    before = {name: value.clone() for name, value in own.trunk.state_dict().items()}
    z = CLINICAL * np.where(Y[:, None] == 1, 1, -1)

    def loss() -> float:
        return float(np.log1p(np.exp(-np.where(Y == 1, 1, -1) * logits(fused, IMAGES, z))).mean())

    start = loss()
    train_epochs(fused, IMAGES, z, Y, seed=1)
    assert loss() < start
    after = own.trunk.state_dict()
    moved = {name for name in before if not torch.equal(before[name], after[name])}
    assert any(name.endswith("conv.weight") for name in moved)
    assert not any("running_" in name for name in moved)


def test_a_patients_own_response_does_not_reach_their_logit(network: TraitNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(end_to_end, "EPOCHS", 1)
    folds = folds_of(Y, 1)
    first = cross_validate(lambda: deepcopy(network), IMAGES, CLINICAL, Y, folds, 1).out_of_fold
    other = Y.copy()
    other[folds == 0] = 1 - other[folds == 0]
    second = cross_validate(lambda: deepcopy(network), IMAGES, CLINICAL, other, folds, 1).out_of_fold
    np.testing.assert_allclose(first[folds == 0], second[folds == 0], atol=1e-5)
    assert not np.allclose(first[folds == 1], second[folds == 1], atol=1e-5)


def test_a_candidate_is_judged_both_ways_over_the_same_folds(network: TraitNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(end_to_end, "EPOCHS", 1)
    clinical = pd.DataFrame(CLINICAL, columns=[factor.id for factor in INPUTS])
    train = Prepared(IMAGES, clinical, pd.DataFrame({"response": np.where(Y == 1, "PR", "PD")}))
    found = judge("tiny", network, train, Recipe(steps=10, batch=100), elapsed=3.0, seed=1)
    assert found.seconds_per_1000 == 3.0
    for way in (found.frozen, found.end_to_end):
        assert way.cross_entropy_mean > 0 and way.auc_low <= way.auc <= way.auc_high
    assert found.frozen != found.end_to_end
