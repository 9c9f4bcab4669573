"""A trunk that reads lesion traits locally: every trait is the mean of one linear map, so its evidence has a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor, nn

from ..simulator.localmaps import LOCAL_MAPS
from ..simulator.traits import TRAITS
from .inception_v4 import InceptionV4

#: Features between the fine map and its local logits. A thin rim is told by what lies on both sides of it, which one
#: linear map of the stem's features does not say.
FINE_HIDDEN = 32


@dataclass(frozen=True)
class TraitOutput:
    #: Standardised traits [N, 8].
    traits: Tensor
    #: Evidence maps [N, 8, h, w]; traits = mean over the map + bias.
    evidence: Tensor
    #: Logits of the local truth maps [N, 9, h', w'] at every supervised depth, fine to coarse.
    local: tuple[Tensor, ...]


class Trunk(Protocol):
    """An image to maps: the last one, or all that are supervised."""

    out_channels: int
    #: Channels of the supervised maps, shallow to deep.
    depths: tuple[int, ...]
    #: Channels of an early map at a quarter of the image's resolution, where the trunk has one.
    fine_channels: int | None

    def __call__(self, x: Tensor) -> Tensor: ...

    def stages(self, x: Tensor) -> tuple[Tensor | None, tuple[Tensor, ...]]: ...


class TraitNetwork(nn.Module):
    """A trunk (InceptionV4 unless told otherwise) with a linear trait reader, and local supervision for training only."""

    def __init__(self, width: float, in_channels: int = 6, trunk: Trunk | None = None) -> None:
        super().__init__()
        self.width = width
        self.trunk = trunk or InceptionV4(in_channels, width, padding="same", last_stride=1)
        self.reader = nn.Conv2d(self.trunk.out_channels, len(TRAITS), 1, bias=False)
        self.reader_bias = nn.Parameter(torch.zeros(len(TRAITS)))
        self.local = nn.ModuleList(nn.Conv2d(channels, len(LOCAL_MAPS), 1) for channels in self.trunk.depths)
        fine = self.trunk.fine_channels
        self.fine = (
            None
            if fine is None
            else nn.Sequential(nn.Conv2d(fine, FINE_HIDDEN, 1), nn.ReLU(), nn.Conv2d(FINE_HIDDEN, len(LOCAL_MAPS), 1))
        )

    def forward(self, image: Tensor) -> TraitOutput:
        fine, maps = self.trunk.stages(image)
        evidence = self.reader(maps[-1])
        local = tuple(head(m) for head, m in zip(self.local, maps, strict=True))
        if self.fine is not None and fine is not None:
            local = (self.fine(fine), *local)
        return TraitOutput(evidence.mean((2, 3)) + self.reader_bias, evidence, local)

    @torch.no_grad()
    def read(self, image: Tensor) -> Tensor:
        """Standardised traits [N, 8] without the training heads."""
        return self.reader(self.trunk(image)).mean((2, 3)) + self.reader_bias
