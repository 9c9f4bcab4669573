"""A cohort as `haicast prepare` wrote it: tensors, clinical values, outcomes. The only way patients enter training."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .contract import CROP, ROLES
from .factors import INPUTS, FactorInput

RESPONDERS = ("CR", "PR")


class PreparedError(ValueError):
    """The folder is not what this package was made for; the message says what differs."""


@dataclass(frozen=True)
class Prepared:
    images: NDArray[np.float32]
    clinical: pd.DataFrame
    patients: pd.DataFrame
    #: Options of every choice that the cohort's patients have.
    categories: dict[str, list[str]] = field(default_factory=dict)

    @property
    def y(self) -> NDArray[np.int64]:
        """1 for an objective response."""
        return self.patients["response"].isin(RESPONDERS).to_numpy(np.int64)

    def values(self, inputs: tuple[FactorInput, ...] = INPUTS) -> NDArray[np.float64]:
        return self.clinical[[factor.id for factor in inputs]].to_numpy(np.float64)

    def only(self, rows: NDArray[np.bool_]) -> Prepared:
        index = np.flatnonzero(rows)
        return Prepared(
            self.images[index],
            self.clinical.iloc[index].reset_index(drop=True),
            self.patients.iloc[index].reset_index(drop=True),
            self.categories,
        )

    def split(self, name: str) -> Prepared:
        return self.only((self.patients["split"] == name).to_numpy())


def load_prepared(folder: Path) -> Prepared:
    """Checks that crop, channels and units are the ones this package assumes."""
    manifest = json.loads((folder / "manifest.json").read_text())
    _check_contract(manifest["contract"])
    units = {entry["id"]: entry["unit"] for entry in manifest["clinical"]["inputs"]}
    for factor in INPUTS:
        if units.get(factor.id) != factor.unit:
            raise PreparedError(f"{factor.id}: expected unit {factor.unit}, the cohort has {units.get(factor.id)}")
    patients = pd.DataFrame(manifest["patients"]).rename(
        columns={"osDays": "os_days", "osEvent": "os_event", "pfsDays": "pfs_days", "pfsEvent": "pfs_event"}
    )
    if patients["id"].duplicated().any():
        raise PreparedError(f"patient {patients['id'][patients['id'].duplicated()].iloc[0]} appears twice")
    return Prepared(
        np.load(folder / "images.npy", mmap_mode="r"),
        pd.DataFrame(np.load(folder / "clinical.npy"), columns=list(units)),
        patients,
        {entry["id"]: entry["categories"] for entry in manifest["clinical"]["inputs"] if "categories" in entry},
    )


def _check_contract(contract: dict) -> None:
    crop, roles = contract["crop"], tuple(channel["role"] for channel in contract["channels"])
    found = (crop["size"], crop["fovPerDiameter"], crop["fovMinMm"], crop["fovMaxMm"], contract["normalisation"]["clip"])
    wanted = (CROP.size, CROP.fov_per_diameter, CROP.fov_min_mm, CROP.fov_max_mm, CROP.clip)
    if found != wanted:
        raise PreparedError(f"the cohort was cropped with {found}, this package with {wanted}")
    if roles != ROLES:
        raise PreparedError(f"the cohort's channels are {roles}, this package's {ROLES}")
