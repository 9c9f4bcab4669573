"""Vessels inside the liver: a portal tree, hepatic veins that run to the vena cava, and the thrombus in a branch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .anatomy import Anatomy, Capsule

#: Radius of the thrombosed branch by Vp grade, mm (*assumed*: grows with the order of the branch).
THROMBUS_RADIUS_MM = (0.0, 3.5, 5.0, 7.0, 9.0)


def _jitter(rng: np.random.Generator, point: np.ndarray, sd: float) -> np.ndarray:
    return point + rng.normal(size=3) * sd


def portal_tree(rng: np.random.Generator, anatomy: Anatomy) -> list[tuple[str, Capsule]]:
    """Main trunk to the hilum, right and left branches, four second-order branches each."""
    right, left = anatomy.liver_right, anatomy.liver_left
    hilum = _jitter(rng, right.center + right.axes * np.array([0.72, -0.05, -0.1]), 3)
    tree = [("portal", Capsule(hilum + np.array([24, 12, -55]), hilum, 7.0))]
    for lobe, radius in ((right, 5.2), (left, 4.2)):
        end = _jitter(rng, hilum + 0.62 * (lobe.center - hilum), 4)
        tree.append(("portal", Capsule(hilum, end, radius)))
        for _ in range(4):
            direction = rng.normal(size=3)
            tip = lobe.center + 0.8 * lobe.axes * direction / np.linalg.norm(direction)
            tree.append(("portal", Capsule(end, tip, radius * rng.uniform(0.35, 0.6))))
    return tree


def hepatic_veins(rng: np.random.Generator, anatomy: Anatomy) -> list[tuple[str, Capsule]]:
    right = anatomy.liver_right
    confluence = np.array([-24.0, anatomy.tubes[3][1].start[1] - 8, right.center[2] + 0.6 * right.axes[2]])
    veins = []
    for fraction in ((-0.6, 0.3, -0.2), (-0.1, -0.5, -0.1), (0.7, -0.6, 0.1)):
        tip = _jitter(rng, right.center + right.axes * np.array(fraction), 6)
        veins.append(("vein", Capsule(confluence, tip, float(rng.uniform(3.0, 4.6)))))
    return veins


def thrombus(
    rng: np.random.Generator,
    center: np.ndarray,
    radius_mm: float,
    grade: int,
    liver_at: Callable[[np.ndarray], float],
) -> Capsule | None:
    """A tube of tumour tangent to the lesion, in liver, close to the plane through its centre; None at Vp0."""
    if grade == 0:
        return None
    radius = THROMBUS_RADIUS_MM[grade] * float(rng.uniform(0.85, 1.15))
    away = radius_mm * float(rng.uniform(1.04, 1.14)) + radius
    half = radius_mm * float(rng.uniform(0.35, 0.55)) + 1.5 * radius
    tilt = float(rng.normal()) * 0.1
    for angle in rng.uniform(0, 2 * np.pi, 24):
        middle = center + np.array([np.cos(angle), np.sin(angle), 0.0]) * away
        along = np.array([-np.sin(angle), np.cos(angle), tilt])
        if max(liver_at(middle + along * half * side) for side in (-0.7, 0.0, 0.7)) < -0.5 * radius:
            break
    return Capsule(middle - along * half, middle + along * half, radius)
