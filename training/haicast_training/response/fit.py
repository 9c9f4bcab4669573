"""Ridge logistic regression on the eight traits and the clinical z-scores, cross-fitted, calibrated, bootstrapped.

The trunk is frozen: what is fitted here folds into one linear map, so the evidence map stays exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold

from ..factors import Scaler
from ..models.response import Head
from ..statistics.logistic import sigmoid

Floats = NDArray[np.float64]

FOLDS = 5
#: Inverse ridge strengths that are tried; chosen by cross-entropy inside the training data.
STRENGTHS = (0.03, 0.1, 0.3, 1.0)


@dataclass(frozen=True)
class Fit:
    """A head fitted on one cohort, and what its own cross-validation says of it."""

    scaler: Scaler
    head: Head
    members: list[Head]
    temperature: float
    threshold: float
    #: Calibrated logits of every training patient by the fold that did not see them.
    out_of_fold: Floats
    folds: NDArray[np.int64]
    strength: float


def folds_of(y: NDArray[np.int64], seed: int, count: int = FOLDS) -> NDArray[np.int64]:
    """Fold of every patient, stratified by response."""
    folds = np.zeros(len(y), np.int64)
    splitter = StratifiedKFold(count, shuffle=True, random_state=seed)
    for k, (_, test) in enumerate(splitter.split(np.zeros(len(y)), y)):
        folds[test] = k
    return folds


def ridge(x: Floats, y: NDArray[np.int64], strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=500).fit(x, y)


def logits(model: LogisticRegression, x: Floats) -> Floats:
    return x @ model.coef_[0] + model.intercept_[0]


def choose_strength(x: Floats, y: NDArray[np.int64], seed: int) -> float:
    """The ridge strength with the least cross-entropy over inner folds."""
    folds = folds_of(y, seed)

    def cost(strength: float) -> float:
        out = np.empty(len(y))
        for k in range(FOLDS):
            out[folds == k] = logits(ridge(x[folds != k], y[folds != k], strength), x[folds == k])
        return float(log_loss(y, sigmoid(out)))

    return min(STRENGTHS, key=cost)


def temperature_of(out: Floats, y: NDArray[np.int64]) -> float:
    """The T that minimises the cross-entropy of sigmoid(logit / T)."""
    found = minimize_scalar(lambda log_t: log_loss(y, sigmoid(out / np.exp(log_t))), bounds=(-1.5, 1.5), method="bounded")
    return float(np.exp(found.x))


def youden_threshold(probability: Floats, y: NDArray[np.int64]) -> float:
    """The cut with the greatest sensitivity + specificity - 1, midway between neighbouring probabilities."""
    order = np.argsort(-probability)
    p, t = probability[order], y[order]
    gain = np.cumsum(t) / max(t.sum(), 1) - np.cumsum(1 - t) / max((1 - t).sum(), 1)
    best = int(np.argmax(gain))
    below = p[best + 1] if best + 1 < len(p) else p[best]
    return float((p[best] + below) / 2)


def design(traits: Floats | None, clinical: Floats | None, scaler: Scaler | None) -> Floats:
    """Columns of the regression: traits (already standardised), then clinical z-scores."""
    parts = []
    if traits is not None:
        parts.append(traits)
    if clinical is not None and scaler is not None:
        parts.append(scaler.z(clinical))
    return np.concatenate(parts, axis=1)


def fit_response(
    traits: Floats | None,
    clinical: Floats | None,
    y: NDArray[np.int64],
    seed: int,
    members: int = 0,
    error_sd: float = 0.0,
) -> Fit:
    """Fit on one cohort. ``None`` leaves traits or clinical factors out (image-only, clinical-only).

    ``error_sd``: SD of a patient's log-odds around the head's, where that is known. It widens the members, so that the
    interval speaks of more than the regression's sampling error.
    """
    folds = folds_of(y, seed)
    n = len(y)
    raw = np.empty(n)
    for k in range(FOLDS):
        train, test = folds != k, folds == k
        scaler = Scaler.fit(clinical[train]) if clinical is not None else None
        x_train = design(_rows(traits, train), _rows(clinical, train), scaler)
        strength = choose_strength(x_train, y[train], seed)
        model = ridge(x_train, y[train], strength)
        raw[test] = logits(model, design(_rows(traits, test), _rows(clinical, test), scaler))
    temperature = temperature_of(raw, y)
    scaler = Scaler.fit(clinical) if clinical is not None else Scaler.fit(np.zeros((2, 0)), ())
    x = design(traits, clinical, scaler)
    strength = choose_strength(x, y, seed)
    count = 0 if traits is None else traits.shape[1]
    head = _head(ridge(x, y, strength), count, temperature)
    out = raw / temperature
    rng = np.random.default_rng((seed, 77))
    heads = []
    while len(heads) < members:
        rows = rng.integers(0, n, n)
        if 0 < y[rows].sum() < n:
            member = _head(ridge(x[rows], y[rows], strength), count, temperature)
            heads.append(Head(member.bias + error_sd * float(rng.standard_normal()), member.traits, member.clinical))
    return Fit(
        scaler=scaler,
        head=head,
        members=heads,
        temperature=temperature,
        threshold=youden_threshold(sigmoid(out), y),
        out_of_fold=out,
        folds=folds,
        strength=strength,
    )


def predict(fit: Fit, traits: Floats | None, clinical: Floats | None) -> Floats:
    """Calibrated logits."""
    return head_logits(fit.head, traits, fit.scaler.z(clinical) if clinical is not None else None)


def head_logits(head: Head, traits: Floats | None, z: Floats | None) -> Floats:
    n = len(traits) if traits is not None else len(z)  # type: ignore[arg-type]
    total = np.full(n, head.bias)
    if traits is not None:
        total = total + traits @ head.traits
    if z is not None:
        total = total + z @ head.clinical
    return total


def _head(model: LogisticRegression, traits: int, temperature: float) -> Head:
    weights = model.coef_[0] / temperature
    return Head(float(model.intercept_[0]) / temperature, weights[:traits], weights[traits:])


def _rows(values: Floats | None, rows: NDArray[np.bool_]) -> Floats | None:
    return None if values is None else values[rows]
