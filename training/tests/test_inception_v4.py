"""The network is InceptionV4."""

from __future__ import annotations

import pytest
import torch

from haicast_training.models.inception_v4 import InceptionV4
from haicast_training.models.response import PADDED_CHANNELS, padded
from haicast_training.models.trait_network import TraitNetwork


def test_equals_timm_at_full_width() -> None:
    timm = pytest.importorskip("timm")
    torch.manual_seed(0)
    theirs = timm.create_model("inception_v4", in_chans=6).eval()
    ours = InceptionV4(6, width=1.0, padding="valid", last_stride=2).eval()
    state = {name: value for name, value in theirs.state_dict().items() if name.startswith("features.")}
    ours.load_state_dict(state, strict=True)
    image = torch.randn(1, 6, 107, 107)
    with torch.no_grad():
        assert torch.equal(ours(image), theirs.forward_features(image))


def test_map_settings_keep_every_parameter_shape() -> None:
    published = InceptionV4(6, 0.25, padding="valid", last_stride=2).state_dict()
    fine = InceptionV4(6, 0.25, padding="same", last_stride=1).state_dict()
    assert {name: value.shape for name, value in published.items()} == {n: v.shape for n, v in fine.items()}


@pytest.mark.parametrize("width", [0.125, 0.25, 0.375, 0.5])
def test_crop_of_128_ends_in_8_by_8(width: float) -> None:
    trunk = InceptionV4(6, width).eval()
    with torch.no_grad():
        fine, maps = trunk.stages(torch.zeros(1, 6, 128, 128))
    assert fine.shape[1:] == (trunk.fine_channels, 32, 32)
    assert [m.shape[-1] for m in maps] == [16, 8, 8]
    assert [m.shape[1] for m in maps] == list(trunk.depths)


def test_two_more_zero_channels_change_nothing(network: TraitNetwork) -> None:
    image = torch.randn(2, 6, 64, 64)
    wide = torch.cat([image, torch.randn(2, PADDED_CHANNELS - 6, 64, 64)], dim=1)
    with torch.no_grad():
        torch.testing.assert_close(padded(network)(wide), network.trunk(image), atol=1e-5, rtol=1e-5)
