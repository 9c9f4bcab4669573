"""`complete`, by its command: an existing package states anew what it states beside its weights, and nothing else changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from haicast_training.__main__ import main
from haicast_training.ship import ExportRequest, export

#: What the command may change.
STATED = {"factors", "channels", "optionalImages", "population", "interval"}


@pytest.fixture
def data(many: Path, prepared: Path, cohort: Path, tmp_path: Path) -> Path:
    """The folder that the experiment leaves: the patients that the head was fitted on, and others whose truth is known."""
    folder = tmp_path / "data"
    development = folder / "prepared" / "development"
    development.mkdir(parents=True)
    manifest = json.loads((many / "manifest.json").read_text())
    keep = [index for index, row in enumerate(manifest["patients"]) if row["split"] == "train"]
    patients = [manifest["patients"][index] for index in keep]
    (development / "manifest.json").write_text(json.dumps({**manifest, "patients": patients}))
    for name in ("images.npy", "clinical.npy"):
        np.save(development / name, np.load(many / name)[keep])
    shutil.copytree(prepared, folder / "prepared" / "external")
    (folder / "cohorts" / "external").mkdir(parents=True)
    shutil.copy(cohort / "truth.csv", folder / "cohorts" / "external")
    return folder


def files(package: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in package.iterdir()}


def test_states_anew_what_bounds_the_numbers_and_touches_nothing_else(request_: ExportRequest, data: Path) -> None:
    before, package = export(request_), request_.out
    weights = files(package)
    command = ["complete", "--data", str(data), "--package", str(package)]
    main(command)
    first = files(package)
    after = json.loads(first["model.json"])
    assert {key for key in after if after[key] != before.get(key)} <= STATED
    assert [row["missing"] for row in after["interval"]["coverage"]] == [0, 3, 8]
    assert all(row["n"] == 14 and 0 <= row["share"] <= 1 for row in after["interval"]["coverage"])
    assert sum(one["n"] for one in after["population"]["bins"]) == before["training"]["n"] == 56
    assert {name for name in first if first[name] != weights[name]} == {"model.json", "MODEL_CARD.md"}
    main(command)
    assert files(package) == first


def test_refuses_another_cohort_and_leaves_the_package_as_it_was(request_: ExportRequest, data: Path) -> None:
    export(request_)
    before = files(request_.out)
    path = data / "prepared" / "development" / "manifest.json"
    manifest = json.loads(path.read_text())
    # The same images with the outcomes of others.
    outcomes = [row["response"] for row in manifest["patients"]]
    rows = [{**row, "response": outcomes[(index * 5 + 3) % 56]} for index, row in enumerate(manifest["patients"])]
    path.write_text(json.dumps({**manifest, "patients": rows}))
    with pytest.raises(ValueError, match="another cohort"):
        main(["complete", "--data", str(data), "--package", str(request_.out)])
    assert files(request_.out) == before
