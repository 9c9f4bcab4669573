"""`export`: a hospital's own cohort becomes a package that the application accepts, or a clear refusal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import haicast

from haicast_training.prepared import PreparedError
from haicast_training.ship import ExportRequest, export


def test_the_application_installs_and_proves_it(request_: ExportRequest, tmp_path: Path) -> None:
    manifest = export(request_)
    assert [row["cohort"] for row in manifest["metrics"]] == ["cross-validation", "held out: internal"]
    assert manifest["training"]["n"] == 56 and manifest["metrics"][0]["n"] == 56
    assert manifest["status"] == "research"
    card = (request_.out / "MODEL_CARD.md").read_text()
    assert "For research only" in card and "Every patient behind this model is simulated" not in card
    listed = json.loads(haicast("models", "--json", data=tmp_path / "data"))
    assert listed["rejected"] == [] and "our-model" in [model["id"] for model in listed["models"]]


def test_mixed_criteria_are_refused(request_: ExportRequest, many: Path) -> None:
    manifest = json.loads((many / "manifest.json").read_text())
    manifest["patients"][0]["criterion"] = "RECIST 1.1"
    (many / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(PreparedError, match="mixes response criteria"):
        export(request_)


def test_too_few_responders_are_refused(request_: ExportRequest, prepared: Path) -> None:
    with pytest.raises(PreparedError, match="too few"):
        export(replace(request_, prepared=prepared))
