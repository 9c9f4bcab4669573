"""The cohorts of the experiment with what the trunk reads from them, and the truth for judging only."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..factors import INPUTS
from ..models.trait_network import TraitNetwork
from ..prepared import Prepared, load_prepared
from ..reading import Reading, read
from ..simulator.traits import TRAITS, standardise


@dataclass(frozen=True)
class Cohort:
    name: str
    prepared: Prepared
    reading: Reading
    #: One row per patient in the same order: seed, traits, true probability. Never an input of a fit.
    truth: pd.DataFrame

    @property
    def y(self) -> NDArray[np.int64]:
        return self.prepared.y

    @property
    def clinical(self) -> NDArray[np.float64]:
        return self.prepared.values(INPUTS)

    @property
    def true_traits(self) -> NDArray[np.float64]:
        return standardise(self.truth[list(TRAITS)].to_numpy(np.float64))

    @property
    def oracle(self) -> NDArray[np.float64]:
        return self.truth["probability"].to_numpy(np.float64)

    def split(self, name: str) -> Cohort:
        rows = (self.prepared.patients["split"] == name).to_numpy()
        truth = self.truth[rows].reset_index(drop=True)
        return Cohort(name, self.prepared.only(rows), self.reading.only(rows), truth)


def load_cohort(name: str, prepared: Path, simulated: Path, network: TraitNetwork) -> Cohort:
    data = load_prepared(prepared)
    truth = pd.read_csv(simulated / "truth.csv").set_index("id").loc[data.patients["id"]].reset_index()
    return Cohort(name, data, read(network, data.images), truth)


def assert_disjoint(*cohorts: Cohort) -> None:
    """No patient in two cohorts: neither by id nor by the bytes of the crop."""
    seen: dict[str, str] = {}
    for cohort in cohorts:
        images = cohort.prepared.images
        keys = list(cohort.prepared.patients["id"]) + [sha256(image.tobytes()).hexdigest() for image in images]
        for key in keys:
            if key in seen:
                raise ValueError(f"a patient of {cohort.name} is also in {seen[key]}: {key[:24]}")
            seen[key] = cohort.name
