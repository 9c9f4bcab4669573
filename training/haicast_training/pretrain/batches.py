"""Augmented batches. Batch ``step`` depends on (seed, step, rank) alone, so that a resumed run sees the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..contract import CROP
from ..simulator.crops import TRUTH_STEP
from ..simulator.traits import standardise

#: SD of the gain around 1 and of the offset, per channel.
INTENSITY_JITTER = 0.08
#: Every channel but the arterial one goes missing with this probability.
CHANNEL_DROPOUT = 0.04


@dataclass(frozen=True)
class Batch:
    image: Tensor  # [N, 6, 128, 128]
    maps: Tensor  # [N, 9, 32, 32]
    traits: Tensor  # [N, 8] standardised; NaN without a lesion


class Crops:
    """The files that ``write_crops`` made; the last ``held_out`` crops never enter a batch."""

    def __init__(self, folder: Path, held_out: int) -> None:
        self.images = np.load(folder / "images.npy", mmap_mode="r")
        self.maps = np.load(folder / "maps.npy", mmap_mode="r")
        self.traits = standardise(np.load(folder / "traits.npy").astype(np.float64)).astype(np.float32)
        self.training = len(self.images) - held_out

    def batch(self, size: int, seed: int, step: int, rank: int = 0) -> Batch:
        rng = np.random.default_rng((seed, step, rank))
        rows = rng.choice(self.training, size, replace=False)
        play = (self.images.shape[-1] - CROP.size) // TRUTH_STEP
        parts = [self._one(i, rng.integers(0, play + 1, 2), int(rng.integers(8))) for i in rows]
        image = torch.from_numpy(np.stack([p[0] for p in parts]).astype(np.float32))
        maps = torch.from_numpy(np.stack([p[1] for p in parts]).astype(np.float32) / 255)
        return Batch(_vary(image, rng), maps, torch.from_numpy(self.traits[rows]))

    def held_out(self) -> tuple[Tensor, Tensor]:
        """Centred crops and traits that training has not seen, lesion-free ones left out."""
        rows = [i for i in range(self.training, len(self.images)) if not np.isnan(self.traits[i, 0])]
        play = (self.images.shape[-1] - CROP.size) // TRUTH_STEP
        image = np.stack([self._one(i, (play // 2, play // 2), 0)[0] for i in rows]).astype(np.float32)
        return torch.from_numpy(image), torch.from_numpy(self.traits[rows])

    def _one(self, i: int, offset: tuple[int, int] | np.ndarray, symmetry: int) -> tuple[np.ndarray, np.ndarray]:
        """Crop ``i`` shifted by whole truth cells and turned by one of the eight symmetries of the square."""
        y, x = int(offset[0]), int(offset[1])
        cells, step = CROP.size // TRUTH_STEP, TRUTH_STEP
        image = self.images[i, :, y * step : y * step + CROP.size, x * step : x * step + CROP.size]
        maps = self.maps[i, :, y : y + cells, x : x + cells]
        return turn(image, symmetry), turn(maps, symmetry)


def turn(array: np.ndarray, symmetry: int) -> np.ndarray:
    """``array`` [C, h, w] under one of the eight symmetries of the square (0-7; 0 leaves it)."""
    if symmetry & 1:
        array = array[:, ::-1]
    if symmetry & 2:
        array = array[:, :, ::-1]
    return array.swapaxes(1, 2) if symmetry & 4 else array


def _vary(image: Tensor, rng: np.random.Generator) -> Tensor:
    """Gain and offset per channel, then missing channels."""
    shape = (*image.shape[:2], 1, 1)
    gain = torch.from_numpy((1 + INTENSITY_JITTER * rng.standard_normal(shape)).astype(np.float32))
    offset = torch.from_numpy((INTENSITY_JITTER * rng.standard_normal(shape)).astype(np.float32))
    present = rng.random(shape) >= CHANNEL_DROPOUT
    present[:, 0] = True
    return (image * gain + offset) * torch.from_numpy(present.astype(np.float32))
