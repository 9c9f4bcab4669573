"""Paints a patient: the signal of every sequence on one fine grid, and the truth beside it."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass, replace

import numpy as np

from .anatomy import Anatomy, Capsule, draw_anatomy
from .grid import Array, Grid, Waves, soft
from .lesion import Lesion, draw_lesion
from .signal import Sequence, signal
from .streams import stream
from .tissues import ATLAS, Tissue, viable
from .traits import Traits
from .vessels import hepatic_veins, portal_tree, thrombus


@dataclass(frozen=True)
class Truth:
    """Occupancies 0-1 on the grid, for training targets and for judging the map."""

    lesion: Array
    hyper: Array
    viable: Array
    necrosis: Array
    capsule: Array
    satellites: Array
    thrombus: Array


@dataclass(frozen=True)
class Phantom:
    traits: Traits
    anatomy: Anatomy
    lesion: Lesion
    thrombus: Capsule | None
    vessels: tuple[tuple[str, Capsule], ...]
    texture: tuple[Waves, Waves, Waves]
    liver: Tissue
    #: Cardiac output and dose scale every uptake curve of a patient.
    uptake: float
    #: Uptake of hyperenhancing tumour against its mean.
    avidity: float
    #: The same body without its tumour: what the map must stay silent on.
    lesion_free: bool = False

    def tissue(self, name: str) -> Tissue:
        return (self.liver if name == "liver" else ATLAS[name]).scaled(self.uptake)

    def paint(self, grid: Grid, sequences: Many[Sequence]) -> tuple[list[Array], Truth]:
        """One array per sequence, plus the truth. Later strokes cover earlier ones by their occupancy."""
        canvas = _Canvas(grid, sequences)
        anatomy, t = self.anatomy, self.traits
        fine, broad, clumps = (waves.on(grid) for waves in self.texture)

        canvas.stroke(soft(anatomy.body.distance(grid), 2.0), self.tissue("fat"))
        muscle = soft(anatomy.body.distance(grid) + anatomy.wall_mm, 2.0)
        canvas.stroke(muscle, self.tissue("muscle"))
        cavity = soft(anatomy.cavity(grid), 2.0)
        canvas.stroke(cavity, self.tissue("fat"), 1 + 0.05 * broad)
        canvas.stroke(cavity * soft(0.35 - clumps, 0.4), self.tissue("bowel"), 1 + 0.12 * broad)
        for name, shape in anatomy.organs:
            distance = shape.distance(grid)
            canvas.stroke(soft(distance, 2.0) * cavity, self.tissue(name), 1 + 0.04 * fine)
            if name == "cortex":
                canvas.stroke(soft(distance + 9, 3.0), self.tissue("medulla"))
        lung_edge = anatomy.dome_z - 0.0016 * ((grid.x + 60) ** 2 + 2.0 * grid.y**2)
        canvas.stroke(cavity * soft(lung_edge - grid.z, 3.0), self.tissue("lung"), 1 + 0.2 * fine)

        liver = soft(anatomy.liver(grid), 2.0) * cavity
        canvas.stroke(liver, self.tissue("liver"), 1 + 0.035 * broad + 0.025 * fine)
        for name, tube in self.vessels:
            canvas.tube(tube, self.tissue(name), liver)
        for name, tube in anatomy.tubes:
            canvas.tube(tube, self.tissue(name), cavity)

        if self.lesion_free:
            return [np.abs(image) for image in canvas.images], Truth(*(np.zeros((7, *grid.shape), np.float32)))
        maps = self.lesion.maps(grid)
        host = np.maximum(liver, maps.body * cavity)
        hyper, hypo = (viable(share, t.washout, t.fat).scaled(self.uptake) for share in (self.avidity, 0.0))
        mottle = 1 + 0.06 * fine + 0.05 * broad
        canvas.stroke(maps.body * host, hypo, mottle)
        canvas.stroke(maps.hyper * host, hyper, mottle)
        canvas.stroke(maps.necrosis * host, self.tissue("necrosis"), 1 + 0.05 * broad)
        canvas.stroke(maps.capsule * host, self.tissue("capsule"))
        canvas.stroke(maps.satellites * host, hyper, mottle)
        clot = np.zeros(grid.shape, np.float32)
        if self.thrombus is not None:
            clot = soft(self.thrombus.distance(grid), 2.0) * host * (1 - maps.body)
            canvas.stroke(clot, _thrombus_tissue(hypo), mottle)
        truth = Truth(
            lesion=maps.body * host,
            hyper=maps.hyper * host,
            viable=(maps.hyper + maps.hypo) * host,
            necrosis=maps.necrosis * host,
            capsule=maps.capsule * host,
            satellites=maps.satellites * host,
            thrombus=clot,
        )
        return [np.abs(image) for image in canvas.images], truth


class _Canvas:
    def __init__(self, grid: Grid, sequences: Many[Sequence]) -> None:
        self.grid, self.sequences = grid, sequences
        self.images = [np.full(grid.shape, signal(ATLAS["air"], s), np.float32) for s in sequences]

    def stroke(self, alpha: Array, tissue: Tissue, texture: Array | float = 1.0) -> None:
        box = occupied(alpha)
        if box is None:
            return
        alpha = alpha[box]
        texture = texture[box] if isinstance(texture, np.ndarray) else texture
        for image, sequence in zip(self.images, self.sequences, strict=True):
            image[box] += alpha * (np.float32(signal(tissue, sequence)) * texture - image[box])

    def tube(self, tube: Capsule, tissue: Tissue, mask: Array) -> None:
        box = self.grid.within(tube.middle, tube.reach + 2)
        if box is None:
            return
        alpha = soft(tube.distance(self.grid.sub(box)), 2.0) * mask[box]
        for image, sequence in zip(self.images, self.sequences, strict=True):
            image[box] += alpha * (np.float32(signal(tissue, sequence)) - image[box])


def occupied(alpha: Array) -> tuple[slice, slice, slice] | None:
    """The smallest index box outside of which ``alpha`` is zero."""
    flags = alpha > 0
    box = []
    for axis in range(3):
        hit = np.flatnonzero(flags.any(axis=tuple(i for i in range(3) if i != axis)))
        if not hit.size:
            return None
        box.append(slice(int(hit[0]), int(hit[-1]) + 1))
    return box[0], box[1], box[2]


def _thrombus_tissue(tumour: Tissue) -> Tissue:
    """Tumour thrombus: arterialised, then dark against the bright portal vein (uptake *assumed*)."""
    return replace(tumour, uptake=(0, 0.02, 0.2, 0.4, 0.32, 0.26, 0.24, 0.22, 0.2), fat=0.0)


def build_phantom(seed: int, traits: Traits) -> Phantom:
    """Everything about the patient's body that is not in ``traits``, fixed by ``seed``."""
    rng = stream(seed, "phantom")
    radius = traits.diameter_mm / 2
    anatomy, center = draw_anatomy(rng, radius)
    lesion = draw_lesion(rng, traits, center, anatomy.liver_at)
    iron_or_fat = float(np.clip(rng.gamma(1.2, 0.03), 0, 0.25))
    return Phantom(
        traits=traits,
        anatomy=anatomy,
        lesion=lesion,
        thrombus=thrombus(rng, center, radius, traits.pvtt, anatomy.liver_at),
        vessels=(*portal_tree(rng, anatomy), *hepatic_veins(rng, anatomy)),
        texture=(Waves.draw(rng, 9.0, 48), Waves.draw(rng, 60.0), Waves.draw(rng, 34.0)),
        liver=replace(ATLAS["liver"], fat=iron_or_fat, t1_ms=float(810 * np.exp(0.08 * rng.normal()))),
        uptake=float(np.exp(0.15 * rng.normal())),
        avidity=float(np.exp(0.12 * rng.normal())),
    )
