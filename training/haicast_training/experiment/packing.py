"""The package of the shipped model, and what its stored form changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from ..export.package import Provenance, Reference, write_package
from ..export.session import open_session, run_session
from ..export.statements import Judged, Training
from ..models.response import ResponseModel
from ..models.trait_network import TraitNetwork
from ..response.fit import Fit, predict
from ..statistics.logistic import sigmoid
from .cohorts import Cohort
from .material import Material
from .notes import chinese, notes
from .shipping import ShippedModel


def pack(
    package: Path, material: Material, shipped: ShippedModel, results: dict[str, Any], seed: int, version: str, created: str
) -> dict[str, Any]:
    """Writes the package and answers its manifest."""
    development, internal, external = material.development, material.internal, material.external
    provenance = Provenance(
        version=version,
        created=created,
        cohort="simulated development cohort (home scanners), through DICOM and `haicast prepare`",
        n=len(development.y),
        base_rate=float(development.y.mean()),
        seed=seed,
        notes=notes(results),
        chinese=chinese(results),
        metrics=shipped.metrics,
    )
    reference = Reference(np.asarray(internal.prepared.images[0], np.float32), internal.clinical[0])
    prepared = development.prepared
    training = Training("development", prepared.images, development.clinical, prepared.categories, shipped.fit.out_of_fold)
    judged = Judged("external", external.prepared.images, external.clinical, external.oracle)
    gate, directions = shipped.shipped.gate, shipped.shipped.directions
    return write_package(package, material.network, shipped.fit, gate, directions, provenance, reference, training, judged)


def parity(package: Path, network: TraitNetwork, fit: Fit, model: ResponseModel, cohorts: list[Cohort]) -> dict[str, float]:
    """The stored float16 file against PyTorch float32, on every patient of the cohorts; and the sum of its parts."""
    session = open_session(package / "model.onnx")
    worst, total = 0.0, 0.0
    bias = json.loads((package / "model.json").read_text())["bias"]
    for cohort in cohorts:
        z = fit.scaler.z(cohort.clinical)
        mask = (~np.isnan(cohort.clinical)).astype(np.float32)
        out = run_session(session, np.asarray(cohort.prepared.images), z, mask)
        logit = predict(fit, cohort.reading.traits, cohort.clinical)
        worst = max(worst, float(np.abs(out["probability"] - sigmoid(logit)).max()))
        parts = bias + out["cam"].sum((1, 2, 3)) + out["clinical_contributions"].sum(1)
        total = max(total, float(np.abs(parts - out["logit"]).max()))
    return {"probability_change_max": worst, "sum_error_max": total}
