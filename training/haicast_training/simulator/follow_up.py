"""The demonstration patient after treatment: the same body in another position, with less and less of its tumour alive."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from .acquire import acquire
from .demo import PERSON, SEED, TRAITS, measure
from .dicom import Person, write_study
from .lesion import treated
from .phantom import build_phantom
from .protocol import AXIAL, DESCRIPTIONS, Coverage, Faults, Geometry, SeriesPlan, StudyPlan
from .signal import Sequence
from .streams import stream


@dataclass(frozen=True)
class Visit:
    """What there is of the index lesion at one follow-up, and how the patient lies in the scanner."""

    started: datetime
    #: Longest diameter against that of the baseline.
    size: float
    #: Share of the lesion that is necrotic, and of the rest that enhances in the arterial phase.
    necrosis: float
    enhancement: float
    #: The patient's place against the baseline, mm LPS: what a viewer has to find to show both alike.
    moved_mm: tuple[float, float, float]
    factors: dict[str, dict[str, Any]]


def _values(date: str, **values: tuple[float, str]) -> dict[str, dict[str, Any]]:
    return {name: {"value": value, "unit": unit, "date": date} for name, (value, unit) in values.items()}


#: SD, then PR by RECIST 1.1: *assumed*, as every value of this patient.
VISITS = (
    Visit(
        datetime(2026, 5, 12, 10, 3, 0),
        size=0.83,
        necrosis=0.45,
        enhancement=0.55,
        moved_mm=(6.0, -8.0, 11.0),
        factors=_values("2026-05-11", afp=(96, "ng/mL"), bilirubin=(15.8, "µmol/L"), albumin=(38.9, "g/L"), platelets=(142, "10^9/L"))
        | {"pivkaII": {"value": 310, "unit": "mAU/mL", "assay": "CLIA (simulated)", "date": "2026-05-11"}},
    ),
    Visit(
        datetime(2026, 7, 7, 8, 41, 0),
        size=0.62,
        necrosis=0.65,
        enhancement=0.40,
        moved_mm=(-5.0, 4.0, -9.0),
        factors=_values("2026-07-06", afp=(21, "ng/mL"), bilirubin=(16.4, "µmol/L"), albumin=(39.4, "g/L"), platelets=(128, "10^9/L"))
        | {"pivkaII": {"value": 74, "unit": "mAU/mL", "assay": "CLIA (simulated)", "date": "2026-07-06"}},
    ),
)


def follow_up_plan(center: np.ndarray, moved_mm: tuple[float, float, float]) -> StudyPlan:
    """The short protocol of a follow-up: arterial, portal and delayed at 34, 70 and 180 s, and T2."""
    middle = np.array([0.0, 0.0, center[2] + 6.0])
    dynamic = Geometry.centred(middle, AXIAL, 2.3, 5.2, 0.0, (22, 124, 160))
    injection = 430.0
    names = DESCRIPTIONS["ge"]
    # A stack that samples the body at p - d shows it displaced by d.
    place = -np.array(moved_mm)

    def faults(breathing: tuple[float, float, float], snr: float) -> Faults:
        return Faults(place + np.array(breathing), snr, 0.12, 0.0)

    series = [
        SeriesPlan(
            (role,),
            (Sequence("gre-fat-sat", 3.9, 1.8, 12.0, 3.0, seconds),),
            dynamic,
            faults(breathing, 30.0),
            names[role],
            number,
            injection + seconds,
        )
        for number, role, seconds, breathing in (
            (6, "arterial", 34.0, (0.0, 0.0, 0.0)),
            (7, "portal-venous", 70.0, (0.3, -0.5, 1.2)),
            (8, "delayed", 180.0, (-0.2, 0.4, -1.0)),
        )
    ]
    t2 = Geometry.centred(middle + np.array([1.0, -1.0, 0.5]), AXIAL, 2.4, 6.0, 1.0, (14, 116, 150))
    t2_sequence = Sequence("fse-fat-sat", 5400.0, 85.0, 90.0, 3.0)
    series.append(SeriesPlan(("t2",), (t2_sequence,), t2, faults((0.2, 0.5, -0.5), 26.0), names["t2"], 3, 130.0))
    return StudyPlan("ge", 3.0, injection, "Gadopentetate dimeglumine", tuple(series))


def write_follow_ups(out: Path) -> None:
    """``out/follow-up-1/study``, ``out/follow-up-1/visit.json`` and so on."""
    before = build_phantom(SEED, TRAITS)
    for number, visit in enumerate(VISITS, start=1):
        traits = replace(
            TRAITS,
            diameter_mm=TRAITS.diameter_mm * visit.size,
            necrosis=visit.necrosis,
            enhancement=visit.enhancement,
        )
        phantom = replace(before, traits=traits, lesion=treated(before.lesion, traits))
        plan = follow_up_plan(phantom.lesion.center, visit.moved_mm)
        with threadpool_limits(1):
            volumes = acquire(stream(SEED, f"follow-up-{number}"), phantom, plan, Coverage(470.0, 130.0, margin_mm=44.0))
        home = out / f"follow-up-{number}"
        person: Person = replace(PERSON, started=visit.started, key=f"{PERSON.key}/follow-up-{number}")
        write_study(home / "study", person, plan, volumes)
        long_axis, short_axis = (axis + np.array(visit.moved_mm) for axis in measure(phantom.lesion))
        lesion = {
            "id": f"demo-lesion-1-follow-up-{number}",
            "label": "L1",
            "kind": "target",
            "seriesId": "",
            "longAxis": np.round(long_axis, 2).tolist(),
            "shortAxis": np.round(short_axis, 2).tolist(),
        }
        form = {"note": "simulated patient; every value is invented", "factors": visit.factors, "lesions": [lesion]}
        (home / "visit.json").write_text(json.dumps(form, indent=2, ensure_ascii=False) + "\n")
