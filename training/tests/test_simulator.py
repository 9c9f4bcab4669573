"""The generator: reproducible bit for bit, and with the marginals and ceilings it claims."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from haicast_training.simulator.acquire import truth_on_plane
from haicast_training.simulator.clinical import draw_factors, nlr
from haicast_training.simulator.cohort import CohortPlan, draw_patient, paper_cohort, simulate, split_by_date
from haicast_training.simulator.crops import draw_crop
from haicast_training.simulator.grid import Grid
from haicast_training.simulator.localmaps import local_maps
from haicast_training.simulator.outcome import clinical_effect, image_effect, intercept_for
from haicast_training.simulator.phantom import build_phantom
from haicast_training.simulator.streams import stream
from haicast_training.simulator.traits import TRAIT_MEAN, TRAIT_SD, draw_traits
from haicast_training.statistics.delong import components


def digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(str(path.relative_to(folder)).encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def test_cohort_is_the_same_bit_for_bit(tmp_path: Path) -> None:
    plan = replace(paper_cohort(3), seed=11)
    simulate(plan, tmp_path / "one", workers=1)
    simulate(plan, tmp_path / "two", workers=2)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_crop_depends_on_seed_and_index_alone() -> None:
    first, again = draw_crop(5, 3), draw_crop(5, 3)
    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[0], draw_crop(6, 3)[0])


@pytest.fixture(scope="module")
def population() -> list[tuple]:
    found = []
    for i in range(4000):
        rng = stream(1, "test", i)
        traits = draw_traits(rng)
        found.append((traits, draw_factors(rng, traits)))
    return found


def test_traits_have_the_stated_moments(population: list[tuple]) -> None:
    vectors = np.stack([traits.vector() for traits, _ in population])
    np.testing.assert_allclose(vectors.mean(0), TRAIT_MEAN, atol=4 * TRAIT_SD.max() / np.sqrt(len(vectors)))
    np.testing.assert_allclose(vectors.std(0), TRAIT_SD, rtol=0.06)


def test_published_marginals(population: list[tuple]) -> None:
    table = pd.DataFrame([factors for _, factors in population])
    ratio = np.array([nlr(factors) for _, factors in population])
    assert (ratio > 2.9).mean() == pytest.approx(44 / 104, abs=0.03)
    assert (table["afp"] >= 400).mean() == pytest.approx(0.50, abs=0.03)
    assert (table["sex"] == "male").mean() == pytest.approx(0.88, abs=0.02)
    assert table["largestDiameter"].median() == pytest.approx(112, abs=3)


@pytest.mark.parametrize("base_rate", [0.14, 0.30, 0.43])
def test_ceilings_lie_where_the_design_asks(population: list[tuple], base_rate: float) -> None:
    image = np.array([image_effect(traits) for traits, _ in population])
    clinical = np.array([clinical_effect(traits, factors) for traits, factors in population])
    probability = 1 / (1 + np.exp(-(intercept_for(base_rate, image + clinical) + image + clinical)))
    y = (np.random.default_rng(2).random(len(probability)) < probability).astype(np.int64)
    assert y.mean() == pytest.approx(base_rate, abs=0.025)
    assert 0.86 < components(probability, y)[0] < 0.92
    assert 0.64 < components(clinical, y)[0] < 0.72


def test_traits_are_painted_as_drawn() -> None:
    """Shares of necrosis and enhancement in the central plane are the drawn ones."""
    for seed in range(6):
        traits = draw_traits(stream(seed, "painted"))
        phantom = build_phantom(seed, traits)
        truth = truth_on_plane(phantom, phantom.lesion.center, 2.1 * traits.diameter_mm, 96)
        inside = truth.lesion.sum()
        assert truth.necrosis.sum() / inside == pytest.approx(traits.necrosis, abs=0.06)
        assert truth.hyper.sum() / truth.viable.sum() == pytest.approx(traits.enhancement, abs=0.08)
        maps = local_maps(truth, traits)
        assert (maps[6].max() > 0.5) == (traits.pvtt > 0)


def test_lesion_free_body_has_no_truth_and_no_lesion() -> None:
    traits = draw_traits(stream(1, "free"))
    phantom = replace(build_phantom(1, traits), lesion_free=True)
    truth = truth_on_plane(phantom, phantom.lesion.center, 150.0, 32)
    assert truth.lesion.max() == 0 and truth.thrombus.max() == 0


def test_waves_have_unit_variance() -> None:
    from haicast_training.simulator.grid import Waves

    field = Waves.draw(stream(0, "waves"), 10.0, 64).on(Grid((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (60, 60, 60)))
    assert field.std() == pytest.approx(1.0, abs=0.1)


def test_split_is_by_date_and_of_the_papers_size() -> None:
    plan = CohortPlan("paper", 30, 3, training=20)
    patients = [draw_patient(plan, i) for i in range(30)]
    splits = split_by_date(plan, patients)
    train = [p.included for p in patients if splits[p.id] == "train"]
    internal = [p.included for p in patients if splits[p.id] == "internal"]
    assert len(train) == 20
    assert max(train) <= min(internal)


def test_truth_is_kept_out_of_the_cohort_table(cohort: Path) -> None:
    table, truth = pd.read_csv(cohort / "cohort.csv"), pd.read_csv(cohort / "truth.csv")
    assert list(table["id"]) == list(truth["id"])
    assert not {"probability", "enhancement", "image_effect", "seed"} & set(table.columns)


def test_a_crop_can_be_had_without_its_lesion() -> None:
    with_lesion, maps, traits = draw_crop(4, 1)
    without, no_maps, no_traits = draw_crop(4, 1, always_free=True)
    assert maps[-1].max() > 0.9 and not np.isnan(traits).any()
    assert no_maps.max() == 0 and np.isnan(no_traits).all()
    assert without.shape == with_lesion.shape and not np.array_equal(without, with_lesion)
