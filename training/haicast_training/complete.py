"""Writes anew what an existing package states beside its weights, without fitting the trunk or the head again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .export.package import write_manifest
from .export.session import open_session, run_session
from .export.statements import Judged, Training, scaler_of, stated
from .factors import INPUTS
from .prepared import load_prepared
from .response.fit import fit_response
from .simulator.traits import TRAITS
from .statistics.delong import auc

#: Two runs of the same model on the same patients: the stored weights are float16.
SAME_AUC = 2e-3


def complete(package: Path, data: Path, seed: int) -> dict[str, Any]:
    """Reads the traits from the stored file, cross-fits the head as it was fitted, and checks that it is the same one."""
    manifest = json.loads((package / "model.json").read_text())
    development, external = (load_prepared(data / "prepared" / name) for name in ("development", "external"))
    values = development.values(INPUTS)
    mask = (~np.isnan(values)).astype(np.float32)
    out = run_session(open_session(package / "model.onnx"), development.images, scaler_of(manifest).z(values), mask)
    traits = out["features"][:, : len(TRAITS)].astype(np.float64)
    fit = fit_response(traits, values, development.y, seed)
    found = auc(fit.out_of_fold, development.y).value
    said = next(row["auc"]["value"] for row in manifest["metrics"] if row["cohort"].startswith("cross-validation"))
    if abs(found - said) > SAME_AUC:
        raise ValueError(f"another cohort: its cross-validated AUC is {found:.4f}, the package says {said:.4f}")
    truth = pd.read_csv(data / "cohorts" / "external" / "truth.csv").set_index("id").loc[external.patients["id"]]
    judged = Judged("external", external.images, external.values(INPUTS), truth["probability"].to_numpy(np.float64))
    training = Training("development", development.images, values, development.categories, fit.out_of_fold)
    return write_manifest(package, stated(package, manifest, training, judged, seed))
