"""Off-centre, lesion-free and broken inputs: what the map and the novelty gate do with them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..contract import CROP
from ..models.response import Novelty, ResponseModel
from ..models.trait_network import TraitNetwork
from ..novelty import NoveltyGate, distances
from ..pretrain.batches import Crops
from ..reading import novelty_features, read
from ..simulator.crops import STORED_SIZE, TRUTH_STEP, draw_crop
from .cohorts import Cohort
from .localise import additive_maps, judge

Row = dict[str, Any]


def held_out_crops(crops: Crops, offset: int) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Held-out pre-training crops moved by ``offset`` px (down and right), and their lesion masks at 8 x 8."""
    rows = [i for i in range(crops.training, len(crops.images)) if not np.isnan(crops.traits[i, 0])]
    start = (crops.images.shape[-1] - CROP.size) // 2 - offset
    images = np.stack([crops.images[i, :, start : start + CROP.size, start : start + CROP.size] for i in rows])
    cell, cells = start // TRUTH_STEP, CROP.size // TRUTH_STEP
    masks = np.stack([crops.maps[i, -1, cell : cell + cells, cell : cell + cells] for i in rows]) / 255.0
    return images.astype(np.float32), masks.reshape(len(rows), 8, cells // 8, 8, cells // 8).mean((2, 4))


def off_centre(model: ResponseModel, crops: Crops) -> list[Row]:
    """Pointing with the lesion in the middle and moved by 12 px (a fifth of its diameter)."""
    rows = []
    for offset in (0, 12):
        images, masks = held_out_crops(crops, offset)
        found = judge(additive_maps(model, images), masks)
        rows.append({"offset_px": offset, "pointing": found.pointing, "chance": found.chance_pointing, "n": found.n})
    return rows


def lesion_free(count: int, seed: int) -> NDArray[np.float32]:
    """[count, 6, 128, 128]: crops of bodies whose lesion was left out, none of them seen in pre-training."""
    start = (STORED_SIZE - CROP.size) // 2
    inner = slice(start, start + CROP.size)
    return np.stack([draw_crop(seed, i, always_free=True)[0][:, inner, inner] for i in range(count)]).astype(np.float32)


def flatness(model: ResponseModel, crops: Crops, free: NDArray[np.float32]) -> Row:
    """Strongest cell and total of the map on crops without a lesion, against crops with one (log-odds)."""
    some, _ = held_out_crops(crops, 0)
    empty, full = additive_maps(model, free), additive_maps(model, some)
    return {
        "n_free": len(empty),
        "peak_free": float(np.median(np.abs(empty).max((1, 2)))),
        "peak_free_most": float(np.abs(empty).max()),
        "peak_lesion": float(np.median(np.abs(full).max((1, 2)))),
        "total_free": float(np.median(np.abs(empty.sum((1, 2))))),
        "total_lesion": float(np.median(np.abs(full.sum((1, 2))))),
    }


def novelty_table(
    gate: NoveltyGate,
    directions: Novelty,
    network: TraitNetwork,
    cohorts: list[Cohort],
    free: NDArray[np.float32],
    seed: int,
) -> list[Row]:
    """Share of patients flagged as unlike the training cohort, for cohorts and for inputs that are plainly wrong."""
    rows = []

    def add(name: str, features: NDArray[np.float64]) -> None:
        flagged = distances(features, gate.mean, gate.precision) > gate.limit
        rows.append({"input": name, "n": len(flagged), "flagged": float(flagged.mean())})

    for cohort in cohorts:
        add(cohort.name, novelty_features(cohort.reading, directions))
    base = np.array(cohorts[0].prepared.images[:200], np.float32)
    rng = np.random.default_rng((seed, 9))
    broken = {
        "roles in reverse order": base[:, ::-1],
        "arterial phase in every channel": np.repeat(base[:, :1], 6, axis=1),
        "upside down and contrast inverted": -base[:, :, ::-1],
        "noise": rng.standard_normal(base.shape).astype(np.float32),
        "only the arterial phase": base * np.array([1, 0, 0, 0, 0, 0], np.float32)[None, :, None, None],
        "no lesion": free,
    }
    for name, images in broken.items():
        add(name, novelty_features(read(network, images), directions))
    return rows
