"""The demonstration patient of the application: a whole-liver study on a GE-like 3 T scanner, and the filled-in form."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from scipy.spatial import ConvexHull
from scipy.spatial.distance import cdist
from threadpoolctl import threadpool_limits

from .acquire import acquire
from .dicom import Person, write_study
from .grid import Grid
from .lesion import Lesion
from .phantom import build_phantom
from .protocol import AXIAL, DESCRIPTIONS, Coverage, Faults, Geometry, SeriesPlan, StudyPlan, dual_echo_times, tilted
from .signal import Sequence
from .streams import stream
from .traits import Traits

#: Chosen by eye among the first seeds for a convincing picture.
SEED = 10
TRAITS = Traits(
    diameter_mm=84.0,
    enhancement=0.72,
    necrosis=0.16,
    washout=0.72,
    capsule=0.9,
    margin=0.22,
    satellites=1,
    pvtt=0,
    fat=0.0,
)
PERSON = Person(
    name="DEMO^LIVER",
    patient_id="SIM-0007",
    sex="M",
    age_years=58,
    started=datetime(2026, 3, 17, 9, 12, 30),
    key="demo/SIM-0007",
)
#: Left empty on purpose: the application shows what a missing factor does (HBV DNA, CRP).
FACTORS: dict[str, dict[str, Any]] = {
    "age": {"value": 58, "unit": "years", "origin": "study"},
    "sex": {"value": "male", "origin": "study"},
    "hbsAg": {"value": "positive"},
    "hcv": {"value": "negative"},
    "ecog": {"value": "0"},
    "afp": {"value": 412, "unit": "ng/mL", "date": "2026-03-14"},
    "pivkaII": {"value": 1860, "unit": "mAU/mL", "assay": "CLIA (simulated)", "date": "2026-03-14"},
    "bilirubin": {"value": 14.2, "unit": "µmol/L", "date": "2026-03-14"},
    "albumin": {"value": 40.1, "unit": "g/L", "date": "2026-03-14"},
    "inr": {"value": 1.08, "date": "2026-03-14"},
    "prothrombinTime": {"value": 12.6, "unit": "s", "date": "2026-03-14"},
    "alt": {"value": 38, "unit": "U/L", "date": "2026-03-14"},
    "ast": {"value": 52, "unit": "U/L", "date": "2026-03-14"},
    "alp": {"value": 121, "unit": "U/L", "date": "2026-03-14"},
    "ggt": {"value": 138, "unit": "U/L", "date": "2026-03-14"},
    "platelets": {"value": 176, "unit": "10^9/L", "date": "2026-03-14"},
    "neutrophils": {"value": 3.6, "unit": "10^9/L", "date": "2026-03-14"},
    "lymphocytes": {"value": 1.6, "unit": "10^9/L", "date": "2026-03-14"},
    "ascites": {"value": "none"},
    "encephalopathy": {"value": "none"},
    "tumourNumber": {"value": 2},
    "pvtt": {"value": "vp0"},
    "hepaticVeinInvasion": {"value": "vv0"},
    "extrahepaticSpread": {"value": "no"},
    "priorTreatment": {"value": "tace"},
    "coTherapy": {"value": "none"},
}


def demo_plan(center: np.ndarray) -> StudyPlan:
    """Arterial, portal and delayed at 32, 68 and 180 s; geometry differs between dynamic, T2 and dual echo."""
    middle = np.array([0.0, 0.0, center[2] + 6.0])
    dynamic = Geometry.centred(middle, AXIAL, 2.1, 4.8, 0.0, (24, 136, 176))
    injection = 460.0
    names = DESCRIPTIONS["ge"]

    def faults(shift: tuple[float, float, float], snr: float) -> Faults:
        return Faults(np.array(shift), snr, 0.12, 0.0)

    series = [
        SeriesPlan(
            (role,),
            (Sequence("gre-fat-sat", 3.9, 1.8, 12.0, 3.0, seconds),),
            dynamic,
            faults(shift, 30.0),
            names[role],
            number,
            injection + (seconds if seconds is not None else -75.0),
        )
        for number, role, seconds, shift in (
            (5, "pre-contrast", None, (0.2, 0.5, 1.5)),
            (6, "arterial", 32.0, (0.0, 0.0, 0.0)),
            (7, "portal-venous", 68.0, (-0.3, 0.8, 1.8)),
            (8, "delayed", 180.0, (0.4, -0.6, -1.4)),
        )
    ]
    t2 = Geometry.centred(middle + np.array([1.5, -2.0, 1.0]), tilted(3.0, -2.0), 1.9, 6.0, 1.0, (16, 150, 190))
    t2_sequence = Sequence("fse-fat-sat", 5400.0, 85.0, 90.0, 3.0)
    series.append(SeriesPlan(("t2",), (t2_sequence,), t2, faults((0.5, 1.0, -1.0), 26.0), names["t2"], 3, 130.0))
    opposed, in_phase = (round(te, 2) for te in dual_echo_times(3.0))
    dual = Geometry.centred(middle + np.array([-2.0, 1.0, -1.5]), AXIAL, 2.3, 7.0, 0.7, (15, 124, 160))
    echoes = (
        Sequence("gre", 150.0, opposed, 70.0, 3.0, opposed=True),
        Sequence("gre", 150.0, in_phase, 70.0, 3.0),
    )
    series.append(SeriesPlan(("opposed-phase", "in-phase"), echoes, dual, faults((0.0, 0.7, 0.8), 28.0), names["dual"], 2, 60.0))
    return StudyPlan("ge", 3.0, injection, "Gadopentetate dimeglumine", tuple(series))


def write_demo(out: Path) -> None:
    """``out/study`` and ``out/factors.json``."""
    phantom = build_phantom(SEED, TRAITS)
    plan = demo_plan(phantom.lesion.center)
    cover = Coverage(in_plane_mm=470.0, height_mm=130.0, pre_contrast=True)
    with threadpool_limits(1):
        volumes = acquire(stream(SEED, "demo"), phantom, plan, cover)
    write_study(out / "study", PERSON, plan, volumes)
    long_axis, short_axis = measure(phantom.lesion)
    lesion = {
        "id": "demo-lesion-1",
        "label": "Target 1, segment 8/5",
        "kind": "target",
        "seriesId": "",
        "longAxis": np.round(long_axis, 2).tolist(),
        "shortAxis": np.round(short_axis, 2).tolist(),
    }
    form = {"note": "simulated patient; every value is invented", "factors": FACTORS, "lesions": [lesion]}
    (out / "factors.json").write_text(json.dumps(form, indent=2, ensure_ascii=False) + "\n")


def measure(lesion: Lesion, step_mm: float = 0.5) -> tuple[np.ndarray, np.ndarray]:
    """Longest diameter in the axial plane through the centre and the longest perpendicular to it (RECIST 1.1), mm LPS."""
    extent = 2.6 * float(lesion.axes.max())
    grid = Grid.around(lesion.center, (extent, extent, 1.0), (step_mm, step_mm, 1.0))
    middle = grid.shape[0] // 2
    y, x = np.nonzero(lesion.distance(grid)[middle] < 0)
    points = np.stack([grid.axis(0)[x], grid.axis(1)[y]], axis=1).astype(float)
    hull = points[ConvexHull(points).vertices]
    apart = cdist(hull, hull)
    i, j = np.unravel_index(int(apart.argmax()), apart.shape)
    along = (hull[j] - hull[i]) / apart[i, j]
    across = np.array([-along[1], along[0]])
    position, width = points @ along, points @ across
    bins = np.rint(position / step_mm).astype(int)
    best = max(np.unique(bins), key=lambda b: float(np.ptp(width[bins == b])))
    row = np.flatnonzero(bins == best)
    low, high = row[width[row].argmin()], row[width[row].argmax()]
    z = float(lesion.center[2])
    long_axis = np.array([[*hull[i], z], [*hull[j], z]])
    base = along * float(position[row].mean())
    short_axis = np.array([[*(base + across * width[low]), z], [*(base + across * width[high]), z]])
    return long_axis, short_axis
