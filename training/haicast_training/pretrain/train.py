"""The pre-training loop: CPU, one GPU (bfloat16) or several (`torchrun`), resumable, deterministic on one device."""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import distributed, nn
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel
from tqdm import tqdm

from ..models.trait_network import TraitNetwork, Trunk
from ..simulator.traits import TRAITS
from .batches import Batch, Crops
from .log import MetricsLog
from .loss import pretraining_loss

#: Heads that only training uses: a trunk of an earlier version may lack them.
TRAINING_ONLY = ("fine.", "local.")


@dataclass(frozen=True)
class Recipe:
    width: float = 0.25
    steps: int = 9600
    #: Per process.
    batch: int = 16
    rate: float = 2e-3
    betas: tuple[float, float] = (0.9, 0.99)
    decay: float = 0.02
    warm_up: int = 200
    #: Last step at the full rate; until then a run does not depend on ``steps``, which may still be changed.
    hold: int = 5200
    #: Until this step crops are halved to 64 px, at a quarter of the cost: coarse traits first, fine ones afterwards.
    small_until: int = 2800
    #: A second cosine from half the rate starts here; ``steps`` for none.
    restart: int = 7600
    clip: float = 5.0
    seed: int = 1
    held_out: int = 300
    #: Steps between checkpoints, and between looks at the held-out crops.
    save_every: int = 250
    look_every: int = 500


def pretrain(crops: Path, out: Path, recipe: Recipe, trunk: Trunk | None = None, start: Path | None = None) -> TraitNetwork:
    """Train, or go on from ``out/last.pt``; leaves ``out/trunk.pt`` and ``out/metrics.csv``.

    ``start``: the ``trunk.pt`` of an earlier run to refine by this recipe, with a fresh optimiser.
    """
    out.mkdir(parents=True, exist_ok=True)
    with process_group() as (rank, device):
        torch.manual_seed(recipe.seed)
        data = Crops(crops, recipe.held_out)
        network = TraitNetwork(recipe.width, trunk=trunk) if start is None else load_trunk(start).train()
        network = network.to(device, memory_format=torch.channels_last)
        optimiser = make_optimiser(network, recipe)
        first = _resume(out / "last.pt", network, optimiser)
        model: nn.Module = DistributedDataParallel(network) if distributed.is_initialized() else network
        progress = tqdm(range(first, recipe.steps), initial=first, total=recipe.steps, disable=rank > 0, mininterval=10)
        log = MetricsLog(out) if rank == 0 else None
        began = time.monotonic()
        for step in progress:
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate * rate_at(step, recipe)
            batch = data.batch(recipe.batch, recipe.seed, step, rank)
            if step < recipe.small_until:
                batch = replace(batch, image=functional.avg_pool2d(batch.image, 2))
            loss, parts = _step(model, optimiser, batch, device, recipe.clip)
            done = step + 1
            if log is None:
                continue
            final = done == recipe.steps
            if final or done % 50 == 0:
                progress.set_postfix({name: f"{value:.3f}" for name, value in parts.items()})
                log.add("metrics", done, {"loss": loss, **parts, "s": time.monotonic() - began})
            if final or done % recipe.look_every == 0:
                log.add("held_out", done, held_out_correlation(network, data, device, done <= recipe.small_until))
            if final or done % recipe.save_every == 0:
                _save(out / "last.pt", {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": done})
        if log is not None:
            log.close()
            _save(out / "trunk.pt", {"network": network.state_dict(), "recipe": asdict(recipe)})
            (out / "recipe.json").write_text(json.dumps(asdict(recipe), indent=2))
        return network


def load_trunk(path: Path) -> TraitNetwork:
    saved = torch.load(path, map_location="cpu", weights_only=True)
    network = TraitNetwork(saved["recipe"]["width"])
    missing, unknown = network.load_state_dict(saved["network"], strict=False)
    if unknown or any(not name.startswith(TRAINING_ONLY) for name in missing):
        raise ValueError(f"{path} is no trunk of this network: missing {missing}, unknown {unknown}")
    return network.eval()


def rate_at(step: int, recipe: Recipe) -> float:
    """Share of the full rate: linear warm-up, a plateau, a cosine to zero; after a restart a cosine from one half."""
    end = min(recipe.restart, recipe.steps)
    if step < recipe.hold:
        return min(1.0, (step + 1) / max(recipe.warm_up, 1))
    if step >= end:
        return 0.5 * half_cosine((step - end) / max(recipe.steps - end, 1))
    return half_cosine((step - recipe.hold) / max(end - recipe.hold, 1))


def half_cosine(progress: float) -> float:
    """From 1 at 0 to 0 at 1."""
    return 0.5 * (1 + math.cos(math.pi * progress))


def make_optimiser(network: nn.Module, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW; batch-norm parameters and biases are not decayed."""
    groups = [
        {"params": [p for p in network.parameters() if p.ndim > 1], "weight_decay": recipe.decay},
        {"params": [p for p in network.parameters() if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=recipe.rate, betas=recipe.betas)


@torch.no_grad()
def held_out_correlation(network: TraitNetwork, data: Crops, device: torch.device, small: bool = False) -> dict[str, float]:
    """Pearson correlation of every trait with its truth on crops never trained on, at the size trained at."""
    network.eval()
    images, traits = data.held_out()
    if small:
        images = functional.avg_pool2d(images, 2)
    read = torch.cat([network.read(part.to(device)).cpu() for part in images.split(50)])
    network.train()
    return {name: float(np.corrcoef(read[:, i].numpy(), traits[:, i].numpy())[0, 1]) for i, name in enumerate(TRAITS)}


@contextmanager
def process_group() -> Iterator[tuple[int, torch.device]]:
    """Rank and device; joins the group when started by `torchrun`."""
    cuda = torch.cuda.is_available()
    if "WORLD_SIZE" not in os.environ:
        yield 0, torch.device("cuda" if cuda else "cpu")
        return
    distributed.init_process_group("nccl" if cuda else "gloo")
    local = int(os.environ.get("LOCAL_RANK", "0"))
    if cuda:
        torch.cuda.set_device(local)
    try:
        yield distributed.get_rank(), torch.device("cuda", local) if cuda else torch.device("cpu")
    finally:
        distributed.destroy_process_group()


def _step(
    model: nn.Module, optimiser: torch.optim.Optimizer, batch: Batch, device: torch.device, clip: float
) -> tuple[float, dict[str, float]]:
    batch = Batch(batch.image.to(device, memory_format=torch.channels_last), batch.maps.to(device), batch.traits.to(device))
    with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
        output = model(batch.image)
    loss, parts = pretraining_loss(output, batch)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), clip)
    optimiser.step()
    return loss.item(), parts


def _resume(path: Path, network: nn.Module, optimiser: torch.optim.Optimizer) -> int:
    if not path.exists():
        return 0
    saved = torch.load(path, map_location="cpu", weights_only=True)
    network.load_state_dict(saved["network"])
    optimiser.load_state_dict(saved["optimiser"])
    return int(saved["step"])


def _save(path: Path, content: dict[str, object]) -> None:
    """Whole or not at all: a run killed while saving keeps its last checkpoint."""
    part = path.with_suffix(".part")
    torch.save(content, part)
    part.replace(path)
