"""Tables of the experiment, as plain dictionaries: nothing is formatted or judged here."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..factors import INPUTS
from ..models.response import Head
from ..response.fit import head_logits
from ..statistics.base_rate import intercept_for_rate
from ..statistics.classification import at_threshold, calibration
from ..statistics.delong import auc, difference, holm
from ..statistics.logistic import sigmoid
from ..statistics.regression import odds_ratios, survival_by_group, univariable
from .cohorts import Cohort
from .scores import Scores

Floats = NDArray[np.float64]
Row = dict[str, Any]


def cohort_summary(cohort: Cohort) -> Row:
    """Who they are: responders, criteria-free rates, factors by median and quartiles."""
    response = cohort.prepared.patients["response"]
    quartiles = {
        factor.id: [float(v) for v in np.nanpercentile(cohort.clinical[:, j], (25, 50, 75))] for j, factor in enumerate(INPUTS)
    }
    return {
        "cohort": cohort.name,
        "n": len(response),
        "orr": float(response.isin(["CR", "PR"]).mean()),
        "dcr": float(response.isin(["CR", "PR", "SD"]).mean()),
        "counts": {name: int((response == name).sum()) for name in ("CR", "PR", "SD", "PD")},
        "missing": float(np.isnan(cohort.clinical).mean()),
        "quartiles": quartiles,
    }


def oracle_row(cohort: Cohort) -> Row:
    return asdict(auc(cohort.oracle, cohort.y))


def auc_table(scores: list[Scores], train: Cohort, others: list[Cohort]) -> list[Row]:
    rows = []
    for score in scores:
        row: Row = {"name": score.name, train.name: asdict(auc(score.out_of_fold, train.y))}
        row.update({o.name: asdict(auc(score.on[o.name], o.y)) for o in others})
        rows.append(row)
    return rows


def working_point(score: Scores, train: Cohort, others: list[Cohort]) -> list[Row]:
    """Calibration, and the four-fold table at the threshold that the training folds chose."""
    assert score.fit is not None
    rows = []
    for name, logit, y in [
        (train.name, score.out_of_fold, train.y),
        *((o.name, score.on[o.name], o.y) for o in others),
    ]:
        probability = sigmoid(logit)
        table = at_threshold(probability, y, score.fit.threshold)
        rows.append({"cohort": name, "threshold": score.fit.threshold, **asdict(table), **asdict(calibration(logit, y))})
    return rows


def comparisons(model: Scores, rivals: list[Scores], train: Cohort, others: list[Cohort]) -> list[Row]:
    """DeLong's test of the model against each rival, Holm-adjusted within the cohort."""
    rows = []
    for name, y, own, get in [
        (train.name, train.y, model.out_of_fold, lambda s: s.out_of_fold),
        *((o.name, o.y, model.on[o.name], lambda s, o=o: s.on[o.name]) for o in others),
    ]:
        tests = [difference(own, get(rival), y) for rival in rivals]
        adjusted = holm([p for _, p in tests])
        rows += [
            {"cohort": name, "rival": rival.name, "difference": gap, "p": p, "p_holm": q}
            for rival, (gap, p), q in zip(rivals, tests, adjusted, strict=True)
        ]
    return rows


def odds_table(train: Cohort, model: Scores) -> dict[str, list[Row]]:
    """Per SD (log10 where the model takes it so) or yes against no; missing at the mean. Image score: its own SD."""
    assert model.fit is not None
    z = model.fit.scaler.z(train.clinical)
    table = pd.DataFrame(z, columns=[factor.id for factor in INPUTS])
    for j, factor in enumerate(INPUTS):
        if factor.binary:
            table[factor.id] = np.nan_to_num(train.clinical[:, j])
    image = train.reading.traits @ model.fit.head.traits
    table["image score"] = (image - image.mean()) / image.std()
    return {
        "univariable": [asdict(row) for row in univariable(table, train.y)],
        "multivariable": [asdict(row) for row in odds_ratios(table, train.y)],
    }


def survival_table(model: Scores, others: list[Cohort]) -> list[Row]:
    assert model.fit is not None
    rows = []
    for other in others:
        high = sigmoid(model.on[other.name]) >= model.fit.threshold
        for endpoint in ("os", "pfs"):
            days = other.prepared.patients[f"{endpoint}_days"].to_numpy(np.float64)
            events = other.prepared.patients[f"{endpoint}_event"].to_numpy(np.int64)
            found = survival_by_group(days, events, high)
            rows.append({"cohort": other.name, "endpoint": endpoint.upper(), "predicted": int(high.sum()), **asdict(found)})
    return rows


def interval_coverage(members: list[Head], cohort: Cohort, z: Floats, level: float, shift: float | None = None) -> Row:
    """How often the members' interval holds the true probability, which only a simulator knows.

    ``shift``: what is added to all log-odds where the user states how often their patients respond
    (`statistics/base_rate.py`).
    """
    logits = np.stack([head_logits(member, cohort.reading.traits, z) for member in members]) + (shift or 0.0)
    low, high = np.quantile(sigmoid(logits), ((1 - level) / 2, (1 + level) / 2), axis=0)
    inside = (cohort.oracle >= low) & (cohort.oracle <= high)
    return {
        "cohort": cohort.name if shift is None else f"{cohort.name}, moved to its base rate",
        "level": level,
        "coverage": float(inside.mean()),
        "median_width": float(np.median(high - low)),
    }


def rebased_row(cohort: Cohort, logit: Floats, bins: list[dict[str, float]]) -> Row:
    """Calibration as it is, and with the intercept moved to the cohort's own response rate."""
    rate = float(cohort.y.mean())
    shift = intercept_for_rate(bins, rate)
    before, after = calibration(logit, cohort.y), calibration(logit + shift, cohort.y)
    return {"cohort": cohort.name, "rate": rate, "shift": shift, "before": asdict(before), "after": asdict(after)}


def trait_correlations(cohort: Cohort, names: tuple[str, ...]) -> Row:
    """How well every trait is read, through DICOM and `haicast prepare`."""
    read, true = cohort.reading.traits, cohort.true_traits
    return {name: float(np.corrcoef(read[:, i], true[:, i])[0, 1]) for i, name in enumerate(names)}
