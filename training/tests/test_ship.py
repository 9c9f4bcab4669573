"""`export`: a hospital's own cohort becomes a package that the application accepts, or a clear refusal."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import haicast

from haicast_training.models.trait_network import TraitNetwork
from haicast_training.prepared import PreparedError
from haicast_training.pretrain.train import Recipe
from haicast_training.ship import ExportRequest, export


@pytest.fixture
def many(prepared: Path, tmp_path: Path) -> Path:
    """The tiny cohort five times over, as a hospital's real one of 70 would look."""
    manifest = json.loads((prepared / "manifest.json").read_text())
    rows = [
        {**row, "id": f"{row['id']}-{k}", "split": "internal" if k == 4 else "train"}
        for k in range(5)
        for row in manifest["patients"]
    ]
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps({**manifest, "patients": rows}))
    for name in ("images.npy", "clinical.npy"):
        part = np.load(prepared / name)
        np.save(folder / name, np.concatenate([part] * 5))
    return folder


@pytest.fixture
def request_(many: Path, network: TraitNetwork, tmp_path: Path) -> ExportRequest:
    trunk = tmp_path / "trunk.pt"
    torch.save({"network": network.state_dict(), "recipe": asdict(Recipe(width=network.width))}, trunk)
    return ExportRequest(
        trunk=trunk,
        prepared=many,
        out=tmp_path / "data" / "models" / "our-model",
        id="our-model",
        name="Our model",
        version="1.0.0",
        created="2026-01-01T00:00:00Z",
        status="research",
        cohort="test patients",
    )


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
