"""The rivals of the selection with six input channels: torchvision's AlexNet and ResNets, up to their last map."""

from __future__ import annotations

from collections.abc import Callable

import torchvision
from torch import Tensor, nn

from .inception_v4 import InceptionV4
from .trait_network import Trunk


class LastMap(nn.Module):
    """A torchvision feature extractor: one map, at one depth."""

    def __init__(self, features: nn.Module, channels: int) -> None:
        super().__init__()
        self.features = features
        self.out_channels = channels
        self.depths: tuple[int, ...] = (channels,)
        self.fine_channels = None

    def forward(self, x: Tensor) -> Tensor:
        return self.features(x)

    def stages(self, x: Tensor) -> tuple[None, tuple[Tensor, ...]]:
        return None, (self.features(x),)


def alexnet(in_channels: int = 6) -> LastMap:
    features = torchvision.models.alexnet(weights=None).features
    features[0] = nn.Conv2d(in_channels, 64, 11, 4, 2)
    return LastMap(features, 256)


def resnet(depth: int, in_channels: int = 6) -> LastMap:
    network = getattr(torchvision.models, f"resnet{depth}")(weights=None)
    network.conv1 = nn.Conv2d(in_channels, 64, 7, 2, 3, bias=False)
    channels = network.fc.in_features
    return LastMap(nn.Sequential(*list(network.children())[:-2]), channels)


#: What the paper compared: AlexNet, ResNet (at two depths here) and InceptionV4.
CANDIDATES: dict[str, Callable[[float], Trunk]] = {
    "AlexNet": lambda _: alexnet(),
    "ResNet-18": lambda _: resnet(18),
    "ResNet-50": lambda _: resnet(50),
    "InceptionV4": lambda width: InceptionV4(6, width),
}

#: Share of the common learning rate; AlexNet has no batch normalisation and diverges at the full one.
RATE_SHARE = {"AlexNet": 0.2}
