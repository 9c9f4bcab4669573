"""The whole experiment in one call: cohorts in, tables, figures and the model package out."""

from __future__ import annotations

import json
from typing import Any

from ..simulator.traits import TRAITS
from . import evaluate, shift
from .drawing import draw
from .explanation import Explained, explain
from .material import Material, Places, gather
from .packing import pack, parity
from .paper_sized import paper_sized
from .shipping import ShippedModel, fit_on_development, interval_rows, rebased_rows

__all__ = ["Places", "run"]


def run(places: Places, seed: int, version: str, created: str) -> dict[str, Any]:
    material = gather(places)
    small = paper_sized(material.train, material.held_out, seed)
    shipped = fit_on_development(material, seed)
    explained = explain(shipped.model, material, seed)
    results = tables(material, small, shipped, explained, seed)
    draw(places.out, material, small, shipped, explained)
    manifest = pack(places.package, material, shipped, results, seed, version, created)
    cohorts = [material.paper, material.external, material.development]
    results["coverage"] = manifest["interval"]["coverage"]
    results["package"] = {
        "bytes": manifest["weights"]["bytes"],
        **parity(places.package, material.network, shipped.fit, shipped.model, cohorts),
    }
    places.out.mkdir(parents=True, exist_ok=True)
    (places.out / "results.json").write_text(json.dumps(results, indent=1))
    return results


def tables(
    material: Material, small: dict[str, Any], shipped: ShippedModel, explained: Explained, seed: int
) -> dict[str, Any]:
    """Every row of the results that does not need the written package."""
    paper, external, development = material.paper, material.external, material.development
    every = [material.train, *material.held_out, development]
    gate, directions = shipped.shipped.gate, shipped.shipped.directions
    return {
        "cohorts": [evaluate.cohort_summary(cohort) for cohort in every],
        "oracle": {cohort.name: evaluate.oracle_row(cohort) for cohort in every},
        "traits": {cohort.name: evaluate.trait_correlations(cohort, TRAITS) for cohort in (paper, external)},
        **small,
        "shipped": shipped.metrics,
        "error_sd": shipped.error_sd,
        "interval": interval_rows(shipped, paper, external),
        "rebased": rebased_rows(shipped, external),
        "novelty": shift.novelty_table(
            gate, directions, material.network, [development, paper, external], explained.lesion_free, seed
        ),
        **explained.rows,
    }
