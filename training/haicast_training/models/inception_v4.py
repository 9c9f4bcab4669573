"""InceptionV4 (Szegedy et al. 2016, arXiv:1602.07261, figures 3 to 9) with a width factor and a fine last map.

At ``width=1, padding="valid", last_stride=2`` this is the published network; its parameters are named as in timm's
``inception_v4`` (``features.*``), so that those weights load and ``tests/test_inception_v4.py`` can prove equality.

Two settings depart from the paper for the sake of the map: ``padding="same"`` wherever the paper has "V" (valid), and
``last_stride=1`` in reduction B. A 128 px crop then ends in 8 x 8 cells instead of 2 x 2. Parameter shapes do not change.
"""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor, nn

Padding = Literal["valid", "same"]
Size = int | tuple[int, int]


class ConvBn(nn.Module):
    """Convolution without bias, batch normalisation (epsilon 1e-3 as in the original), ReLU."""

    def __init__(self, inputs: int, outputs: int, kernel: Size, stride: int = 1, padding: Size = 0) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False)
        self.bn = nn.BatchNorm2d(outputs, eps=1e-3)

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.bn(self.conv(x)))


class Parallel(nn.Module):
    """Branches over the same input, joined along the channels; named as the caller names them."""

    def __init__(self, **branches: nn.Module) -> None:
        super().__init__()
        for name, branch in branches.items():
            self.add_module(name, branch)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([branch(x) for branch in self.children()], dim=1)


class Widths:
    """The paper's channel counts times ``factor``; at multiples of 1/32 every concatenation still adds up exactly."""

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def __call__(self, channels: int) -> int:
        return round(channels * self.factor)


def average_3x3() -> nn.AvgPool2d:
    return nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False)


class InceptionC(nn.Module):
    """Block C on the 8 x 8 grid (figure 6). Flat parameter names (``branch1_1a``) as in timm."""

    def __init__(self, widths: Widths) -> None:
        super().__init__()
        w, row, column = widths, ((1, 3), 1, (0, 1)), ((3, 1), 1, (1, 0))
        self.branch0 = ConvBn(w(1536), w(256), 1)
        self.branch1_0 = ConvBn(w(1536), w(384), 1)
        self.branch1_1a = ConvBn(w(384), w(256), *row)
        self.branch1_1b = ConvBn(w(384), w(256), *column)
        self.branch2_0 = ConvBn(w(1536), w(384), 1)
        self.branch2_1 = ConvBn(w(384), w(448), *column)
        self.branch2_2 = ConvBn(w(448), w(512), *row)
        self.branch2_3a = ConvBn(w(512), w(256), *row)
        self.branch2_3b = ConvBn(w(512), w(256), *column)
        self.branch3 = nn.Sequential(average_3x3(), ConvBn(w(1536), w(256), 1))

    def forward(self, x: Tensor) -> Tensor:
        one = self.branch1_0(x)
        two = self.branch2_2(self.branch2_1(self.branch2_0(x)))
        return torch.cat(
            [
                self.branch0(x),
                self.branch1_1a(one),
                self.branch1_1b(one),
                self.branch2_3a(two),
                self.branch2_3b(two),
                self.branch3(x),
            ],
            dim=1,
        )


def _stem(w: Widths, channels: int, pad: int) -> list[nn.Module]:
    """Figure 3: 3x3 convolutions and the three mixed reductions up to 384 channels."""
    return [
        ConvBn(channels, w(32), 3, 2, pad),
        ConvBn(w(32), w(32), 3, 1, pad),
        ConvBn(w(32), w(64), 3, 1, 1),
        Parallel(maxpool=nn.MaxPool2d(3, 2, pad), conv=ConvBn(w(64), w(96), 3, 2, pad)),
        Parallel(
            branch0=nn.Sequential(ConvBn(w(160), w(64), 1), ConvBn(w(64), w(96), 3, 1, pad)),
            branch1=nn.Sequential(
                ConvBn(w(160), w(64), 1),
                ConvBn(w(64), w(64), (1, 7), 1, (0, 3)),
                ConvBn(w(64), w(64), (7, 1), 1, (3, 0)),
                ConvBn(w(64), w(96), 3, 1, pad),
            ),
        ),
        Parallel(conv=ConvBn(w(192), w(192), 3, 2, pad), maxpool=nn.MaxPool2d(3, 2, pad)),
    ]


def _block_a(w: Widths) -> nn.Module:
    """Figure 4, on the 35 x 35 grid of a 299 px image."""
    return Parallel(
        branch0=ConvBn(w(384), w(96), 1),
        branch1=nn.Sequential(ConvBn(w(384), w(64), 1), ConvBn(w(64), w(96), 3, 1, 1)),
        branch2=nn.Sequential(ConvBn(w(384), w(64), 1), ConvBn(w(64), w(96), 3, 1, 1), ConvBn(w(96), w(96), 3, 1, 1)),
        branch3=nn.Sequential(average_3x3(), ConvBn(w(384), w(96), 1)),
    )


def _reduction_a(w: Widths, pad: int) -> nn.Module:
    """Figure 7 with k=192, l=224, m=256, n=384."""
    return Parallel(
        branch0=ConvBn(w(384), w(384), 3, 2, pad),
        branch1=nn.Sequential(ConvBn(w(384), w(192), 1), ConvBn(w(192), w(224), 3, 1, 1), ConvBn(w(224), w(256), 3, 2, pad)),
        branch2=nn.MaxPool2d(3, 2, pad),
    )


def _block_b(w: Widths) -> nn.Module:
    """Figure 5, on the 17 x 17 grid."""
    row, column = ((1, 7), 1, (0, 3)), ((7, 1), 1, (3, 0))
    return Parallel(
        branch0=ConvBn(w(1024), w(384), 1),
        branch1=nn.Sequential(ConvBn(w(1024), w(192), 1), ConvBn(w(192), w(224), *row), ConvBn(w(224), w(256), *column)),
        branch2=nn.Sequential(
            ConvBn(w(1024), w(192), 1),
            ConvBn(w(192), w(192), *column),
            ConvBn(w(192), w(224), *row),
            ConvBn(w(224), w(224), *column),
            ConvBn(w(224), w(256), *row),
        ),
        branch3=nn.Sequential(average_3x3(), ConvBn(w(1024), w(128), 1)),
    )


def _reduction_b(w: Widths, pad: int, stride: int) -> nn.Module:
    """Figure 8."""
    return Parallel(
        branch0=nn.Sequential(ConvBn(w(1024), w(192), 1), ConvBn(w(192), w(192), 3, stride, pad)),
        branch1=nn.Sequential(
            ConvBn(w(1024), w(256), 1),
            ConvBn(w(256), w(256), (1, 7), 1, (0, 3)),
            ConvBn(w(256), w(320), (7, 1), 1, (3, 0)),
            ConvBn(w(320), w(320), 3, stride, pad),
        ),
        branch2=nn.MaxPool2d(3, stride, pad),
    )


class InceptionV4(nn.Module):
    """Stem, 4 x A, reduction A, 7 x B, reduction B, 3 x C: an image to a map of ``out_channels`` features."""

    #: Index into ``features`` of the stem's last map at a quarter of the image's resolution, of the last block A and of
    #: the last block B: where training hangs its auxiliary heads.
    FINE, LAST_A, LAST_B = 4, 9, 17

    def __init__(self, in_channels: int = 6, width: float = 1.0, padding: Padding = "same", last_stride: int = 1) -> None:
        super().__init__()
        w, pad = Widths(width), 1 if padding == "same" else 0
        self.features = nn.Sequential(
            *_stem(w, in_channels, pad),
            *(_block_a(w) for _ in range(4)),
            _reduction_a(w, pad),
            *(_block_b(w) for _ in range(7)),
            _reduction_b(w, pad, last_stride),
            *(InceptionC(w) for _ in range(3)),
        )
        self.out_channels = w(1536)
        self.depths = (w(384), w(1024), w(1536))
        self.fine_channels = w(192)

    def forward(self, x: Tensor) -> Tensor:
        return self.features(x)

    def stages(self, x: Tensor) -> tuple[Tensor, tuple[Tensor, Tensor, Tensor]]:
        """The stem's fine map, and the maps after the last A, the last B and the last C block."""
        fine = self.features[: self.FINE + 1](x)
        a = self.features[self.FINE + 1 : self.LAST_A + 1](fine)
        b = self.features[self.LAST_A + 1 : self.LAST_B + 1](a)
        return fine, (a, b, self.features[self.LAST_B + 1 :](b))
