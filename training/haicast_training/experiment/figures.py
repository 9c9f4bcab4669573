"""The report's figures."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from lifelines import KaplanMeierFitter
from numpy.typing import NDArray
from sklearn.metrics import roc_curve

from ..contract import ROLES
from ..statistics.classification import net_benefit
from .cohorts import Cohort

Floats = NDArray[np.float64]
SIZE = (4.2, 3.8)


def _save(figure: plt.Figure, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def roc(path: Path, curves: dict[str, Floats], y: NDArray[np.int64], title: str) -> None:
    figure, axes = plt.subplots(figsize=SIZE)
    for name, score in curves.items():
        fpr, tpr, _ = roc_curve(y, score)
        axes.plot(fpr, tpr, label=name)
    axes.plot([0, 1], [0, 1], color="grey", lw=0.8, ls=":")
    axes.set(xlabel="1 - specificity", ylabel="sensitivity", title=title)
    axes.legend(fontsize=7)
    _save(figure, path)


def calibration_plot(path: Path, curves: dict[str, tuple[Floats, NDArray[np.int64]]], bins: int = 8) -> None:
    """Observed against predicted in bins of equal size, with the responders' standard error."""
    figure, axes = plt.subplots(figsize=SIZE)
    for name, (probability, y) in curves.items():
        parts = np.array_split(np.argsort(probability), min(bins, max(2, len(y) // 20)))
        x = [probability[part].mean() for part in parts]
        observed = np.array([y[part].mean() for part in parts])
        error = np.sqrt(observed * (1 - observed) / [len(part) for part in parts])
        axes.errorbar(x, observed, error, marker="o", ms=3, lw=1, capsize=2, label=name)
    axes.plot([0, 1], [0, 1], color="grey", lw=0.8, ls=":")
    axes.set(xlabel="predicted probability", ylabel="observed share of responders", xlim=(0, 1), ylim=(0, 1))
    axes.legend(fontsize=7)
    _save(figure, path)


def decision_curve(path: Path, curves: dict[str, Floats], y: NDArray[np.int64]) -> None:
    thresholds = np.linspace(0.05, 0.8, 76)
    figure, axes = plt.subplots(figsize=SIZE)
    for name, probability in curves.items():
        axes.plot(thresholds, net_benefit(probability, y, thresholds), label=name)
    axes.plot(thresholds, net_benefit(np.ones(len(y)), y, thresholds), color="grey", lw=0.9, label="treat all")
    axes.axhline(0, color="black", lw=0.9, label="treat none")
    axes.set(xlabel="threshold probability", ylabel="net benefit", ylim=(-0.05, float(y.mean()) + 0.03))
    axes.legend(fontsize=7)
    _save(figure, path)


def survival_plot(path: Path, cohort: Cohort, high: NDArray[np.bool_]) -> None:
    figure, both = plt.subplots(1, 2, figsize=(SIZE[0] * 1.9, SIZE[1]))
    for axes, endpoint in zip(both, ("os", "pfs"), strict=True):
        days = cohort.prepared.patients[f"{endpoint}_days"].to_numpy(float) / 30.4375
        events = cohort.prepared.patients[f"{endpoint}_event"].to_numpy(int)
        for group, name in ((high, "predicted response"), (~high, "predicted non-response")):
            KaplanMeierFitter(label=name).fit(days[group], events[group]).plot_survival_function(ax=axes)
        axes.set(xlabel="months", ylabel=endpoint.upper(), ylim=(0, 1))
        axes.legend(fontsize=7)
    _save(figure, path)


def map_examples(path: Path, images: NDArray[np.float32], maps: Floats, labels: list[str]) -> None:
    """Rows of patients: six roles, and the arterial phase under the signed map."""
    figure, grid = plt.subplots(len(images), 7, figsize=(9.8, 1.55 * len(images)))
    limit = float(np.abs(maps).max())
    for row, image, evidence, label in zip(grid, images, maps, labels, strict=True):
        for axes, channel, role in zip(row, image, ROLES, strict=False):
            axes.imshow(channel, cmap="gray", vmin=np.percentile(channel, 1), vmax=np.percentile(channel, 99.5))
            axes.set_title(role, fontsize=6)
        row[6].imshow(image[0], cmap="gray")
        row[6].imshow(
            evidence,
            cmap="RdBu_r",
            vmin=-limit,
            vmax=limit,
            alpha=0.5,
            extent=(-0.5, 127.5, 127.5, -0.5),
            interpolation="bilinear",
        )
        row[6].set_title(label, fontsize=6)
        for axes in row:
            axes.axis("off")
    _save(figure, path)
