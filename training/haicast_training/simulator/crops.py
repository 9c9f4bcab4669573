"""Pre-training crops straight from the simulator: the application's crop, a little larger so that it can be jittered."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits
from tqdm import tqdm

from ..contract import CROP
from ..crop import crop
from .acquire import acquire, truth_on_plane
from .grid import Array
from .localmaps import LOCAL_MAPS, local_maps
from .phantom import build_phantom
from .protocol import HOME, Coverage, draw_study
from .streams import stream
from .traits import TRAITS, draw_traits

#: Side of a stored crop, px: 128 and 12 px of play on each side.
STORED_SIZE = CROP.size + 24
#: Truth maps are stored at a quarter of the crop's resolution.
TRUTH_STEP = 4
#: Share of crops without a lesion.
LESION_FREE_SHARE = 0.05


def draw_crop(seed: int, index: int, always_free: bool = False) -> tuple[Array, Array, Array]:
    """Image [6, 152, 152], truth maps [9, 38, 38] and traits [8] (NaN without a lesion) of one pre-training patient.

    ``always_free``: the lesion is left out of every patient, not of a few.
    """
    rng = stream(seed, "pretrain", index)
    traits = draw_traits(rng)
    phantom = build_phantom(int(rng.integers(2**62)), traits)
    if rng.random() < LESION_FREE_SHARE or always_free:
        phantom = replace(phantom, lesion_free=True)
    margin = STORED_SIZE / CROP.size
    fov = CROP.fov_mm(traits.diameter_mm) * margin
    cover = Coverage(in_plane_mm=fov + 8, height_mm=2.0, tilt_deg=0.0)
    center = phantom.lesion.center
    plan = draw_study(rng, HOME, center, cover)
    volumes = acquire(rng, phantom, plan, cover)
    spec = replace(
        CROP,
        size=STORED_SIZE,
        fov_per_diameter=CROP.fov_per_diameter * margin,
        fov_min_mm=CROP.fov_min_mm * margin,
        fov_max_mm=CROP.fov_max_mm * margin,
    )
    image = crop(volumes, center, traits.diameter_mm, spec)
    maps = local_maps(truth_on_plane(phantom, center, fov, STORED_SIZE), traits)
    small = STORED_SIZE // TRUTH_STEP
    maps = maps.reshape(len(LOCAL_MAPS), small, TRUTH_STEP, small, TRUTH_STEP).mean((2, 4))
    vector = np.full(len(TRAITS), np.nan) if phantom.lesion_free else traits.vector()
    return image, maps, vector.astype(np.float32)


def _draw(job: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    with threadpool_limits(1):
        image, maps, vector = draw_crop(*job)
    return image.astype(np.float16), np.rint(maps * 255).astype(np.uint8), vector


def write_crops(out: Path, count: int, seed: int, workers: int) -> None:
    """``images.npy``, ``maps.npy`` and ``traits.npy`` under ``out``; crop i depends on (seed, i) alone."""
    out.mkdir(parents=True, exist_ok=True)
    small = STORED_SIZE // TRUTH_STEP
    shapes = {
        "images": ((count, 6, STORED_SIZE, STORED_SIZE), np.float16),
        "maps": ((count, len(LOCAL_MAPS), small, small), np.uint8),
        "traits": ((count, len(TRAITS)), np.float32),
    }
    files = {
        name: np.lib.format.open_memmap(out / f"{name}.npy", mode="w+", dtype=dtype, shape=shape)
        for name, (shape, dtype) in shapes.items()
    }
    with ProcessPoolExecutor(workers) as pool:
        drawn = pool.map(_draw, ((seed, i) for i in range(count)), chunksize=16)
        for i, parts in enumerate(tqdm(drawn, total=count, desc="crops", mininterval=5)):
            for file, part in zip(files.values(), parts, strict=True):
                file[i] = part
    (out / "crops.json").write_text(json.dumps({"count": count, "seed": seed}))
