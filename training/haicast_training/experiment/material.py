"""What an experiment works on: the trunk, its crops, and the cohorts with what the trunk reads from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ..models.trait_network import TraitNetwork
from ..pretrain.batches import Crops
from ..pretrain.train import load_trunk
from .cohorts import Cohort, assert_disjoint, load_cohort


@dataclass(frozen=True)
class Places:
    """Folders of one run: simulated cohorts, prepared ones, pre-training crops, the trunk, and where results go."""

    simulated: Path
    prepared: Path
    crops: Path
    trunk: Path
    out: Path
    package: Path


@dataclass(frozen=True)
class Material:
    network: TraitNetwork
    crops: Crops
    #: All 191 of the paper's size; ``train`` (127) and ``internal`` (64) are its parts.
    paper: Cohort
    train: Cohort
    internal: Cohort
    external: Cohort
    development: Cohort

    @property
    def held_out(self) -> list[Cohort]:
        return [self.internal, self.external]


def gather(places: Places) -> Material:
    """Throws ``ValueError`` where a patient is in two cohorts."""
    network = load_trunk(places.trunk)
    recipe = json.loads((places.trunk.parent / "recipe.json").read_text())

    def cohort(name: str) -> Cohort:
        return load_cohort(name, places.prepared / name, places.simulated / name, network)

    paper, external, development = (cohort(name) for name in ("paper", "external", "development"))
    train, internal = paper.split("train"), paper.split("internal")
    assert_disjoint(train, internal, external, development)
    crops = Crops(places.crops, held_out=recipe["held_out"])
    return Material(network, crops, paper, train, internal, external, development)
