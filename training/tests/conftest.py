"""Shared fixtures: one tiny cohort, simulated once and prepared by the application where Node and its packages are there."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from haicast_training.factors import INPUTS
from haicast_training.models.response import Head, Novelty, ResponseModel
from haicast_training.models.trait_network import TraitNetwork
from haicast_training.pretrain.train import Recipe
from haicast_training.ship import ExportRequest
from haicast_training.simulator.cohort import CohortPlan, paper_cohort, simulate

REPOSITORY = Path(__file__).resolve().parents[2]
NODE = REPOSITORY / "node_modules" / ".bin" / "node"
COMMAND_LINE = REPOSITORY / "src" / "main" / "hosts" / "cli" / "main.ts"
#: Width of the networks that tests build: small, but every block is there.
WIDTH = 0.125

torch.set_num_threads(1)


def haicast(*arguments: str | Path, data: Path) -> str:
    """Run the application's command line; skips the test where it is not installed."""
    if not NODE.exists() or not COMMAND_LINE.exists():
        pytest.skip("the application is not installed (npm install)")
    done = subprocess.run(
        [NODE, COMMAND_LINE, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env={**os.environ, "HAICAST_DATA": str(data)},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def plan() -> CohortPlan:
    return replace(paper_cohort(14), seed=7)


@pytest.fixture(scope="session")
def cohort(plan: CohortPlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cohort")
    simulate(plan, out, workers=2)
    return out


@pytest.fixture(scope="session")
def prepared(cohort: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("prepared")
    haicast("prepare", cohort, "-o", out, data=tmp_path_factory.mktemp("data"))
    return out


@pytest.fixture(scope="session")
def network() -> TraitNetwork:
    """Untrained, but with batch-norm statistics that are not the trivial ones."""
    torch.manual_seed(3)
    network = TraitNetwork(WIDTH).train()
    with torch.no_grad():
        for _ in range(3):
            network(torch.randn(8, 6, 64, 64))
    return network.eval()


@pytest.fixture(scope="session")
def response_model(network: TraitNetwork) -> ResponseModel:
    rng = np.random.default_rng(4)

    def head() -> Head:
        return Head(float(rng.normal()), rng.normal(size=8), rng.normal(size=len(INPUTS)) * 0.3)

    channels = network.trunk.out_channels
    directions = Novelty(rng.normal(size=(3, channels)), rng.normal(size=3))
    return ResponseModel(network, head(), [head() for _ in range(20)], directions).eval()


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
