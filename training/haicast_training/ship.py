"""The model that a hospital installs: trunk, head and novelty gate fitted on one prepared cohort, written as a package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .export.package import Provenance, Reference, write_package
from .export.statements import Training
from .factors import INPUTS
from .models.response import Novelty
from .novelty import NoveltyGate
from .prepared import Prepared, PreparedError, load_prepared
from .pretrain.train import load_trunk
from .reading import Reading, novelty_features, principal_directions, read
from .response.fit import FOLDS, Fit, fit_response, predict
from .statistics.classification import at_threshold, calibration
from .statistics.delong import auc
from .statistics.logistic import sigmoid

Floats = NDArray[np.float64]

#: Bootstrap refits of the head.
MEMBERS = 200
#: Fewer of either outcome cannot be split into folds and fitted with any sense (*assumed*).
LEAST_EVENTS = 5 * FOLDS


@dataclass(frozen=True)
class Shipped:
    fit: Fit
    directions: Novelty
    gate: NoveltyGate


def fit_shipped(reading: Reading, clinical: Floats, y: NDArray[np.int64], seed: int, error_sd: float = 0.0) -> Shipped:
    directions = principal_directions(reading.pooled)
    return Shipped(
        fit=fit_response(reading.traits, clinical, y, seed, MEMBERS, error_sd),
        directions=directions,
        gate=NoveltyGate.fit(novelty_features(reading, directions)),
    )


def metrics_row(name: str, logit: Floats, y: NDArray[np.int64], threshold: float) -> dict[str, Any]:
    """One entry of the manifest's `metrics`; the oracle's AUC is added where it is known."""
    area, table, fit = auc(logit, y), at_threshold(sigmoid(logit), y, threshold), calibration(logit, y)

    def bounds(share: Any) -> dict[str, float]:
        return {"value": share.value, "low": share.low, "high": share.high}

    return {
        "cohort": name,
        "n": len(y),
        "events": int(y.sum()),
        "auc": {**bounds(area), "method": "DeLong"},
        "sensitivity": bounds(table.sensitivity),
        "specificity": bounds(table.specificity),
        "brier": fit.brier,
        "calibrationSlope": fit.slope,
        "calibrationIntercept": fit.intercept,
    }


@dataclass(frozen=True)
class ExportRequest:
    trunk: Path
    #: Folder that `haicast prepare` wrote. Patients of split `internal` or `external` are held out, all others fitted.
    prepared: Path
    out: Path
    id: str
    name: str
    version: str
    created: str
    #: `simulated` where the patients are; `research` for a hospital's own.
    status: str
    cohort: str
    seed: int = 1


HELD_OUT = ("internal", "external")


def export(request: ExportRequest) -> dict[str, Any]:
    """Fit on a prepared cohort and write the package; returns its manifest. Throws `PreparedError` where that makes no sense."""
    data = load_prepared(request.prepared)
    held = data.patients["split"].isin(HELD_OUT).to_numpy()
    train = data.only(~held)
    criterion = the_criterion(train)
    for name, count in (("responders", int(train.y.sum())), ("non-responders", int((1 - train.y).sum()))):
        if count < LEAST_EVENTS:
            raise PreparedError(f"{count} {name} are too few to fit a model: at least {LEAST_EVENTS} are needed")
    network = load_trunk(request.trunk)
    reading = read(network, train.images)
    clinical = train.values(INPUTS)
    shipped = fit_shipped(reading, clinical, train.y, request.seed)
    metrics = [metrics_row("cross-validation", shipped.fit.out_of_fold, train.y, shipped.fit.threshold)]
    for split in HELD_OUT:
        part = data.split(split)
        if 0 < part.y.sum() < len(part.y):
            logit = predict(shipped.fit, read(network, part.images).traits, part.values(INPUTS))
            metrics.append(metrics_row(f"held out: {split}", logit, part.y, shipped.fit.threshold))
    provenance = Provenance(
        version=request.version,
        created=request.created,
        cohort=request.cohort,
        n=len(train.y),
        base_rate=float(train.y.mean()),
        seed=request.seed,
        notes=["The interval speaks of the head's sampling error only: how well the trunk reads these images is not known."],
        chinese={"notes": ["区间仅反映输出层的抽样误差；主干网络对这些图像的判读能力未知。"]},
        metrics=metrics,
        name=request.name,
        id=request.id,
        status=request.status,
        criterion=criterion,
        interval_method="bootstrap refits of the head",
    )
    reference = Reference(np.asarray(train.images[0], np.float32), clinical[0])
    training = Training(request.cohort, train.images, clinical, train.categories, shipped.fit.out_of_fold)
    return write_package(request.out, network, shipped.fit, shipped.gate, shipped.directions, provenance, reference, training)


def the_criterion(data: Prepared) -> str:
    """Response is judged by one criterion in a cohort: CR by RECIST and CR by mRECIST are different events."""
    found = sorted(set(data.patients["criterion"]))
    if len(found) != 1:
        raise PreparedError(f"the cohort mixes response criteria ({', '.join(map(str, found))}): fit one model for each")
    return str(found[0])
