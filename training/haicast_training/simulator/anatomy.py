"""The abdomen around the lesion: body wall, lungs, liver, spleen, kidneys, spine, great vessels, stomach.

Shapes are ellipsoids and capsules in patient space (LPS, mm; x grows to the patient's left, y to the back, z to the head),
sized after an average adult and varied by a few per cent. All sizes are *assumed*.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .grid import Array, Grid


@dataclass(frozen=True)
class Ellipsoid:
    center: np.ndarray
    axes: np.ndarray

    def distance(self, grid: Grid) -> Array:
        """Signed distance, negative inside: exact at the surface along the axes, close to it elsewhere."""
        c, a = self.center.astype(np.float32), self.axes.astype(np.float32)
        r = np.sqrt(((grid.x - c[0]) / a[0]) ** 2 + ((grid.y - c[1]) / a[1]) ** 2 + ((grid.z - c[2]) / a[2]) ** 2)
        return (r - 1) * float(np.cbrt(a.prod()))


@dataclass(frozen=True)
class Capsule:
    """A tube with round ends from ``start`` to ``end``."""

    start: np.ndarray
    end: np.ndarray
    radius: float

    def distance(self, grid: Grid) -> Array:
        s, v = self.start.astype(np.float32), (self.end - self.start).astype(np.float32)
        dx, dy, dz = grid.x - s[0], grid.y - s[1], grid.z - s[2]
        t = np.clip((dx * v[0] + dy * v[1] + dz * v[2]) / max(float(v @ v), 1e-6), 0, 1)
        return np.sqrt((dx - t * v[0]) ** 2 + (dy - t * v[1]) ** 2 + (dz - t * v[2]) ** 2) - self.radius

    @property
    def middle(self) -> np.ndarray:
        return (self.start + self.end) / 2

    @property
    def reach(self) -> float:
        return float(np.linalg.norm(self.end - self.start)) / 2 + self.radius


@dataclass(frozen=True)
class Anatomy:
    body: Ellipsoid
    wall_mm: float  # subcutaneous fat
    muscle_mm: float
    dome_z: float  # top of the liver: lung above
    liver_right: Ellipsoid
    liver_left: Ellipsoid
    #: Liver that the tumour has grown: around the lesion, so that it always lies in liver.
    liver_host: Ellipsoid
    organs: tuple[tuple[str, Ellipsoid], ...]
    tubes: tuple[tuple[str, Capsule], ...]

    def cavity(self, grid: Grid) -> Array:
        return self.body.distance(grid) + (self.wall_mm + self.muscle_mm)

    def liver(self, grid: Grid) -> Array:
        """Smooth union of both lobes and the lesion's surroundings, kept inside the cavity."""
        union = self.liver_right.distance(grid)
        for part in (self.liver_left, self.liver_host):
            union = smooth_minimum(union, part.distance(grid), 14.0)
        return np.maximum(union, self.cavity(grid) + 3)

    def liver_at(self, point: np.ndarray) -> float:
        """Signed distance to the liver's surface at one point, mm."""
        return float(self.liver(Grid(tuple(point), (1.0, 1.0, 1.0), (1, 1, 1)))[0, 0, 0])


def smooth_minimum(a: Array, b: Array, width_mm: float) -> Array:
    h = np.clip(0.5 + 0.5 * (b - a) / np.float32(width_mm), 0, 1)
    return b * (1 - h) + a * h - np.float32(width_mm) * h * (1 - h)


def draw_anatomy(rng: np.random.Generator, lesion_radius_mm: float) -> tuple[Anatomy, np.ndarray]:
    """A body, and where in its right lobe the lesion's centre lies."""

    def vary(*values: float, by: float = 0.06) -> np.ndarray:
        return np.array(values) * (1 + by * rng.normal(size=len(values)))

    body_axes = vary(178, 122, 420, by=0.04)
    right_axes = vary(84, 82, 90)
    right = np.array([-body_axes[0] + right_axes[0] + 34, 4.0, 0.0]) + rng.normal(size=3) * 3
    room = np.maximum(right_axes * 0.8 - lesion_radius_mm, 4.0)
    center = right + np.clip(rng.normal(size=3), -1.2, 1.2) * 0.55 * room
    host = lesion_radius_mm * np.array([1.45, 1.45, 1.35]) + 8
    ap = body_axes[1]
    organs = (
        ("stomach", Ellipsoid(np.array([62, -42, 0.0]) + rng.normal(size=3) * 4, vary(36, 30, 48, by=0.1))),
        ("spleen", Ellipsoid(np.array([body_axes[0] - 66, 0.33 * ap, 10]) + rng.normal(size=3) * 3, vary(32, 44, 50))),
        ("cortex", Ellipsoid(np.array([58, 0.42 * ap, -45]) + rng.normal(size=3) * 3, vary(27, 29, 52))),
        ("cortex", Ellipsoid(np.array([-52, 0.46 * ap, -60]) + rng.normal(size=3) * 3, vary(26, 28, 52))),
    )
    spine_y = 0.50 * ap
    tubes = (
        ("marrow", Capsule(np.array([0, spine_y, -300.0]), np.array([0, spine_y, 300.0]), 20.0)),
        ("cord", Capsule(np.array([0, spine_y + 27, -300.0]), np.array([0, spine_y + 27, 300.0]), 7.0)),
        ("artery", Capsule(np.array([13, spine_y - 31, -300.0]), np.array([13, spine_y - 31, 300.0]), 9.5)),
        ("vein", Capsule(np.array([-18, spine_y - 31, -300.0]), np.array([-26, spine_y - 40, 300.0]), 11.0)),
        ("muscle", Capsule(np.array([42, spine_y + 24, -300.0]), np.array([42, spine_y + 24, 300.0]), 21.0)),
        ("muscle", Capsule(np.array([-42, spine_y + 24, -300.0]), np.array([-42, spine_y + 24, 300.0]), 21.0)),
    )
    anatomy = Anatomy(
        body=Ellipsoid(np.zeros(3), body_axes),
        wall_mm=float(rng.uniform(9, 24)),
        muscle_mm=float(rng.uniform(7, 11)),
        dome_z=float(max(right[2] + right_axes[2], center[2] + host[2]) + 6),
        liver_right=Ellipsoid(right, right_axes),
        liver_left=Ellipsoid(right + np.array([72, -38, 14]) + rng.normal(size=3) * 4, vary(72, 36, 42)),
        liver_host=Ellipsoid(center, host),
        organs=organs,
        tubes=tubes,
    )
    return anatomy, center
