"""Statistics against independent computations."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from haicast_training.statistics.classification import at_threshold, calibration, net_benefit
from haicast_training.statistics.delong import auc, difference, holm

RNG = np.random.default_rng(0)
Y = (RNG.random(400) < 0.4).astype(np.int64)
SCORE = Y + RNG.normal(size=400)
OTHER = 0.5 * Y + RNG.normal(size=400)


def test_auc_is_the_usual_one_with_ties() -> None:
    rounded = np.round(SCORE)
    assert auc(rounded, Y).value == pytest.approx(roc_auc_score(Y, rounded))


def test_standard_errors_agree_with_the_bootstrap() -> None:
    single, gaps = [], []
    for _ in range(500):
        rows = RNG.integers(0, 400, 400)
        single.append(roc_auc_score(Y[rows], SCORE[rows]))
        gaps.append(single[-1] - roc_auc_score(Y[rows], OTHER[rows]))
    assert auc(SCORE, Y).se == pytest.approx(np.std(single), rel=0.15)
    gap, p = difference(SCORE, OTHER, Y)
    assert gap == pytest.approx(roc_auc_score(Y, SCORE) - roc_auc_score(Y, OTHER))
    assert p < 0.01 and np.std(gaps) < gap / 2.5


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_four_fold_table_by_hand() -> None:
    table = at_threshold(np.array([0.9, 0.8, 0.4, 0.3, 0.6]), np.array([1, 0, 1, 0, 1]), 0.5)
    shares = (table.sensitivity, table.specificity, table.ppv, table.npv)
    assert [share.value for share in shares] == pytest.approx([2 / 3, 1 / 2, 2 / 3, 1 / 2])


def test_calibration_recovers_a_known_distortion() -> None:
    logit = RNG.normal(size=20_000) * 1.5
    y = (RNG.random(20_000) < 1 / (1 + np.exp(-logit))).astype(np.int64)
    assert calibration(logit, y).slope == pytest.approx(1.0, abs=0.05)
    assert calibration(2 * logit, y).slope == pytest.approx(0.5, abs=0.03)
    assert calibration(logit + 1, y).intercept == pytest.approx(-1.0, abs=0.08)


def test_net_benefit_of_treating_all_and_none() -> None:
    cut = np.array([0.2])
    all_treated = net_benefit(np.ones(400), Y, cut)[0]
    assert all_treated == pytest.approx(Y.mean() - (1 - Y.mean()) * 0.25)
    assert net_benefit(np.zeros(400), Y, cut)[0] == 0
