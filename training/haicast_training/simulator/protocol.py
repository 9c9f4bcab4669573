"""How a scanner images the patient: sequences, timing, geometry and faults of every series of one study.

Timing and thickness follow the LI-RADS and OPTN minimum (late arterial, portal 35-55 s later, delayed 120-180 s after
injection, dynamic slices of at most 5 mm); echo times are where fat and water meet and oppose at the field strength
(about 2.3/1.15 ms at 3 T, 4.6/2.3 ms at 1.5 T). Ranges around them, noise, gain and faults are *assumed*.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .signal import Sequence

AXIAL = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


@dataclass(frozen=True)
class Geometry:
    """A stack of parallel slices in LPS mm, as DICOM describes it."""

    directions: np.ndarray  # row and column direction cosines, (2, 3)
    spacing: float  # in-plane, both ways
    thickness: float
    gap: float
    rows: int
    columns: int
    slices: int
    first: np.ndarray  # centre of pixel (0, 0) of slice 0

    @property
    def normal(self) -> np.ndarray:
        return np.cross(self.directions[0], self.directions[1])

    def position(self, k: int) -> np.ndarray:
        return self.first + self.normal * (self.thickness + self.gap) * k

    @staticmethod
    def centred(
        middle: np.ndarray,
        directions: np.ndarray,
        spacing: float,
        thickness: float,
        gap: float,
        shape: tuple[int, int, int],
    ) -> Geometry:
        """``shape`` is slices, rows, columns; ``middle`` is the middle of the stack."""
        slices, rows, columns = shape
        normal = np.cross(directions[0], directions[1])
        first = (
            middle
            - directions[0] * spacing * (columns - 1) / 2
            - directions[1] * spacing * (rows - 1) / 2
            - normal * (thickness + gap) * (slices - 1) / 2
        )
        return Geometry(directions, spacing, thickness, gap, rows, columns, slices, first)


@dataclass(frozen=True)
class Faults:
    """What keeps the image from being the phantom."""

    shift_mm: np.ndarray  # breathing: where the anatomy lies against the first phase
    snr: float  # liver signal over noise SD
    bias: float  # log-amplitude of the coil's sensitivity
    ghost: float  # strength of the respiratory ghost along the rows


@dataclass(frozen=True)
class SeriesPlan:
    roles: tuple[str, ...]  # two for the dual echo
    sequences: tuple[Sequence, ...]
    geometry: Geometry
    faults: Faults
    description: str
    number: int
    #: Seconds after the start of the study's clock.
    clock_s: float


@dataclass(frozen=True)
class StudyPlan:
    vendor: str
    field_t: float
    injection_s: float
    agent: str
    series: tuple[SeriesPlan, ...]


@dataclass(frozen=True)
class Site:
    """A scanner fleet: shares of vendors and field strengths, and how well it images."""

    vendors: tuple[str, ...] = ("ge", "siemens", "philips")
    field_strengths: tuple[float, ...] = (3.0, 3.0, 1.5)
    snr: tuple[float, float] = (14.0, 42.0)
    breathing_mm: float = 2.0
    arterial_s: tuple[float, float] = (26.0, 38.0)


HOME = Site()
#: Other scanners, more noise, worse breath-holds, looser arterial timing (*assumed*).
ELSEWHERE = Site(
    vendors=("canon", "uih", "siemens"),
    field_strengths=(1.5, 1.5, 3.0),
    snr=(10.0, 30.0),
    breathing_mm=3.0,
    arterial_s=(22.0, 42.0),
)

DESCRIPTIONS: dict[str, dict[str, str]] = {
    "ge": {
        "pre-contrast": "Ax LAVA Mask",
        "arterial": "Ax LAVA+C Arterial",
        "portal-venous": "Ax LAVA+C Portal",
        "delayed": "Ax LAVA+C Delay 3min",
        "t2": "Ax T2 FRFSE fs RTr",
        "dual": "Ax DualEcho BH",
    },
    "siemens": {
        "pre-contrast": "t1_vibe_fs_tra_bh_pre",
        "arterial": "t1_vibe_fs_tra_bh_art",
        "portal-venous": "t1_vibe_fs_tra_bh_pv",
        "delayed": "t1_vibe_fs_tra_bh_3min",
        "t2": "t2_blade_fs_tra_trig",
        "dual": "t1_fl2d_opp-in_tra_bh",
    },
    "philips": {
        "pre-contrast": "eTHRIVE pre BH",
        "arterial": "eTHRIVE art BH",
        "portal-venous": "eTHRIVE pv BH",
        "delayed": "eTHRIVE 3min BH",
        "t2": "T2W_TSE_SPAIR_RT",
        "dual": "dual FFE in/out BH",
    },
    "canon": {
        "pre-contrast": "Ax Quick 3D fs pre",
        "arterial": "Ax Quick 3D fs arterial",
        "portal-venous": "Ax Quick 3D fs portal",
        "delayed": "Ax Quick 3D fs delayed",
        "t2": "Ax T2 FASE FatSat",
        "dual": "Ax FE In/Out phase",
    },
    "uih": {
        "pre-contrast": "t1_quick3d_fs_tra_pre",
        "arterial": "t1_quick3d_fs_tra_art",
        "portal-venous": "t1_quick3d_fs_tra_pvp",
        "delayed": "t1_quick3d_fs_tra_dp",
        "t2": "t2_fse_fs_tra_trig",
        "dual": "t1_gre_opp-in_tra_bh",
    },
}


@dataclass(frozen=True)
class Coverage:
    """How much of the patient every series holds."""

    in_plane_mm: float
    #: Height of every stack along z, mm; oblique stacks get what their tilt needs on top.
    height_mm: float
    pre_contrast: bool = False
    #: SD of the tilt of the T2 stack about x and y, degrees.
    tilt_deg: float = 2.0
    #: What is painted beyond the stacks, mm in all: more where the patient lies elsewhere than the stacks expect.
    margin_mm: float = 8.0


def dual_echo_times(field_t: float) -> tuple[float, float]:
    """Opposed and in-phase echo time, ms: fat and water drift apart by 3.4 ppm."""
    period = 1000 / (3.4 * 42.577 * field_t)
    return period / 2, period


def draw_study(rng: np.random.Generator, site: Site, center: np.ndarray, cover: Coverage) -> StudyPlan:
    """A plausible protocol with ``center`` near the middle of every stack."""
    vendor = str(rng.choice(site.vendors))
    field_t = float(rng.choice(site.field_strengths))
    arterial = float(rng.uniform(*site.arterial_s))
    seconds = {
        "pre-contrast": None,
        "arterial": arterial,
        "portal-venous": arterial + float(rng.uniform(33, 45)),
        "delayed": float(rng.uniform(165, 200)),
    }
    injection = float(rng.uniform(400, 520))
    dynamic_spacing, dynamic_thickness = float(rng.uniform(1.5, 2.0)), float(rng.choice([3.5, 4.0, 4.4, 5.0]))
    snr = float(rng.uniform(*site.snr))
    bias = float(rng.uniform(0.05, 0.22))

    def faults(quality: float = 1.0) -> Faults:
        return Faults(
            shift_mm=rng.normal(size=3) * np.array([0.35, 0.6, 1.0]) * site.breathing_mm,
            snr=snr * quality * float(rng.uniform(0.9, 1.1)),
            bias=bias,
            ghost=float(rng.uniform(0.02, 0.08)) if rng.random() < 0.25 else 0.0,
        )

    def stack(spacing: float, thickness: float, gap: float, tilt_deg: tuple[float, float] = (0.0, 0.0)) -> Geometry:
        directions = tilted(*tilt_deg)
        pixels = int(np.ceil(cover.in_plane_mm / spacing / 2)) * 2
        extra = cover.in_plane_mm * np.sin(np.deg2rad(np.abs(tilt_deg).sum()))
        slices = int(np.ceil((cover.height_mm + extra) / (thickness + gap))) + 1
        middle = center + rng.uniform(-0.5, 0.5, 3) * np.array([4.0, 4.0, thickness])
        return Geometry.centred(middle, directions, spacing, thickness, gap, (slices, pixels, pixels))

    dynamic = stack(dynamic_spacing, dynamic_thickness, 0.0)
    flip, tr, te = float(rng.uniform(10, 14)), float(rng.uniform(3.6, 4.6)), 1.2 if field_t > 2 else 2.0
    series: list[SeriesPlan] = []
    names = DESCRIPTIONS[vendor]
    first_faults = Faults(np.zeros(3), snr, bias, 0.0)
    for number, (role, t) in enumerate(seconds.items(), start=5):
        if role == "pre-contrast" and not cover.pre_contrast:
            continue
        sequence = Sequence("gre-fat-sat", tr, te, flip, field_t, t)
        clock = injection + t if t is not None else injection - 60
        fault = first_faults if role == "arterial" else faults()
        series.append(SeriesPlan((role,), (sequence,), dynamic, fault, names[role], number, clock))

    t2 = Sequence("fse-fat-sat", float(rng.uniform(3000, 6500)), float(rng.uniform(75, 95)), 90.0, field_t)
    t2_stack = stack(float(rng.uniform(1.3, 1.8)), float(rng.choice([5.0, 6.0])), 1.0, tuple(rng.normal(size=2) * cover.tilt_deg))
    series.append(SeriesPlan(("t2",), (t2,), t2_stack, faults(0.9), names["t2"], 3, 120.0))

    opposed_te, in_te = dual_echo_times(field_t)
    echoes = tuple(
        Sequence("gre", float(rng.uniform(120, 190)), te, 70.0, field_t, opposed=opposed)
        for te, opposed in ((opposed_te, True), (in_te, False))
    )
    dual = stack(float(rng.uniform(1.6, 2.2)), float(rng.choice([5.0, 6.0, 7.0])), 1.0)
    series.append(SeriesPlan(("opposed-phase", "in-phase"), echoes, dual, faults(0.9), names["dual"], 2, 60.0))
    agent = str(rng.choice(["Gadopentetate dimeglumine", "Gadoterate meglumine", "Gadobutrol"]))
    return StudyPlan(vendor, field_t, injection, agent, tuple(series))


def tilted(about_x_deg: float, about_y_deg: float) -> np.ndarray:
    """Row and column directions of an axial plane tilted about the patient's x, then y axis."""
    a, b = np.deg2rad(about_x_deg), np.deg2rad(about_y_deg)
    row = np.array([np.cos(b), 0.0, -np.sin(b)])
    column = np.array([np.sin(b) * np.sin(a), np.cos(a), np.cos(b) * np.sin(a)])
    return np.stack([row, column])
