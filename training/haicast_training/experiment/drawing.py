"""The figures of one run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ..statistics.logistic import sigmoid
from . import figures
from .explanation import Explained
from .material import Material
from .shipping import ShippedModel


def draw(out: Path, material: Material, small: dict[str, Any], shipped: ShippedModel, explained: Explained) -> None:
    folder = out / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    external, maps = material.external, explained.maps
    curves = {name: np.array(values["external"]) for name, values in small["curves"].items()}
    full = shipped.logit(external)
    figures.roc(
        folder / "roc-external.png",
        {"oracle": external.oracle, "shipped model": full, **{f"{k}, n = 127": v for k, v in curves.items()}},
        external.y,
        "external, simulated",
    )
    held = {c.name: (sigmoid(shipped.logit(c)), c.y) for c in material.held_out}
    figures.calibration_plot(folder / "calibration.png", held)
    figures.decision_curve(
        folder / "decision-external.png",
        {
            "shipped model": sigmoid(full),
            "clinical nomogram, n = 127": sigmoid(curves["clinical nomogram"]),
            "oracle": external.oracle,
        },
        external.y,
    )
    figures.survival_plot(folder / "survival-external.png", external, sigmoid(full) >= shipped.fit.threshold)
    probability = sigmoid(full)[: len(maps)]
    picks = [int(np.argmin(np.abs(probability - p))) for p in (0.95, 0.7, 0.3, 0.05)]
    labels = [f"p = {probability[i]:.2f}, {external.prepared.patients['response'][i]}" for i in picks]
    figures.map_examples(folder / "maps.png", np.asarray(external.prepared.images)[picks], maps[picks], labels)
