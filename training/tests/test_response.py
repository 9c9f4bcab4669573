"""The response head: nothing of a test fold enters its fit, and what it returns is what it says."""

from __future__ import annotations

import numpy as np
import pytest

from haicast_training.factors import INPUTS, Scaler
from haicast_training.response.fit import fit_response, folds_of, predict, temperature_of, youden_threshold

RNG = np.random.default_rng(1)
N = 160
TRAITS = RNG.normal(size=(N, 8))
CLINICAL = np.exp(RNG.normal(size=(N, len(INPUTS)))) * 10
Y = (RNG.random(N) < 1 / (1 + np.exp(-1.5 * TRAITS[:, 0]))).astype(np.int64)


def test_a_test_patient_cannot_change_its_own_folds_model() -> None:
    """Leakage: an absurd value in one patient must leave the rest of that patient's fold untouched."""
    clean = fit_response(TRAITS, CLINICAL, Y, seed=1)
    patient = int(np.flatnonzero(clean.folds == 2)[0])
    spoiled = CLINICAL.copy()
    spoiled[patient] *= 1e4
    traits = TRAITS.copy()
    traits[patient] += 50
    dirty = fit_response(traits, spoiled, Y, seed=1)
    mates = (clean.folds == 2) & (np.arange(N) != patient)
    before, after = (fit.out_of_fold * fit.temperature for fit in (clean, dirty))
    np.testing.assert_allclose(before[mates], after[mates], rtol=1e-12)
    assert not np.allclose(before[~mates], after[~mates])


def test_folds_are_stratified_disjoint_and_reproducible() -> None:
    folds = folds_of(Y, 3)
    assert np.array_equal(folds, folds_of(Y, 3))
    assert set(folds) == set(range(5))
    shares = [Y[folds == k].mean() for k in range(5)]
    assert max(shares) - min(shares) < 0.07


def test_out_of_fold_is_not_the_apparent_fit_and_finds_the_signal() -> None:
    fit = fit_response(TRAITS, CLINICAL, Y, seed=1, members=20)
    assert not np.allclose(fit.out_of_fold, predict(fit, TRAITS, CLINICAL))
    assert np.argmax(np.abs(fit.head.traits)) == 0
    assert len(fit.members) == 20
    assert np.std([member.bias for member in fit.members]) > 0


def test_members_widen_with_reading_error() -> None:
    plain = fit_response(TRAITS, CLINICAL, Y, seed=1, members=60)
    wide = fit_response(TRAITS, CLINICAL, Y, seed=1, members=60, error_sd=1.0)
    assert np.std([m.bias for m in wide.members]) > 1.5 * np.std([m.bias for m in plain.members])


def test_missing_values_stand_at_the_training_mean() -> None:
    values = CLINICAL.copy()
    values[::7, 3] = np.nan
    scaler = Scaler.fit(values)
    z = scaler.z(values)
    assert np.isfinite(z).all() and (z[::7, 3] == 0).all()
    np.testing.assert_allclose(scaler.z(CLINICAL)[:, 0].mean(), 0, atol=1e-9)


def test_temperature_undoes_overconfidence() -> None:
    logit = RNG.normal(size=4000) * 2
    y = (RNG.random(4000) < 1 / (1 + np.exp(-logit))).astype(np.int64)
    assert temperature_of(2 * logit, y) == pytest.approx(2.0, rel=0.12)


def test_youden_threshold_by_hand() -> None:
    assert youden_threshold(np.array([0.9, 0.8, 0.3, 0.1]), np.array([1, 1, 0, 0])) == pytest.approx(0.55)
