"""Axis-aligned sampling grids in patient space (DICOM LPS, mm) and smooth random fields on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Grid:
    """Cell centres ``origin + index * spacing``; arrays on it have shape [z, y, x]."""

    origin: tuple[float, float, float]
    spacing: tuple[float, float, float]
    shape: tuple[int, int, int]

    @staticmethod
    def around(center: np.ndarray, extent_mm: tuple[float, float, float], spacing: tuple[float, float, float]) -> Grid:
        """The grid of full ``extent_mm`` (x, y, z) whose middle is ``center``."""
        counts = [max(2, int(np.ceil(e / s)) + 1) for e, s in zip(extent_mm, spacing, strict=True)]
        origin = tuple(float(c - (n - 1) / 2 * s) for c, n, s in zip(center, counts, spacing, strict=True))
        return Grid(origin, spacing, (counts[2], counts[1], counts[0]))

    def axis(self, i: int) -> Array:
        """Coordinates along x (0), y (1) or z (2), mm."""
        n = self.shape[2 - i]
        return (self.origin[i] + np.arange(n) * self.spacing[i]).astype(np.float32)

    @cached_property
    def x(self) -> Array:
        return self.axis(0)[None, None, :]

    @cached_property
    def y(self) -> Array:
        return self.axis(1)[None, :, None]

    @cached_property
    def z(self) -> Array:
        return self.axis(2)[:, None, None]

    def within(self, center: np.ndarray, radius_mm: float) -> tuple[slice, slice, slice] | None:
        """Index box (z, y, x) that holds a ball, or None where it misses the grid."""
        box = []
        for i in (2, 1, 0):
            low = int(np.floor((center[i] - radius_mm - self.origin[i]) / self.spacing[i]))
            high = int(np.ceil((center[i] + radius_mm - self.origin[i]) / self.spacing[i])) + 1
            low, high = max(low, 0), min(high, self.shape[2 - i])
            if low >= high:
                return None
            box.append(slice(low, high))
        return box[0], box[1], box[2]

    def sub(self, box: tuple[slice, slice, slice]) -> Grid:
        starts = (box[2].start, box[1].start, box[0].start)
        origin = tuple(o + s * d for o, s, d in zip(self.origin, starts, self.spacing, strict=True))
        return Grid(origin, self.spacing, tuple(b.stop - b.start for b in box))


@dataclass(frozen=True)
class Waves:
    """A smooth random field of unit variance: a sum of plane waves, cheap on a grid because they separate."""

    vectors: NDArray[np.float64]
    phases: NDArray[np.float64]

    @staticmethod
    def draw(rng: np.random.Generator, wavelength_mm: float, count: int = 24) -> Waves:
        """Waves of random direction with lengths between 0.7 and 1.4 of ``wavelength_mm``."""
        direction = rng.normal(size=(count, 3))
        direction /= np.linalg.norm(direction, axis=1, keepdims=True)
        length = wavelength_mm * np.exp(rng.uniform(np.log(0.7), np.log(1.4), size=(count, 1)))
        return Waves(2 * np.pi * direction / length, rng.uniform(0, 2 * np.pi, count))

    def on(self, grid: Grid) -> Array:
        part = [np.exp(1j * np.outer(self.vectors[:, i], grid.axis(i))) for i in range(3)]
        plane = (part[1][:, :, None] * part[0][:, None, :]).reshape(len(self.phases), -1)
        along = part[2] * np.exp(1j * self.phases)[:, None]
        field = along.real.T.astype(np.float32) @ plane.real.astype(np.float32)
        field -= along.imag.T.astype(np.float32) @ plane.imag.astype(np.float32)
        return field.reshape(grid.shape) * np.float32(np.sqrt(2 / len(self.phases)))


def soft(signed_distance_mm: Array, edge_mm: float) -> Array:
    """Occupancy 1 inside (negative distance) to 0 outside, over an edge of ``edge_mm``: partial volume."""
    return np.clip(0.5 - signed_distance_mm / edge_mm, 0, 1)
