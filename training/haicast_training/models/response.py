"""The exported model: image evidence and clinical terms that add up to the logit, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .trait_network import TraitNetwork

#: ONNX Runtime's WebGPU provider computes a convolution over six input channels wrongly (microsoft/onnxruntime#29651);
#: over eight it is right. Two zero channels with zero weights change nothing else.
PADDED_CHANNELS = 8


@dataclass(frozen=True)
class Head:
    """A fitted response head on the log-odds scale, temperature already in it."""

    bias: float
    #: Per standardised trait, [8].
    traits: np.ndarray
    #: Per clinical z-score, [F].
    clinical: np.ndarray


@dataclass(frozen=True)
class Novelty:
    """Principal directions of the pooled last map, beside the traits: what a strange image moves."""

    #: [P, C] and [P]: component = weight @ pooled + offset.
    weight: np.ndarray
    offset: np.ndarray


class ResponseModel(nn.Module):
    """`image`, `clinical`, `clinical_mask` to the outputs that `src/shared/model/manifest.ts` names."""

    OUTPUTS = (
        "logit",
        "probability",
        "cam",
        "image_contribution",
        "clinical_contributions",
        "logit_members",
        "features",
    )

    def __init__(self, network: TraitNetwork, head: Head, members: list[Head], novelty: Novelty | None = None) -> None:
        super().__init__()
        self.trunk = padded(network)
        channels = network.trunk.out_channels
        reader = network.reader.weight.detach().view(-1, channels)
        self.register_buffer("head_reader", reader.clone())
        self.register_buffer("head_reader_bias", network.reader_bias.detach().clone())
        beta = tensor(head.traits)
        self.register_buffer("head_cam", (beta @ reader).view(1, channels, 1, 1))
        # The map holds what the image says; what the reader's constants say belongs to the bias.
        self.register_buffer("head_bias", tensor(head.bias) + beta @ self.head_reader_bias)
        self.register_buffer("head_clinical", tensor(head.clinical))
        self.register_buffer("head_member_bias", tensor([m.bias for m in members]))
        self.register_buffer("head_member_traits", tensor(np.stack([m.traits for m in members])).T.contiguous())
        self.register_buffer("head_member_clinical", tensor(np.stack([m.clinical for m in members])).T.contiguous())
        if novelty is None:
            novelty = Novelty(np.zeros((0, channels)), np.zeros(0))
        self.register_buffer("head_novelty", tensor(novelty.weight).T.contiguous())
        self.register_buffer("head_novelty_offset", tensor(novelty.offset))

    def forward(self, image: Tensor, clinical: Tensor, clinical_mask: Tensor) -> tuple[Tensor, ...]:
        maps = self.trunk(functional.pad(image, (0, 0, 0, 0, 0, PADDED_CHANNELS - 6)))
        cells = maps.shape[-1] * maps.shape[-2]
        cam = functional.conv2d(maps, self.head_cam / cells)
        pooled = maps.mean((2, 3))
        traits = pooled @ self.head_reader.T + self.head_reader_bias
        image_contribution = cam.sum((1, 2, 3))
        z = clinical * clinical_mask
        contributions = z * self.head_clinical
        logit = self.head_bias + image_contribution + contributions.sum(1)
        members = self.head_member_bias + traits @ self.head_member_traits + z @ self.head_member_clinical
        features = traits
        if self.head_novelty.shape[1]:
            features = torch.cat([traits, pooled @ self.head_novelty + self.head_novelty_offset], dim=1)
        return logit, torch.sigmoid(logit), cam, image_contribution, contributions, members, features


def padded(network: TraitNetwork) -> nn.Module:
    """The trunk with two zero input channels more; its own weights are copied, not shared."""
    trunk = type(network.trunk)(PADDED_CHANNELS, network.width)
    state = {name: value.clone() for name, value in network.trunk.state_dict().items()}
    first = "features.0.conv.weight"
    state[first] = functional.pad(state[first], (0, 0, 0, 0, 0, PADDED_CHANNELS - state[first].shape[1]))
    trunk.load_state_dict(state)
    return trunk.eval()


def tensor(values: object) -> Tensor:
    return torch.as_tensor(np.asarray(values), dtype=torch.float32)
