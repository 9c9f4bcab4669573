"""Pre-training: batches, loss and resumption."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from haicast_training.models.trait_network import TraitNetwork
from haicast_training.pretrain.batches import Crops
from haicast_training.pretrain.loss import CAPSULE, capsule_loss, misplaced_evidence, pretraining_loss
from haicast_training.pretrain.train import Recipe, load_trunk, pretrain, rate_at
from haicast_training.simulator.crops import write_crops

RECIPE = Recipe(width=0.0625, steps=4, batch=2, warm_up=1, hold=2, small_until=4, held_out=4, save_every=2, look_every=4)


@pytest.fixture(scope="module")
def crops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("crops")
    write_crops(out, count=20, seed=2, workers=2)
    return out


def test_held_out_crops_never_enter_a_batch(crops: Path) -> None:
    data = Crops(crops, held_out=12)
    allowed = {data.traits[i].tobytes() for i in range(8)}
    for step in range(20):
        batch = data.batch(4, seed=1, step=step)
        assert {row.tobytes() for row in batch.traits.numpy()} <= allowed


def test_batches_repeat_and_differ_by_step_and_rank(crops: Path) -> None:
    data = Crops(crops, held_out=4)
    assert torch.equal(data.batch(4, 1, 5).image, data.batch(4, 1, 5).image)
    assert not torch.equal(data.batch(4, 1, 5).image, data.batch(4, 1, 6).image)
    assert not torch.equal(data.batch(4, 1, 5, rank=0).image, data.batch(4, 1, 5, rank=1).image)


def test_image_and_truth_turn_together(crops: Path) -> None:
    """Necrosis is bright on T2: the correlation of map and image survives every jitter and symmetry."""
    data = Crops(crops, held_out=4)
    bright = []
    for step in range(12):
        batch = data.batch(4, 3, step)
        small = torch.nn.functional.avg_pool2d(batch.image[:, 3], 4)
        for image, tumour in zip(small, batch.maps[:, -1], strict=True):
            if tumour.max() > 0.9 and image.abs().sum() > 0:
                bright.append(float(image[tumour > 0.9].mean() - image[tumour == 0].mean()))
    assert np.mean(bright) > 1


def test_evidence_away_from_tumour_is_punished() -> None:
    maps = torch.zeros(1, 9, 32, 32)
    maps[:, -1, 12:20, 12:20] = 1
    inside, beside, away = (torch.zeros(1, 8, 8, 8) for _ in range(3))
    inside[..., 3:5, 3:5], beside[..., 2, 3], away[..., 0, 0] = 1, 1, 1
    assert misplaced_evidence(inside, maps) == 0
    assert misplaced_evidence(beside, maps) == misplaced_evidence(away, maps) > 0


def test_loss_ignores_traits_of_lesion_free_crops(crops: Path) -> None:
    data = Crops(crops, held_out=4)
    batch = data.batch(8, 1, 0)
    batch.traits[0] = float("nan")
    loss, _ = pretraining_loss(TraitNetwork(0.0625)(batch.image), batch)
    assert torch.isfinite(loss)


def test_rate_warms_up_holds_and_ends_at_zero() -> None:
    recipe = Recipe(steps=1000, warm_up=100, hold=500)
    assert rate_at(0, recipe) == pytest.approx(0.01)
    assert rate_at(300, recipe) == 1.0
    assert rate_at(999, recipe) < 1e-4


def test_an_interrupted_run_ends_where_an_unbroken_one_does(crops: Path, tmp_path: Path) -> None:
    whole = pretrain(crops, tmp_path / "whole", RECIPE)
    half = Recipe(**{**RECIPE.__dict__, "steps": 2})
    pretrain(crops, tmp_path / "parts", half)
    resumed = pretrain(crops, tmp_path / "parts", RECIPE)
    for name, value in whole.state_dict().items():
        torch.testing.assert_close(value, resumed.state_dict()[name], atol=0, rtol=0, msg=name)
    assert load_trunk(tmp_path / "whole" / "trunk.pt").width == RECIPE.width


def test_capsule_is_judged_on_the_edge_of_the_tumour_alone() -> None:
    maps = torch.zeros(1, 9, 32, 32)
    maps[:, -1, 8:24, 8:24] = 1
    maps[:, -1, 8, 8:24] = 0.5  # the upper edge, partly tumour
    maps[:, CAPSULE, 8, 8:24] = 0.4
    logits = torch.zeros(1, 32, 32)
    away, there = logits.clone(), logits.clone()
    away[:, 0, 0] = away[:, 16, 16] = 5
    there[:, 8, 8:24] = 5
    assert capsule_loss(away, maps) == capsule_loss(logits, maps)
    assert capsule_loss(there, maps) < 0.1 < capsule_loss(logits, maps)


def test_capsule_without_a_tumour_costs_nothing() -> None:
    assert capsule_loss(torch.randn(1, 8, 8), torch.zeros(1, 9, 32, 32)) == 0


def test_a_trunk_can_be_refined(crops: Path, tmp_path: Path) -> None:
    first = pretrain(crops, tmp_path / "first", RECIPE)
    path = tmp_path / "first" / "trunk.pt"
    saved = torch.load(path, weights_only=True)
    saved["network"] = {name: value for name, value in saved["network"].items() if not name.startswith("fine.")}
    torch.save(saved, path)  # as an earlier version wrote it
    for name, value in load_trunk(path).trunk.state_dict().items():
        assert torch.equal(value, first.trunk.state_dict()[name])
    still = Recipe(**{**RECIPE.__dict__, "rate": 0.0, "steps": 1})
    refined = pretrain(crops, tmp_path / "second", still, start=path)
    assert torch.equal(refined.reader.weight, first.reader.weight)
    with pytest.raises(ValueError, match="no trunk of this network"):
        saved["network"].pop("reader_bias")
        torch.save(saved, path)
        load_trunk(path)


def test_metrics_go_to_csv_and_tensorboard(crops: Path, tmp_path: Path) -> None:
    pretrain(crops, tmp_path, RECIPE)
    (row,) = csv.DictReader((tmp_path / "metrics.csv").open())
    assert int(row["step"]) == RECIPE.steps and float(row["loss"]) > 0
    reading = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    events = reading.EventAccumulator(str(tmp_path / "tensorboard")).Reload()
    (scalar,) = events.Scalars("metrics/loss")
    assert scalar.step == RECIPE.steps and scalar.value == pytest.approx(float(row["loss"]), abs=1e-4)
    assert "held_out/capsule" in events.Tags()["scalars"]


def test_two_processes_train_one_network(crops: Path, tmp_path: Path) -> None:
    """The same command under torchrun: gradients are averaged, one process writes."""
    options = [
        f"--{n.replace('_', '-')}={RECIPE.__dict__[n]}" for n in ("width", "steps", "batch", "hold", "small_until", "held_out")
    ]
    command = ["-m", "haicast_training", "pretrain", f"--crops={crops}", *options]
    launcher = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(Path(__file__).parents[1])}
    for launch, name in (([sys.executable], "one"), (launcher, "two")):
        subprocess.run([*launch, *command, f"--out={tmp_path / name}"], env=environment, check=True, timeout=200)
    one, two = (load_trunk(tmp_path / name / "trunk.pt").state_dict() for name in ("one", "two"))
    assert len((tmp_path / "two" / "metrics.csv").read_text().splitlines()) == 2
    # The second process saw other crops: its gradients have moved the network elsewhere.
    assert not torch.equal(one["reader.weight"], two["reader.weight"])
