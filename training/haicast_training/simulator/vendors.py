"""Tag habits of scanner vendors: what their headers say beside the geometry. Values are typical, not copied."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Vendor:
    manufacturer: str
    models: dict[float, str]
    station: str
    #: SequenceName or pulse-sequence name of the 3D gradient echo, the fast spin echo and the dual echo.
    sequence_names: dict[str, str]
    #: Values of ScanOptions for the fat-suppressed sequences.
    fat_sat_options: tuple[str, ...]
    #: GE and Canon time contrast agents in the header; others leave only the acquisition times.
    writes_bolus_time: bool


VENDORS: dict[str, Vendor] = {
    "ge": Vendor(
        "GE MEDICAL SYSTEMS",
        {3.0: "DISCOVERY MR750", 1.5: "SIGNA HDxt"},
        "MRC3T01",
        {"gre-fat-sat": "efgre3d", "fse-fat-sat": "frfse", "gre": "fgre"},
        ("FAST_GEMS", "FS"),
        True,
    ),
    "siemens": Vendor(
        "SIEMENS",
        {3.0: "Verio", 1.5: "Aera"},
        "MRC25321",
        {"gre-fat-sat": "*fl3d1", "fse-fat-sat": "*tseB2d1_25", "gre": "*fl2d2"},
        ("PFP", "FS"),
        True,
    ),
    "philips": Vendor(
        "Philips Medical Systems",
        {3.0: "Ingenia", 1.5: "Achieva"},
        "PHILIPS-MR1",
        {"gre-fat-sat": "T1TFE", "fse-fat-sat": "TSE", "gre": "FFE"},
        ("FS",),
        False,
    ),
    "canon": Vendor(
        "CANON_MEC",
        {3.0: "MRT3020", 1.5: "MRT200SP6"},
        "MRT-1",
        {"gre-fat-sat": "FFE3D", "fse-fat-sat": "FASE", "gre": "FE"},
        ("FS",),
        True,
    ),
    "uih": Vendor(
        "UIH",
        {3.0: "uMR 790", 1.5: "uMR 570"},
        "UIH-MR",
        {"gre-fat-sat": "gre_quick3d", "fse-fat-sat": "fse", "gre": "gre"},
        ("FS",),
        False,
    ),
}
