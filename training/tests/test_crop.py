"""The crop in Python, and that the application's own preparation makes the same one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import haicast

from haicast_training.contract import CROP, ROLES
from haicast_training.crop import crop, plane_points, robust_z, sample
from haicast_training.prepared import load_prepared
from haicast_training.simulator.acquire import Volume, acquire
from haicast_training.simulator.cohort import CohortPlan, draw_patient
from haicast_training.simulator.protocol import AXIAL, Coverage, Geometry, draw_study, tilted
from haicast_training.simulator.streams import stream


def test_field_of_view_follows_the_lesion_within_limits() -> None:
    assert CROP.fov_mm(60) == pytest.approx(126)
    assert CROP.fov_mm(10) == 80
    assert CROP.fov_mm(200) == 230


@pytest.mark.parametrize("tilt", [(0.0, 0.0), (6.0, -4.0)])
def test_a_linear_field_is_sampled_exactly(tilt: tuple[float, float]) -> None:
    """Whatever the stack's geometry, a value that is linear in patient space comes out at its place."""
    geometry = Geometry.centred(np.array([3.0, -2.0, 1.0]), tilted(*tilt), 1.7, 4.0, 1.0, (12, 90, 110))
    k, r, c = np.meshgrid(np.arange(12), np.arange(90), np.arange(110), indexing="ij")
    at = (
        geometry.first
        + k[..., None] * 5.0 * geometry.normal
        + r[..., None] * 1.7 * geometry.directions[1]
        + c[..., None] * 1.7 * geometry.directions[0]
    )
    slope = np.array([1.0, -0.5, 2.0])
    points = plane_points(np.array([0.0, 0.0, 0.0]), 80.0, 32)
    values, inside = sample(Volume("t2", geometry, at @ slope), points)
    assert inside.all()
    np.testing.assert_allclose(values, points @ slope, atol=1e-3)


def test_outside_is_the_median_and_values_are_clipped() -> None:
    values = np.concatenate([np.zeros(10), np.arange(50.0), [1e6]])
    inside = np.arange(61) >= 10
    z = robust_z(values, inside, 8.0)
    assert (z[:10] == 0).all()
    assert z[-1] == 8.0
    assert abs(float(np.median(z[10:]))) < 1e-6


def test_an_absent_role_is_zero() -> None:
    geometry = Geometry.centred(np.zeros(3), AXIAL, 1.0, 3.0, 0.0, (3, 90, 90))
    values = np.random.default_rng(0).integers(0, 900, (3, 90, 90))
    image = crop([Volume("arterial", geometry, values)], np.zeros(3), 30.0)
    assert image.shape == (len(ROLES), CROP.size, CROP.size)
    assert image[0].any() and not image[1:].any()


def test_prepare_makes_the_same_crop(plan: CohortPlan, prepared: Path) -> None:
    """Through DICOM and TypeScript or straight from the simulator: the same numbers, up to decimal strings in DICOM."""
    data = load_prepared(prepared)
    assert len(data.patients) == plan.count
    for index in range(4):
        patient = draw_patient(plan, index)
        row = int(data.patients.index[data.patients["id"] == patient.id][0])
        cover = Coverage(in_plane_mm=CROP.fov_mm(patient.diameter_mm) + 24, height_mm=16.0)
        rng = stream(patient.seed, "scan")
        study = draw_study(rng, plan.site, patient.center, cover)
        ours = crop(acquire(rng, patient.phantom, study, cover), patient.center, patient.diameter_mm)
        theirs = np.asarray(data.images[row])
        assert np.abs(ours - theirs).mean() < 1e-3
        assert np.quantile(np.abs(ours - theirs), 0.999) < 0.01


def test_a_series_that_was_moved_is_sampled_where_it_was_moved_to() -> None:
    """The whole of the shift, in the direction of the shift: the moved series is the one that lay there."""
    shift = np.array([4.0, -3.0, 5.0])
    values = np.random.default_rng(1).integers(0, 900, (9, 90, 90))
    here = Geometry.centred(np.zeros(3), AXIAL, 1.0, 5.0, 0.0, (9, 90, 90))
    there = Geometry.centred(shift, AXIAL, 1.0, 5.0, 0.0, (9, 90, 90))
    moved = crop([Volume("t2", here, values)], np.zeros(3), 30.0, shifts={"t2": shift})
    np.testing.assert_allclose(moved, crop([Volume("t2", there, values)], np.zeros(3), 30.0), atol=1e-5)
    assert np.abs(moved - crop([Volume("t2", here, values)], np.zeros(3), 30.0)).max() > 0.1


def test_prepare_moves_a_series_as_the_twin_does(plan: CohortPlan, cohort: Path, tmp_path: Path) -> None:
    shift = np.array([4.0, -3.0, 5.0])
    patient = draw_patient(plan, 0)
    table = pd.read_csv(cohort / "cohort.csv", dtype=str, keep_default_na=False)
    row = table[table["id"] == patient.id].assign(**{"shift_t2": " ".join(map(str, shift))})
    row["study"] = str(cohort / "studies" / patient.id)
    row.to_csv(tmp_path / "cohort.csv", index=False)
    haicast("prepare", tmp_path, "-o", tmp_path / "prepared", data=tmp_path / "data")
    data = load_prepared(tmp_path / "prepared")
    cover = Coverage(in_plane_mm=CROP.fov_mm(patient.diameter_mm) + 24, height_mm=16.0)
    rng = stream(patient.seed, "scan")
    study = draw_study(rng, plan.site, patient.center, cover)
    volumes = acquire(rng, patient.phantom, study, cover)
    ours = crop(volumes, patient.center, patient.diameter_mm, shifts={"t2": shift})
    theirs = np.asarray(data.images[0])
    assert np.abs(ours - theirs).mean() < 1e-3
    assert np.quantile(np.abs(ours - theirs), 0.999) < 0.01
    assert np.abs(theirs - crop(volumes, patient.center, patient.diameter_mm)).mean() > 0.01


def test_prepare_finds_every_role(prepared: Path) -> None:
    roles = load_prepared(prepared).patients["roles"]
    assert all({role["role"] for role in patient} == set(ROLES) for patient in roles)
