"""Does the map point at the lesion? The additive map against Grad-CAM, both judged by the phantom's true mask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from ..models.response import ResponseModel
from ..simulator.localmaps import HOLDS


@dataclass(frozen=True)
class Localisation:
    #: Share of patients whose strongest cell holds tumour (pointing game on cells).
    pointing: float
    #: The same where more than half of the cell must be tumour.
    strict: float
    #: Mean share of the map's absolute energy that lies on lesion cells.
    energy: float
    #: What a uniform map would score.
    chance_pointing: float
    chance_strict: float
    chance_energy: float
    n: int


def judge(maps: NDArray[np.float64], masks: NDArray[np.float64]) -> Localisation:
    """``maps`` [N, h, w] signed or not; ``masks`` [N, h, w]: share of every cell that is lesion."""
    energy = np.abs(maps)
    flat, mask = energy.reshape(len(maps), -1), masks.reshape(len(maps), -1)
    under = mask[np.arange(len(maps)), flat.argmax(1)]
    on_lesion = (flat * mask).sum(1) / np.maximum(flat.sum(1), 1e-12)
    return Localisation(
        pointing=float((under >= HOLDS).mean()),
        strict=float((under > 0.5).mean()),
        energy=float(on_lesion.mean()),
        chance_pointing=float((mask >= HOLDS).mean()),
        chance_strict=float((mask > 0.5).mean()),
        chance_energy=float(mask.mean()),
        n=len(maps),
    )


def additive_maps(model: ResponseModel, images: NDArray[np.float32], batch: int = 16) -> NDArray[np.float64]:
    """The exported map [N, 8, 8]."""
    factors = model.head_clinical.shape[0]
    found = []
    with torch.no_grad():
        for i in range(0, len(images), batch):
            x = torch.from_numpy(np.array(images[i : i + batch], np.float32))
            found.append(model(x, torch.zeros(len(x), factors), torch.zeros(len(x), factors))[2][:, 0].numpy())
    return np.concatenate(found).astype(np.float64)


def grad_cam(
    model: ResponseModel, images: NDArray[np.float32], blocks_before_last: int = 0, batch: int = 16
) -> NDArray[np.float64]:
    """Grad-CAM (Selvaraju et al. 2017) of the logit at the last map, or some blocks earlier; ReLU as published."""
    trunk = model.trunk.features
    cut = len(trunk) - blocks_before_last
    found = []
    for i in range(0, len(images), batch):
        x = torch.from_numpy(np.array(images[i : i + batch], np.float32))
        with torch.no_grad():
            early = trunk[:cut](functional.pad(x, (0, 0, 0, 0, 0, 2)))
        early.requires_grad_(True)
        last = trunk[cut:](early) if blocks_before_last else early
        logit = functional.conv2d(last, model.head_cam / (last.shape[-1] * last.shape[-2])).sum()
        (gradient,) = torch.autograd.grad(logit, early)
        weights = gradient.mean((2, 3), keepdim=True)
        found.append(torch.relu((weights * early).sum(1)).detach().numpy())
    return np.concatenate(found).astype(np.float64)


def coarse(mask: NDArray[np.float32], cells: int = 8) -> NDArray[np.float64]:
    """Mean of a square mask over ``cells`` x ``cells``."""
    step = mask.shape[-1] // cells
    return mask.reshape(cells, step, cells, step).mean((1, 3)).astype(np.float64)
