"""Phantom to voxels: partial volume across the slice, breathing shift, coil sensitivity, ghost, Rician noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import map_coordinates

from .grid import Array, Grid, Waves
from .phantom import Phantom, Truth
from .protocol import Coverage, Geometry, StudyPlan
from .signal import signal

#: Points across the slice thickness that are averaged.
SLICE_SAMPLES = 3
#: Stored value of average liver: gains differ between series as they do between scanners.
LIVER_LEVEL = (180.0, 700.0)


@dataclass(frozen=True)
class Volume:
    """One role's stack as the application sees it after the modality transform."""

    role: str
    geometry: Geometry
    #: [slices, rows, columns], whole numbers as a scanner stores them.
    values: np.ndarray


def acquire(rng: np.random.Generator, phantom: Phantom, plan: StudyPlan, cover: Coverage) -> list[Volume]:
    """Every role of the study, in the plan's order."""
    grid = fine_grid(phantom.lesion.center, plan, cover)
    sequences = [sequence for series in plan.series for sequence in series.sequences]
    images, _ = phantom.paint(grid, sequences)
    coil = Waves.draw(rng, 520.0, 8)
    painted = iter(images)
    volumes = []
    for series in plan.series:
        gain = np.exp(rng.uniform(*np.log(LIVER_LEVEL)))
        sensitivity = np.exp(np.float32(series.faults.bias) * coil.on(grid))
        for role, sequence in zip(series.roles, series.sequences, strict=True):
            clean = resample(next(painted) * sensitivity, grid, series.geometry, series.faults.shift_mm)
            liver = signal(phantom.tissue("liver"), sequence)
            clean = ghosted(clean, series.faults.ghost, rng)
            noisy = rician(clean, liver / series.faults.snr, rng)
            stored = np.clip(np.rint(noisy * (gain / max(liver, 1e-6))), 0, 4095).astype(np.int16)
            volumes.append(Volume(role, series.geometry, stored))
    return volumes


def fine_grid(center: np.ndarray, plan: StudyPlan, cover: Coverage) -> Grid:
    """The grid the phantom is painted on: a little larger than every stack, no coarser than 1.6 mm in the plane."""
    spacing = float(np.clip(cover.in_plane_mm / 130, 0.8, 1.6))
    height = max(g.slices * (g.thickness + g.gap) for g in (series.geometry for series in plan.series))
    across = 2.0 if height < 60 else 3.0
    return Grid.around(center, (cover.in_plane_mm + 16, cover.in_plane_mm + 16, height + cover.margin_mm), (spacing, spacing, across))


def resample(image: Array, grid: Grid, geometry: Geometry, shift_mm: np.ndarray) -> Array:
    """The stack's voxels, each a mean over the slice thickness; linear interpolation, edges held."""
    across = (np.arange(SLICE_SAMPLES) + 0.5) / SLICE_SAMPLES - 0.5
    first = geometry.first + shift_mm
    if geometry.normal[2] == 1.0:
        z = first[2] + np.arange(geometry.slices) * (geometry.thickness + geometry.gap)
        rows = _weights(first[1] + np.arange(geometry.rows) * geometry.spacing, grid, 1)
        columns = _weights(first[0] + np.arange(geometry.columns) * geometry.spacing, grid, 0)
        slices = np.mean([_weights(z + a * geometry.thickness, grid, 2) for a in across], axis=0)
        part = np.tensordot(slices, image, axes=(1, 0))
        return (rows @ part @ columns.T).astype(np.float32)
    k, r, c = np.meshgrid(np.arange(geometry.slices), np.arange(geometry.rows), np.arange(geometry.columns), indexing="ij")
    total = np.zeros(k.shape, np.float32)
    for a in across:
        step = k * (geometry.thickness + geometry.gap) + a * geometry.thickness
        index = []
        for i in (2, 1, 0):
            p = first[i] + geometry.normal[i] * step
            p = p + geometry.directions[0, i] * geometry.spacing * c + geometry.directions[1, i] * geometry.spacing * r
            index.append((p - grid.origin[i]) / grid.spacing[i])
        total += map_coordinates(image, index, order=1, mode="nearest", output=np.float32)
    return total / SLICE_SAMPLES


def _weights(at: np.ndarray, grid: Grid, axis: int) -> Array:
    """Rows of linear-interpolation weights onto the grid's axis."""
    n = grid.shape[2 - axis]
    index = np.clip((at - grid.origin[axis]) / grid.spacing[axis], 0, n - 1)
    low = np.minimum(index.astype(int), n - 2)
    weights = np.zeros((len(at), n), np.float32)
    weights[np.arange(len(at)), low] = 1 - (index - low)
    weights[np.arange(len(at)), low + 1] += index - low
    return weights


def ghosted(image: Array, strength: float, rng: np.random.Generator) -> Array:
    """A faint copy displaced along the phase-encoding direction (the rows)."""
    if strength == 0:
        return image
    shift = int(image.shape[1] * rng.uniform(0.2, 0.45))
    return image + np.float32(strength) * np.roll(image, shift, axis=1)


def rician(image: Array, sigma: float, rng: np.random.Generator) -> Array:
    """Magnitude of a signal with Gaussian noise of SD ``sigma`` in both channels."""
    real = image + np.float32(sigma) * rng.standard_normal(image.shape, dtype=np.float32)
    imaginary = np.float32(sigma) * rng.standard_normal(image.shape, dtype=np.float32)
    return np.hypot(real, imaginary)


def truth_on_plane(phantom: Phantom, center: np.ndarray, fov_mm: float, size: int) -> Truth:
    """The truth on the crop's own cells."""
    spacing = fov_mm / size
    half = (size - 1) / 2 * spacing
    grid = Grid((center[0] - half, center[1] - half, float(center[2])), (spacing, spacing, 1.0), (1, size, size))
    _, truth = phantom.paint(grid, [])
    return truth
