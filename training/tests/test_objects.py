"""What the application makes of a case for other systems, read by highdicom: the same numbers as in the invented case."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

hd = pytest.importorskip("highdicom")

REPOSITORY = Path(__file__).resolve().parents[2]
NODE = REPOSITORY / "node_modules" / ".bin" / "node"
WRITER = REPOSITORY / "test" / "fixtures" / "reports" / "write-objects.ts"
#: `cells` of test/fixtures/reports/reported-case.ts: log-odds of the 16 cells of the map.
CELLS = [(cell - 7) / 16 for cell in range(16)]


@pytest.fixture(scope="module")
def objects(tmp_path_factory) -> Path:
    """The objects of the invented case: with its study at hand, with it gone, and withheld."""
    if not NODE.exists():
        pytest.skip("the application is not installed (npm install)")
    folder = tmp_path_factory.mktemp("objects")
    subprocess.run([NODE, WRITER, folder], check=True, cwd=REPOSITORY)
    return folder


def groups(path: Path) -> list:
    report = hd.sr.srread(path)
    assert isinstance(report, hd.sr.Comprehensive3DSR)
    assert isinstance(report.content, hd.sr.MeasurementReport)
    return report.content.get_image_measurement_groups()


def values(group) -> list[tuple[str, float]]:
    return [(m.name.value, m.value) for m in group.get_measurements() if m.name.value != "126073"]


@pytest.mark.parametrize("case", ["at-hand", "gone"])
def test_report_has_the_measured_diameters_at_every_visit(objects: Path, case: str) -> None:
    found = [(g.tracking_identifier, values(g)) for g in groups(objects / case / "measurements.dcm")]
    lesions = [(name, sizes) for name, sizes in found if name[0] in "LN"]
    long, short, viable = "103339001", "103340004", "viable-diameter"
    assert lesions == [
        ("L1", [(long, 30.0), (short, 20.0), (viable, 28.0)]),
        ("L2", [(long, 12.5)]),
        ("N1", [(short, 20.0)]),
        ("L1", [(long, 9.0), (viable, 8.0), (long, 6.0)]),
        ("L2", []),
        ("N1", [(short, 11.0)]),
        ("L1", [(long, 16.0), (viable, 0.0)]),
        ("L2", []),
        ("N1", []),
        ("L3", [(long, 12.0)]),
    ]


def test_a_lesion_keeps_its_tracking_uid_over_the_visits(objects: Path) -> None:
    by_name: dict[str, set[str]] = {}
    for group in groups(objects / "at-hand" / "measurements.dcm"):
        by_name.setdefault(group.tracking_identifier, set()).add(group.tracking_uid)
    assert all(len(uids) == 1 for uids in by_name.values())
    assert len(set.union(*by_name.values())) == len(by_name)


def test_a_measurement_lies_on_the_image_that_it_was_drawn_on(objects: Path) -> None:
    first = groups(objects / "at-hand" / "measurements.dcm")[0]
    (line,) = first.get_measurements(name=hd.sr.CodedConcept("103339001", "SCT", "Long Axis"))[0].referenced_coordinates
    assert line.value.tolist() == [[16.5, 20.5], [40.5, 20.5]]


def test_the_probability_is_the_one_of_the_case_and_absent_where_it_is_withheld(objects: Path) -> None:
    def probabilities(case: str) -> list[float]:
        found = [values(g) for g in groups(objects / case / "measurements.dcm") if g.tracking_identifier == "prediction"]
        return [value for group in found for code, value in group if code == "122157"]

    assert probabilities("at-hand") == [0.625]
    assert probabilities("withheld") == []


@pytest.mark.parametrize("case", ["at-hand", "gone"])
def test_the_map_has_the_log_odds_of_the_case(objects: Path, case: str) -> None:
    image = hd.imread(objects / case / "evidence-map.dcm")
    frame = image.get_frames()[0]
    assert frame.shape == (40, 64)
    assert sorted(np.unique(frame)) == CELLS
    # Column 32, row 20 is at the middle of the map, the corner of the cell (2, 2).
    assert frame[20, 32] == CELLS[10]
    assert not (objects / "withheld" / "evidence-map.dcm").exists()
