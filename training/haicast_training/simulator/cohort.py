"""Simulated cohorts: DICOM studies, `cohort.csv` as `haicast prepare` reads it, and the truth in a file of its own."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits
from tqdm import tqdm

from ..contract import CROP
from .acquire import acquire
from .clinical import Factors, draw_factors
from .dicom import Person, write_study
from .outcome import Outcome, clinical_effect, draw_outcome, image_effect, intercept_for
from .phantom import Phantom, build_phantom
from .protocol import ELSEWHERE, HOME, Coverage, Site, draw_study
from .streams import stream
from .traits import TRAITS, Traits, draw_traits

#: Share of values that a form lacks; PIVKA-II, CRP and HBV DNA are not measured everywhere (*assumed*).
MISSING = {"pivkaII": 0.08, "crp": 0.10, "hbvDna": 0.10, "default": 0.02}
#: Never missing: what the form takes from the images or asks first.
ALWAYS = ("age", "sex", "largestDiameter", "pvtt", "extrahepaticSpread", "priorTreatment", "coTherapy")
#: Between readers: log SD of the measured diameter, and SD of the marked centre over the diameter (*assumed*).
DIAMETER_LOG_NOISE, CENTER_NOISE = 0.04, 0.03
MEASURE_COLUMNS = ("id", "study", "lesion_x", "lesion_y", "lesion_z", "lesion_diameter_mm")
OUTCOME_COLUMNS = ("response", "criterion", "split", "date", "os_days", "os_event", "pfs_days", "pfs_event")


@dataclass(frozen=True)
class CohortPlan:
    name: str
    count: int
    seed: int
    base_rate: float = 0.43
    site: Site = field(default_factory=lambda: HOME)
    size_shift: float = 0.0
    #: First day and number of days of inclusion; the paper's own are May 2019 to March 2022.
    first: date = date(2019, 5, 1)
    days: int = 1064
    #: The earliest this many are `train`, the rest `internal` (None: all carry the cohort's name).
    training: int | None = None


def paper_cohort(count: int = 191, seed: int = 191, base_rate: float = 0.43) -> CohortPlan:
    """127 and 64 patients split by date, as in Quan et al. 2024 (2:1 of ``count`` for other sizes)."""
    return CohortPlan("paper", count, seed, base_rate, training=round(count * 127 / 191))


def development_cohort(count: int = 2000, seed: int = 2000, base_rate: float = 0.43) -> CohortPlan:
    return CohortPlan("development", count, seed, base_rate)


def external_cohort(count: int = 600, seed: int = 20261125, base_rate: float = 0.30) -> CohortPlan:
    """Other scanners, lower prevalence, smaller lesions, later years. Nothing was chosen on it (PROTOCOL.md)."""
    return CohortPlan("external", count, seed, base_rate, ELSEWHERE, size_shift=-0.12, first=date(2022, 4, 1), days=730)


COHORTS = {"paper": paper_cohort, "development": development_cohort, "external": external_cohort}


@dataclass(frozen=True)
class Patient:
    id: str
    seed: int
    traits: Traits
    factors: Factors
    outcome: Outcome
    #: As marked and measured by the reader.
    center: np.ndarray
    diameter_mm: float
    included: date

    @property
    def phantom(self) -> Phantom:
        return build_phantom(self.seed, self.traits)


@lru_cache
def _intercept(base_rate: float) -> float:
    """Of the unshifted population; 8,000 draws fix it to about 0.02."""
    effects = []
    for i in range(8000):
        rng = stream(0, "population", i)
        traits = draw_traits(rng)
        effects.append(image_effect(traits) + clinical_effect(traits, draw_factors(rng, traits)))
    return intercept_for(base_rate, np.array(effects))


def draw_patient(plan: CohortPlan, index: int) -> Patient:
    """Patient ``index`` of the cohort: depends on the plan and the index alone."""
    rng = stream(plan.seed, plan.name, index)
    traits = draw_traits(rng, plan.size_shift)
    factors = draw_factors(rng, traits)
    outcome = draw_outcome(rng, traits, factors, _intercept(plan.base_rate))
    seed = int(rng.integers(2**62))
    center = build_phantom(seed, traits).lesion.center
    marked = center + rng.normal(size=3) * np.array([1, 1, 0.5]) * CENTER_NOISE * traits.diameter_mm
    measured = float(traits.diameter_mm * np.exp(DIAMETER_LOG_NOISE * rng.normal()))
    return Patient(
        id=f"{plan.name[:3].upper()}-{index:05d}",
        seed=seed,
        traits=traits,
        factors={**factors, "largestDiameter": round(measured, 1)},
        outcome=outcome,
        center=np.round(marked, 2),
        diameter_mm=round(measured, 1),
        included=plan.first + timedelta(days=int(rng.integers(plan.days))),
    )


def write_patient(plan: CohortPlan, patient: Patient, folder: Path) -> None:
    """The patient's study: stacks thick enough for the axial crop, no more, so that thousands fit on a disk."""
    rng = stream(patient.seed, "scan")
    phantom = patient.phantom
    cover = Coverage(in_plane_mm=CROP.fov_mm(patient.diameter_mm) + 24, height_mm=16.0)
    study = draw_study(rng, plan.site, patient.center, cover)
    person = Person(
        name=f"SIM^{patient.id}",
        patient_id=patient.id,
        sex="M" if patient.factors["sex"] == "male" else "F",
        age_years=int(patient.factors["age"]),
        started=datetime.combine(patient.included, time(8)) + timedelta(seconds=patient.seed % 28_800),
        key=f"{plan.name}/{plan.seed}/{patient.id}",
    )
    write_study(folder / "studies" / patient.id, person, study, acquire(rng, phantom, study, cover))


def simulate(plan: CohortPlan, out: Path, workers: int = 1) -> None:
    """``out/studies``, ``out/cohort.csv`` and ``out/truth.csv``."""
    out.mkdir(parents=True, exist_ok=True)
    jobs = ((plan, index, out) for index in range(plan.count))
    with ProcessPoolExecutor(workers) as pool:
        patients = list(tqdm(pool.map(_simulate_one, jobs, chunksize=4), total=plan.count, desc=plan.name, mininterval=5))
    splits = split_by_date(plan, patients)
    _write_csv(out / "cohort.csv", (cohort_row(plan, p, splits[p.id]) for p in patients))
    _write_csv(out / "truth.csv", (truth_row(p) for p in patients))


def _simulate_one(job: tuple[CohortPlan, int, Path]) -> Patient:
    plan, index, out = job
    with threadpool_limits(1):  # sums in another order would change a grey level here and there
        patient = draw_patient(plan, index)
        write_patient(plan, patient, out)
    return patient


def split_by_date(plan: CohortPlan, patients: list[Patient]) -> dict[str, str]:
    ordered = sorted(patients, key=lambda p: (p.included, p.id))
    if plan.training is None:
        return {p.id: plan.name for p in ordered}
    return {p.id: "train" if i < plan.training else "internal" for i, p in enumerate(ordered)}


def cohort_row(plan: CohortPlan, patient: Patient, split: str) -> dict[str, object]:
    """What a hospital would know. Missing values are empty cells."""
    rng = stream(patient.seed, "missing")
    factors: dict[str, object] = {}
    for name, value in patient.factors.items():
        lost = rng.random() < MISSING.get(name, MISSING["default"])
        factors[name] = "" if lost and name not in ALWAYS else value
    measures = (patient.id, f"studies/{patient.id}", *patient.center, patient.diameter_mm)
    outcome = patient.outcome
    results = (
        outcome.response,
        "mRECIST",
        split,
        patient.included.isoformat(),
        outcome.os_days,
        outcome.os_event,
        outcome.pfs_days,
        outcome.pfs_event,
    )
    return {
        **dict(zip(MEASURE_COLUMNS, measures, strict=True)),
        **factors,
        **dict(zip(OUTCOME_COLUMNS, results, strict=True)),
    }


def truth_row(patient: Patient) -> dict[str, object]:
    """What only the simulator knows."""
    traits = dict(zip(TRAITS, patient.traits.vector(), strict=True))
    return {
        "id": patient.id,
        "seed": patient.seed,
        "diameter_mm": patient.traits.diameter_mm,
        **traits,
        "image_effect": image_effect(patient.traits),
        "clinical_effect": clinical_effect(patient.traits, patient.factors),
        "probability": patient.outcome.probability,
    }


def _write_csv(path: Path, rows: Iterator[dict[str, object]]) -> None:
    with path.open("w", newline="") as file:
        writer: csv.DictWriter[str] | None = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(file, row)
                writer.writeheader()
            writer.writerow(row)
