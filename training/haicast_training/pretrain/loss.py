"""The pre-training loss: what the traits are, and where they can be seen."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from ..models.trait_network import TraitOutput
from ..simulator.localmaps import HOLDS, LOCAL_MAPS
from .batches import Batch

TRAIT_WEIGHT, PLACE_WEIGHT, TUMOUR_WEIGHT = 4.0, 0.5, 10.0
#: Of the capsule's own loss at every depth; and the scale of its truth, which seldom exceeds 0.4 of a 4 px cell.
CAPSULE_WEIGHT, CAPSULE_SCALE = 2.0, 2.5
CAPSULE = LOCAL_MAPS.index("capsule")
BROAD = [i for i in range(len(LOCAL_MAPS)) if i != CAPSULE]


def pretraining_loss(output: TraitOutput, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    known = ~torch.isnan(batch.traits[:, 0])
    traits = functional.smooth_l1_loss(output.traits[known], batch.traits[known])
    local = torch.stack([local_loss(logits, batch.maps) for logits in output.local]).sum()
    place = misplaced_evidence(output.evidence, batch.maps)
    total = TRAIT_WEIGHT * traits + local + PLACE_WEIGHT * place
    return total, {"traits": traits.item(), "local": local.item(), "place": place.item()}


def local_loss(logits: Tensor, maps: Tensor) -> Tensor:
    """Cross-entropy of the local truth, cells with tumour counting ten times; the capsule by a loss of its own."""
    target = functional.adaptive_avg_pool2d(maps, logits.shape[-2:])
    weight = 1 + (TUMOUR_WEIGHT - 1) * (target[:, -1:] > 0.05).float()
    loss = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    broad = (loss[:, BROAD] * weight).sum() / (weight.sum() * logits.shape[1])
    return broad + CAPSULE_WEIGHT * capsule_loss(logits[:, CAPSULE], maps)


def capsule_loss(logits: Tensor, maps: Tensor) -> Tensor:
    """Cross-entropy of the capsule over cells on the tumour's edge, the only place where there can be one.

    Thinner than a cell, it fills little of any: over all cells the best guess is "none" and nothing is learned. What
    counts is the strongest truth cell inside, scaled so that a capsule across it is about 1.
    """
    size = logits.shape[-2:]
    tumour = functional.adaptive_avg_pool2d(maps[:, -1:], size)[:, 0]
    edge = ((tumour > 0.1) & (tumour < 0.95)).float()
    target = (CAPSULE_SCALE * functional.adaptive_max_pool2d(maps[:, CAPSULE : CAPSULE + 1], size)[:, 0]).clamp(max=1)
    loss = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return (loss * edge).sum() / edge.sum().clamp(min=1)


def misplaced_evidence(evidence: Tensor, maps: Tensor) -> Tensor:
    """Mean square of the evidence in cells that hold no tumour: the rim too has to speak from the tumour's side."""
    outside = (functional.adaptive_avg_pool2d(maps[:, -1:], evidence.shape[-2:]) < HOLDS).float()
    return (evidence.square() * outside).sum() / (outside.sum() * evidence.shape[1]).clamp(min=1)
