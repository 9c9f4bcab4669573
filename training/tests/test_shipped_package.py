"""The package in `resources/models`: whole, honest about itself, silent where there is nothing to see."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import numpy as np
import pytest
from conftest import REPOSITORY

from haicast_training.contract import CROP
from haicast_training.export.session import open_session, run_session
from haicast_training.novelty import distances
from haicast_training.simulator import crops as simulated
from haicast_training.simulator.crops import STORED_SIZE, draw_crop
from haicast_training.simulator.localmaps import HOLDS

PACKAGE = REPOSITORY / "resources" / "models" / "inceptionv4-haic-sim"
pytestmark = pytest.mark.skipif(not (PACKAGE / "model.onnx").exists(), reason="no package in resources/models")
SEED = 987


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return json.loads((PACKAGE / "model.json").read_text())


def crops(count: int, lesion_free: bool, monkeypatch: pytest.MonkeyPatch) -> tuple[np.ndarray, np.ndarray]:
    monkeypatch.setattr(simulated, "LESION_FREE_SHARE", float(lesion_free))
    play = (STORED_SIZE - CROP.size) // 2
    drawn = [draw_crop(SEED, index) for index in range(count)]
    images = np.stack([image[:, play:-play, play:-play] for image, _, _ in drawn])
    masks = np.stack([maps[-1, play // 4 : -play // 4, play // 4 : -play // 4] for _, maps, _ in drawn])
    return images.astype(np.float32), masks.reshape(count, 8, 4, 8, 4).mean((2, 4))


def predict(images: np.ndarray, factors: int) -> dict[str, np.ndarray]:
    z = np.zeros((len(images), factors))
    return run_session(open_session(PACKAGE / "model.onnx"), images, z, z)


def test_hash_and_size_are_as_stated(manifest: dict[str, Any]) -> None:
    content = (PACKAGE / manifest["weights"]["file"]).read_bytes()
    assert len(content) == manifest["weights"]["bytes"] < 90e6
    assert hashlib.sha256(content).hexdigest() == manifest["weights"]["sha256"]


def test_reference_is_reproduced(manifest: dict[str, Any]) -> None:
    reference = manifest["reference"]
    image = np.fromfile(PACKAGE / reference["image"], "<f4").reshape(1, 6, CROP.size, CROP.size)
    z, mask = (np.array([reference[name]]) for name in ("clinical", "clinicalMask"))
    found = run_session(open_session(PACKAGE / "model.onnx"), image, z, mask)
    np.testing.assert_allclose(found["cam"].ravel(), reference["expected"]["cam"], atol=reference["tolerance"])
    assert found["logit"][0] == pytest.approx(reference["expected"]["logit"], abs=reference["tolerance"])


def test_map_is_flat_without_a_lesion_and_points_at_one(manifest: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    factors = len(manifest["factors"])
    free, _ = crops(10, True, monkeypatch)
    lesions, masks = crops(20, False, monkeypatch)
    silent, found = (np.abs(predict(images, factors)["cam"][:, 0]) for images in (free, lesions))
    assert np.median(silent.max((1, 2))) < 0.1 * np.median(found.max((1, 2)))
    strongest = found.reshape(len(found), -1).argmax(1)
    assert (masks.reshape(len(masks), -1)[np.arange(len(masks)), strongest] >= HOLDS).mean() >= 0.85


def test_noise_is_unlike_training(manifest: dict[str, Any]) -> None:
    noise = np.random.default_rng(0).normal(size=(8, 6, CROP.size, CROP.size)).astype(np.float32)
    gate = manifest["novelty"]
    away = distances(predict(noise, len(manifest["factors"]))["features"], np.array(gate["mean"]), np.array(gate["precision"]))
    assert (away > gate["limit"]).all()


def test_package_states_what_bounds_its_numbers(manifest: dict[str, Any]) -> None:
    seen = {factor["id"]: factor.get("categories") for factor in manifest["factors"]}
    assert seen["coTherapy"] == ["none", "tki+ici"]
    assert seen["priorTreatment"] == ["ablation", "none", "resection", "several", "tace"]
    assert all(low < high for low, high in (one["spread"] for one in (*manifest["factors"], *manifest["channels"])))
    low, high = manifest["optionalImages"]["spread"]
    assert low < 0 < high
    bins = manifest["population"]["bins"]
    assert sum(one["n"] for one in bins) == manifest["training"]["n"]
    assert [one["missing"] for one in manifest["interval"]["coverage"]] == [0, 3, 8]
    # Out of fold and calibrated: the mean over the population is the response rate in training.
    mean = sum(one["n"] / (1 + np.exp(-one["logit"])) for one in bins) / manifest["training"]["n"]
    assert mean == pytest.approx(manifest["baseRate"], abs=0.01)


def test_interval_has_the_stated_members(manifest: dict[str, Any]) -> None:
    images = np.zeros((1, 6, CROP.size, CROP.size), np.float32)
    assert predict(images, len(manifest["factors"]))["logit_members"].shape == (1, manifest["interval"]["members"])


def test_chinese_words_say_the_same_figures(manifest: dict[str, Any]) -> None:
    chinese = manifest["translations"]["zh-CN"]
    notes = manifest["training"]["notes"]
    assert len(chinese["notes"]) == len(notes)
    for english, said in zip(notes, chinese["notes"], strict=True):
        assert sorted(re.findall(r"\d+\.\d+|\d{3}", said)) == sorted(re.findall(r"\d+\.\d+|\d{3}", english))
        assert re.search(r"[\u4e00-\u9fff]", said)
    named = {row["cohort"] for row in manifest["metrics"]} | {manifest["population"]["cohort"]}
    assert named | {row["cohort"] for row in manifest["interval"]["coverage"]} <= set(chinese["cohorts"])
    assert {"name", "architecture", "event", "thresholdMethod", "intervalMethod", "trainingCohort"} <= set(chinese)
