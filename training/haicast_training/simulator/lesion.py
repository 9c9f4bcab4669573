"""The index lesion: an irregular ellipsoid with a necrotic core, patchy arterial enhancement, capsule and satellites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .grid import Array, Grid, Waves, soft
from .traits import Traits

#: Width of the tumour's edge, mm: partial volume and infiltration.
EDGE_MM = 2.0
CAPSULE_MM = 3.0


@dataclass(frozen=True)
class LesionMaps:
    """Occupancies 0-1 on a grid. Viable and necrotic add up to the body of the lesion."""

    body: Array
    hyper: Array  # viable, enhances in the arterial phase
    hypo: Array  # viable, does not
    necrosis: Array
    capsule: Array
    satellites: Array


@dataclass(frozen=True)
class Lesion:
    center: np.ndarray
    #: Semi-axes before irregularity, mm; the first is half the longest diameter.
    axes: np.ndarray
    rotation: np.ndarray
    traits: Traits
    outline: Waves
    core: Waves
    patch: Waves
    rim: Waves
    necrosis_level: float
    patch_level: float
    satellites: tuple[tuple[np.ndarray, float], ...]

    def _radial(self, grid: Grid) -> Array:
        """1 on the smooth ellipsoid."""
        d = [grid.x - np.float32(self.center[0]), grid.y - np.float32(self.center[1]), grid.z - np.float32(self.center[2])]
        total = np.float32(0)
        for i in range(3):
            r = self.rotation[i].astype(np.float32)
            total = total + ((d[0] * r[0] + d[1] * r[1] + d[2] * r[2]) / np.float32(self.axes[i])) ** 2
        return np.sqrt(total)

    def distance(self, grid: Grid) -> Array:
        """Signed distance to the irregular outline, mm, negative inside."""
        bump = (0.03 + 0.13 * self.traits.margin) * self.outline.on(grid)
        return (self._radial(grid) - 1 - bump.astype(np.float32)) * np.float32(self.axes[0])

    def _core_field(self, grid: Grid) -> Array:
        """High where tissue dies first: far from the rim, in patches."""
        return self.core.on(grid) + np.float32(1.6) * (1 - self._radial(grid))

    def maps(self, grid: Grid) -> LesionMaps:
        distance = self.distance(grid)
        body = soft(distance, EDGE_MM)
        dead = soft(self.necrosis_level - self._core_field(grid), 0.18) * body
        live = body - dead
        bright = soft(self.patch_level - self.patch.on(grid), 0.30)
        covered = soft(np.float32(np.quantile(RIM_SAMPLE, 1 - self.traits.capsule)) - self.rim.on(grid), 0.5)
        shell = np.clip(1 - np.abs(distance - 0.5) / (CAPSULE_MM / 2), 0, 1)
        around = np.zeros(grid.shape, np.float32)
        for center, radius in self.satellites:
            box = grid.within(center, radius + EDGE_MM)
            if box is not None:
                part = grid.sub(box)
                r = np.sqrt((part.x - center[0]) ** 2 + (part.y - center[1]) ** 2 + (part.z - center[2]) ** 2)
                around[box] = np.maximum(around[box], soft((r - radius).astype(np.float32), EDGE_MM))
        return LesionMaps(
            body=body,
            hyper=live * bright,
            hypo=live * (1 - bright),
            necrosis=dead,
            capsule=shell * covered if self.traits.capsule > 0 else np.zeros_like(shell),
            satellites=around * (1 - body),
        )


#: Quantiles of a unit-variance wave field: the capsule covers this share of the rim.
RIM_SAMPLE = np.random.default_rng(0).normal(size=20_001)


def _levels(lesion: Lesion) -> tuple[float, float]:
    """Thresholds at which the axial plane through the centre holds the wanted shares of necrosis and enhancement."""
    extent = 2.4 * float(lesion.axes.max())
    grid = Grid.around(lesion.center, (extent, extent, 2.0), (extent / 80, extent / 80, 1.0))
    inside = lesion.distance(grid) < 0
    core = lesion._core_field(grid)[inside]
    necrosis_level = float(np.quantile(core, 1 - lesion.traits.necrosis)) if core.size else 0.0
    live = lesion._core_field(grid) < necrosis_level
    patch = lesion.patch.on(grid)[inside & live]
    patch_level = float(np.quantile(patch, 1 - lesion.traits.enhancement)) if patch.size else 0.0
    return necrosis_level, patch_level


def draw_lesion(rng: np.random.Generator, traits: Traits, center: np.ndarray, liver_at: Callable[[np.ndarray], float]) -> Lesion:
    """Satellites are sought where there is liver; ``liver_at`` is the signed distance to its surface, mm."""
    radius = traits.diameter_mm / 2
    axes = radius * np.array([1.0, rng.uniform(0.80, 0.98), rng.uniform(0.78, 1.0)])
    angle, tilt = rng.uniform(0, np.pi), rng.normal() * 0.15
    c, s, ct, st = np.cos(angle), np.sin(angle), np.cos(tilt), np.sin(tilt)
    rotation = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1.0]]) @ np.array([[1, 0, 0], [0, ct, st], [0, -st, ct]])
    satellites: list[tuple[np.ndarray, float]] = []
    for _ in range(traits.satellites):
        r = float(rng.uniform(0.08, 0.14)) * radius + 2.5
        away, height = radius * float(rng.uniform(1.22, 1.36)) + r, float(rng.normal()) * 0.25 * r
        for angle in rng.uniform(0, 2 * np.pi, 24):
            place = center + np.array([np.cos(angle) * away, np.sin(angle) * away, height])
            apart = all(np.linalg.norm(place - other) > r + other_r + 3 for other, other_r in satellites)
            if apart and liver_at(place) < -0.8 * r:
                break
        satellites.append((place, r))
    draft = Lesion(
        center=center,
        axes=axes,
        rotation=rotation,
        traits=traits,
        outline=Waves.draw(rng, 0.75 * radius),
        core=Waves.draw(rng, 0.95 * radius),
        patch=Waves.draw(rng, 0.85 * radius),
        rim=Waves.draw(rng, 1.2 * radius),
        necrosis_level=0.0,
        patch_level=0.0,
        satellites=tuple(satellites),
    )
    necrosis_level, patch_level = _levels(draft)
    return replace(draft, necrosis_level=necrosis_level, patch_level=patch_level)


def treated(lesion: Lesion, traits: Traits) -> Lesion:
    """The same lesion after treatment: smaller by the ratio of the diameters, with the dead and enhancing shares of ``traits``."""
    ratio = traits.diameter_mm / lesion.traits.diameter_mm
    satellites = tuple((center, radius * ratio) for center, radius in lesion.satellites)
    draft = replace(lesion, axes=lesion.axes * ratio, traits=traits, satellites=satellites)
    necrosis_level, patch_level = _levels(draft)
    return replace(draft, necrosis_level=necrosis_level, patch_level=patch_level)
