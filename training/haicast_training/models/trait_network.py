"""A trunk that reads lesion traits locally: every trait is the mean of one linear map, so its evidence has a place."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..simulator.localmaps import LOCAL_MAPS
from ..simulator.traits import TRAITS
from .inception_v4 import InceptionV4


@dataclass(frozen=True)
class TraitOutput:
    #: Standardised traits [N, 8].
    traits: Tensor
    #: Evidence maps [N, 8, h, w]; traits = mean over the map + bias.
    evidence: Tensor
    #: Logits of the local truth maps [N, 9, h', w'] at three depths, shallow to deep.
    local: tuple[Tensor, ...]


class TraitNetwork(nn.Module):
    """InceptionV4 with a linear trait reader, and local supervision at three depths that only training uses."""

    def __init__(self, width: float, in_channels: int = 6) -> None:
        super().__init__()
        self.width = width
        self.trunk = InceptionV4(in_channels, width, padding="same", last_stride=1)
        self.reader = nn.Conv2d(self.trunk.out_channels, len(TRAITS), 1, bias=False)
        self.reader_bias = nn.Parameter(torch.zeros(len(TRAITS)))
        depths = (self.trunk.a_channels, self.trunk.b_channels, self.trunk.out_channels)
        self.local = nn.ModuleList(nn.Conv2d(channels, len(LOCAL_MAPS), 1) for channels in depths)

    def forward(self, image: Tensor) -> TraitOutput:
        maps = self.trunk.stages(image)
        evidence = self.reader(maps[-1])
        local = tuple(head(m) for head, m in zip(self.local, maps, strict=True))
        return TraitOutput(evidence.mean((2, 3)) + self.reader_bias, evidence, local)

    @torch.no_grad()
    def read(self, image: Tensor) -> Tensor:
        """Standardised traits [N, 8] without the training heads."""
        return self.reader(self.trunk(image)).mean((2, 3)) + self.reader_bias
