"""The crop the model sees, in Python: the twin of the application's sample preparation.

It feeds pre-training, which draws crops straight from the simulator, and it is what the test compares `haicast prepare`
against. Everything learned or tested for response comes from `haicast prepare`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from .contract import CROP, ROLES, CropSpec
from .simulator.acquire import Volume


def plane_points(center: np.ndarray, fov_mm: float, size: int) -> NDArray[np.float64]:
    """Cell centres [size, size, 3] in LPS mm: columns along +x, rows along +y, ``center`` in the middle."""
    offset = (np.arange(size) - (size - 1) / 2) * fov_mm / size
    points = np.empty((size, size, 3))
    points[..., 0] = center[0] + offset[None, :]
    points[..., 1] = center[1] + offset[:, None]
    points[..., 2] = center[2]
    return points


def sample(volume: Volume, points: np.ndarray) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Trilinear values at the points, and which of them lie inside the stack: up to half a voxel past its centres."""
    g = volume.geometry
    away = points - g.first
    index = np.stack(
        [
            away @ g.normal / (g.thickness + g.gap),
            away @ g.directions[1] / g.spacing,
            away @ g.directions[0] / g.spacing,
        ]
    )
    limits = np.array(volume.values.shape).reshape(3, 1, 1) - 0.5
    inside = np.all((index >= -0.5) & (index <= limits), axis=0)
    values = map_coordinates(volume.values.astype(np.float32), index, order=1, mode="nearest")
    return values, inside


def robust_z(values: np.ndarray, inside: np.ndarray, clip: float) -> NDArray[np.float32]:
    """(x - median) / (1.4826 MAD) over what lies inside; outside is the median, that is 0. Without MAD, the SD."""
    if not inside.any():
        return np.zeros(values.shape, np.float32)
    seen = values[inside]
    median = np.median(seen)
    spread = 1.4826 * np.median(np.abs(seen - median))
    if spread == 0:
        spread = float(np.std(seen))
    if spread == 0:
        return np.zeros(values.shape, np.float32)
    return np.where(inside, np.clip((values - median) / spread, -clip, clip), 0).astype(np.float32)


def crop(
    volumes: Iterable[Volume],
    center: np.ndarray,
    diameter_mm: float,
    spec: CropSpec = CROP,
    shifts: Mapping[str, np.ndarray] | None = None,
) -> NDArray[np.float32]:
    """The model's input [6, size, size]; a role without a volume stays zero.

    ``shifts`` is how far the series of a role was moved by hand, mm LPS: what it says lies at p lies at p + shift.
    """
    points = plane_points(center, spec.fov_mm(diameter_mm), spec.size)
    by_role = {volume.role: volume for volume in volumes}
    moved = shifts or {}
    channels = []
    for role in ROLES:
        if role in by_role:
            channels.append(robust_z(*sample(by_role[role], points - moved.get(role, 0.0)), spec.clip))
        else:
            channels.append(np.zeros((spec.size, spec.size), np.float32))
    return np.stack(channels)
