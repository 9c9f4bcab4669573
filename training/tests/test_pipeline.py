"""From nothing to a prediction: simulate, prepare, one epoch, export; then the application predicts with the package."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import haicast

from haicast_training.experiment.cohorts import assert_disjoint, load_cohort
from haicast_training.export.package import Provenance, Reference, write_package
from haicast_training.export.statements import Training, masked
from haicast_training.novelty import NoveltyGate
from haicast_training.prepared import PreparedError, load_prepared
from haicast_training.pretrain.train import Recipe, pretrain
from haicast_training.reading import novelty_features, principal_directions
from haicast_training.response.fit import fit_response, head_logits
from haicast_training.simulator.crops import write_crops


def test_simulate_prepare_train_export_predict(cohort: Path, prepared: Path, tmp_path: Path) -> None:
    write_crops(tmp_path / "crops", count=16, seed=3, workers=2)
    recipe = Recipe(width=0.125, steps=3, batch=4, warm_up=1, hold=2, small_until=2, held_out=4, look_every=3)
    network = pretrain(tmp_path / "crops", tmp_path / "trunk", recipe).eval()
    patients = load_cohort("paper", prepared, cohort, network)
    fit = fit_response(patients.reading.traits, patients.clinical, patients.y, seed=1, members=8)
    directions = principal_directions(patients.reading.pooled, 2)
    gate = NoveltyGate.fit(novelty_features(patients.reading, directions))
    package = tmp_path / "data" / "models" / "test-model"
    provenance = Provenance("0.0.1", "2026-01-01T00:00:00Z", "test", 14, 0.5, 1, ["test"], name="Test", id="test-model")
    reference = Reference(np.array(patients.prepared.images[0]), patients.clinical[0])
    training = Training("test", patients.prepared.images, patients.clinical, patients.prepared.categories, fit.out_of_fold)
    manifest = write_package(package, network, fit, gate, directions, provenance, reference, training)
    seen = {factor["id"]: factor.get("categories") for factor in manifest["factors"]}
    assert set(seen["coTherapy"]) <= {"none", "tki+ici"} and seen["afp"] is None

    table = pd.read_csv(cohort / "cohort.csv")
    row, index = table.iloc[1], 1
    form = tmp_path / "factors.json"
    form.write_text(json.dumps({"factors": as_form(row)}))
    lesion = f"{row.lesion_x},{row.lesion_y},{row.lesion_z},{row.lesion_diameter_mm}"
    answer = haicast(
        "predict", cohort / row.study, "--factors", form, "--lesion", lesion, "--model", "test-model", "--json",
        data=tmp_path / "data",
    )  # fmt: skip
    # The application clamps a value to the training range of its factor.
    z, _ = masked(fit.scaler, patients.clinical)
    logit = head_logits(fit.head, patients.reading.traits, z)[index]
    found = json.loads(answer)
    assert found["model"]["id"] == "test-model"
    assert found["logit"] == pytest.approx(float(logit), abs=5e-3)


def as_form(row: pd.Series) -> dict[str, object]:
    """A line of cohort.csv as the application's form file; units are the canonical ones."""
    units = {
        "afp": "ng/mL", "pivkaII": "mAU/mL", "bilirubin": "µmol/L", "albumin": "g/L",
        "neutrophils": "10^9/L", "lymphocytes": "10^9/L", "largestDiameter": "mm",
    }  # fmt: skip
    choices = ("pvtt", "extrahepaticSpread", "priorTreatment", "coTherapy")
    form: dict[str, object] = {n: {"value": float(row[n]), "unit": u} for n, u in units.items() if pd.notna(row[n])}
    form.update({name: {"value": row[name]} for name in choices})
    return form


def test_a_patient_in_two_cohorts_is_refused(cohort: Path, prepared: Path, network) -> None:
    patients = load_cohort("paper", prepared, cohort, network)
    with pytest.raises(ValueError, match="is also in"):
        assert_disjoint(patients, patients)
    assert_disjoint(patients.split("train"), patients.split("internal"))


def test_prepared_cohort_with_another_crop_is_refused(prepared: Path, tmp_path: Path) -> None:
    manifest = json.loads((prepared / "manifest.json").read_text())
    manifest["contract"]["crop"]["fovMaxMm"] = 300
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(PreparedError, match="300"):
        load_prepared(tmp_path)


def test_prepared_cohort_keeps_outcomes_and_units(cohort: Path, prepared: Path) -> None:
    data, table = load_prepared(prepared), pd.read_csv(cohort / "cohort.csv")
    assert list(data.patients["id"]) == list(table["id"])
    assert list(data.y) == list(table["response"].isin(["CR", "PR"]).astype(int))
    np.testing.assert_allclose(data.clinical["afp"], table["afp"])
    np.testing.assert_allclose(data.clinical["nlr"], table["neutrophils"] / table["lymphocytes"], rtol=1e-9)
