"""What the map of the shipped model points at, against the truth that only a simulation knows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..contract import CROP
from ..models.response import ResponseModel
from ..simulator.acquire import truth_on_plane
from ..simulator.localmaps import local_maps
from ..simulator.phantom import build_phantom
from ..simulator.traits import Traits
from . import shift
from .cohorts import Cohort
from .localise import additive_maps, coarse, grad_cam, judge
from .material import Material

#: External patients whose maps are judged.
JUDGED = 300
#: Crops without a lesion, and their seed's distance from the run's: another stream than that of pre-training.
LESION_FREE, LESION_FREE_SEED = 60, 7_000_000


@dataclass(frozen=True)
class Explained:
    #: [N, 8, 8] log-odds of the first external patients, and the share of tumour in every cell.
    maps: NDArray[np.float64]
    masks: NDArray[np.float64]
    #: [count, 6, 128, 128]
    lesion_free: NDArray[np.float32]
    #: Rows of the results, by their names there.
    rows: dict[str, Any]


def explain(model: ResponseModel, material: Material, seed: int) -> Explained:
    external = material.external
    masks = lesion_masks(external, JUDGED)
    images = np.asarray(external.prepared.images[:JUDGED])
    maps = additive_maps(model, images)
    free = shift.lesion_free(LESION_FREE, seed + LESION_FREE_SEED)
    rows = {
        "localisation": {
            "additive map": asdict(judge(maps, masks)),
            "Grad-CAM, last map": asdict(judge(grad_cam(model, images), masks)),
            "Grad-CAM, one block earlier": asdict(judge(grad_cam(model, images, 1), masks)),
        },
        "pointing_by_response": by_response(maps, masks, external.y[:JUDGED]),
        "off_centre": shift.off_centre(model, material.crops),
        "flatness": shift.flatness(model, material.crops, free),
    }
    return Explained(maps, masks, free, rows)


def lesion_masks(cohort: Cohort, count: int) -> NDArray[np.float64]:
    """[N, 8, 8]: share of every cell of the crop that is tumour, from the phantom itself."""
    masks = []
    for i in range(count):
        row, patient = cohort.truth.iloc[i], cohort.prepared.patients.iloc[i]
        traits = traits_of(row)
        phantom = build_phantom(int(row["seed"]), traits)
        truth = truth_on_plane(phantom, np.array(patient["centerMm"]), float(patient["fovMm"]), CROP.size // 2)
        masks.append(coarse(local_maps(truth, traits)[-1]))
    return np.stack(masks)


def traits_of(row: Any) -> Traits:
    return Traits(
        diameter_mm=float(row["diameter_mm"]),
        enhancement=float(row["enhancement"]),
        necrosis=float(row["necrosis"]),
        washout=float(row["washout"]),
        capsule=float(row["capsule"]),
        margin=float(row["margin"]),
        satellites=int(row["satellites"]),
        pvtt=int(row["thrombus"]),
        fat=float(row["fat"]),
    )


def by_response(maps: NDArray[np.float64], masks: NDArray[np.float64], y: NDArray[np.int64]) -> dict[str, float]:
    return {
        name: judge(maps[y == label], masks[y == label]).pointing for name, label in (("responders", 1), ("non-responders", 0))
    }
