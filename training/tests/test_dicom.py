"""Simulated studies are MR images that a PACS would take, and the demonstration patient is complete."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pydicom
import pytest
from conftest import REPOSITORY

from haicast_training.simulator.follow_up import VISITS

DEMO = REPOSITORY / "resources" / "demo"
#: Type 1 attributes of the MR Image IOD and its modules (PS3.3 A.4, C.7, C.8.3), where they apply.
REQUIRED = """
    SOPClassUID SOPInstanceUID StudyInstanceUID SeriesInstanceUID FrameOfReferenceUID Modality
    ImageType Rows Columns SamplesPerPixel PhotometricInterpretation BitsAllocated BitsStored
    HighBit PixelRepresentation PixelSpacing ImageOrientationPatient ImagePositionPatient
    ScanningSequence SequenceVariant PixelData
""".split()


def series_of(study: Path) -> dict[str, list[pydicom.Dataset]]:
    found = defaultdict(list)
    for path in sorted(study.rglob("*.dcm")):
        image = pydicom.dcmread(path)
        found[image.SeriesDescription].append(image)
    return found


@pytest.fixture(scope="module")
def demo() -> dict[str, list[pydicom.Dataset]]:
    return series_of(DEMO / "study")


def test_every_image_carries_what_the_standard_requires(demo: dict, cohort: Path) -> None:
    first = next(path for path in sorted((cohort / "studies").iterdir()))
    images = [image for series in (*demo.values(), *series_of(first).values()) for image in series]
    for image in images:
        assert not [name for name in REQUIRED if name not in image or image[name].value in ("", None)]
        assert image.file_meta.MediaStorageSOPInstanceUID == image.SOPInstanceUID
        assert len(image.PixelData) == 2 * image.Rows * image.Columns
        assert all(pydicom.uid.UID(image[name].value).is_valid for name in REQUIRED if name.endswith("UID"))
        assert all(len(str(v)) <= 16 for v in (*image.ImagePositionPatient, *image.ImageOrientationPatient))
    assert len({image.SOPInstanceUID for image in images}) == len(images)


def test_demo_is_small_and_simulated(demo: dict) -> None:
    assert sum(path.stat().st_size for path in DEMO.rglob("*") if path.is_file()) < 14e6
    image = next(iter(demo.values()))[0]
    assert (image.PatientName, image.PatientID) == ("DEMO^LIVER", "SIM-0007")
    assert "SIMULATED" in image.StudyDescription


def test_demo_phases_are_timed_from_the_bolus(demo: dict) -> None:
    def seconds(value: str) -> float:
        return int(value[:2]) * 3600 + int(value[2:4]) * 60 + float(value[4:])

    delays = {
        name: seconds(images[0].AcquisitionTime) - seconds(images[0].ContrastBolusStartTime)
        for name, images in demo.items()
        if "ContrastBolusStartTime" in images[0]
    }
    assert sorted(delays.values()) == [32, 68, 180]


def test_dual_echo_is_one_series_with_two_echo_times(demo: dict) -> None:
    echoes = demo["Ax DualEcho BH"]
    assert len({image.SeriesInstanceUID for image in echoes}) == 1
    assert {round(float(image.EchoTime), 1) for image in echoes} == {1.1, 2.3} or {
        round(float(image.EchoTime), 2) for image in echoes
    } == {1.15, 2.3}


def test_demo_geometry_differs_between_series(demo: dict) -> None:
    shapes = {(i[0].Rows, i[0].Columns, float(i[0].SliceThickness), float(i[0].PixelSpacing[0])) for i in demo.values()}
    assert len(shapes) == 3
    oblique = np.array(demo["Ax T2 FRFSE fs RTr"][0].ImageOrientationPatient, float)
    assert abs(np.cross(oblique[:3], oblique[3:])[2]) < 1 - 1e-4
    assert all(float(i[0].SliceThickness) <= 5 for name, i in demo.items() if "LAVA" in name)


# What only staging and the checks before a cycle ask for: no model reads it, and the form leaves it empty.
BEYOND_THE_MODEL = {
    "bileDuctInvasion", "cheng", "creatinine", "ecogCause", "haemoglobin", "hbvAntiviral", "infection", "liverShare",
    "neuropathy", "ptProlongation",
}


def test_demo_form_is_filled_but_for_two_factors_of_the_model() -> None:
    form = json.loads((DEMO / "factors.json").read_text())
    table = (REPOSITORY / "src" / "shared" / "clinical" / "factor-values.ts").read_text()
    ids = {line.strip(" ',") for line in table.split("factorIds = [")[1].split("]")[0].splitlines() if line.strip()}
    # The largest diameter comes from the marked lesion.
    assert ids - BEYOND_THE_MODEL - set(form["factors"]) == {"hbvDna", "crp", "largestDiameter"}
    (lesion,) = form["lesions"]
    long_axis, short_axis = (np.array(lesion[name]) for name in ("longAxis", "shortAxis"))
    assert 75 < np.linalg.norm(long_axis[1] - long_axis[0]) < 95
    across = (short_axis[1] - short_axis[0]) @ (long_axis[1] - long_axis[0])
    assert abs(across) < 0.05 * np.linalg.norm(long_axis[1] - long_axis[0]) * np.linalg.norm(short_axis[1] - short_axis[0])


def diameter(form: Path) -> float:
    (lesion,) = json.loads(form.read_text())["lesions"]
    return float(np.linalg.norm(np.subtract(*lesion["longAxis"])))


def test_demo_follow_ups_are_later_studies_of_the_same_patient_with_less_tumour(demo: dict) -> None:
    visits = [next(iter(demo.values()))[0]]
    for number, (home, visit) in enumerate(zip(("follow-up-1", "follow-up-2"), VISITS, strict=True), start=1):
        series = series_of(DEMO / home / "study")
        images = [image for stack in series.values() for image in stack]
        assert {(i.PatientName, i.PatientID, i.PatientBirthDate) for i in images} == {
            (visits[0].PatientName, visits[0].PatientID, visits[0].PatientBirthDate)
        }
        assert {i.StudyDate for i in images} == {visit.started.strftime("%Y%m%d")}
        assert all("SIMULATED" in i.StudyDescription for i in images)
        visits.append(images[0])
        assert len(visits) == number + 1
    assert len({image.StudyInstanceUID for image in visits}) == len({image.FrameOfReferenceUID for image in visits}) == 3
    assert [image.StudyDate for image in visits] == sorted(image.StudyDate for image in visits)
    before = diameter(DEMO / "factors.json")
    for home, visit in zip(("follow-up-1", "follow-up-2"), VISITS, strict=True):
        assert diameter(DEMO / home / "visit.json") / before == pytest.approx(visit.size, abs=0.03)
