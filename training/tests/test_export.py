"""The exported file: PyTorch and ONNX Runtime agree, the parts add up, the stored weights cost next to nothing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import numpy_helper

from haicast_training.export.onnx_file import export_float32, halve_weights
from haicast_training.export.package import Provenance, Reference, write_package
from haicast_training.export.session import open_session, run_session
from haicast_training.export.statements import Training
from haicast_training.factors import INPUTS
from haicast_training.models.response import PADDED_CHANNELS, Novelty, ResponseModel
from haicast_training.models.trait_network import TraitNetwork
from haicast_training.novelty import NoveltyGate
from haicast_training.response.fit import fit_response

RNG = np.random.default_rng(5)
IMAGE = RNG.normal(size=(5, 6, 128, 128)).astype(np.float32)
Z = RNG.normal(size=(5, len(INPUTS))).astype(np.float32)
MASK = (RNG.random((5, len(INPUTS))) < 0.8).astype(np.float32)


@pytest.fixture(scope="module")
def files(response_model: ResponseModel, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("onnx")
    whole, half = folder / "float32.onnx", folder / "float16.onnx"
    export_float32(response_model, len(INPUTS), whole)
    halve_weights(whole, half)
    return whole, half


@pytest.fixture(scope="module")
def torch_outputs(response_model: ResponseModel) -> dict[str, np.ndarray]:
    with torch.no_grad():
        found = response_model(torch.from_numpy(IMAGE), torch.from_numpy(Z), torch.from_numpy(MASK))
    return {name: value.numpy() for name, value in zip(ResponseModel.OUTPUTS, found, strict=True)}


def test_onnx_equals_pytorch(files: tuple[Path, Path], torch_outputs: dict[str, np.ndarray]) -> None:
    found = run_session(open_session(files[0]), IMAGE, Z, MASK)
    assert set(found) == set(torch_outputs)
    for name, value in torch_outputs.items():
        np.testing.assert_allclose(found[name], value, atol=1e-4, rtol=1e-4, err_msg=name)


def test_stored_half_weights_move_no_probability(files: tuple[Path, Path], torch_outputs: dict) -> None:
    found = run_session(open_session(files[1]), IMAGE, Z, MASK)
    assert np.abs(found["probability"] - torch_outputs["probability"]).max() <= 0.01
    assert files[1].stat().st_size < 0.6 * files[0].stat().st_size


def test_parts_add_up_to_the_logit(files: tuple[Path, Path], response_model: ResponseModel) -> None:
    found = run_session(open_session(files[1]), IMAGE, Z, MASK)
    parts = float(response_model.head_bias) + found["cam"].sum((1, 2, 3)) + found["clinical_contributions"].sum(1)
    np.testing.assert_allclose(parts, found["logit"], atol=1e-4)
    np.testing.assert_allclose(found["cam"].sum((1, 2, 3)), found["image_contribution"], atol=1e-4)
    np.testing.assert_allclose(1 / (1 + np.exp(-found["logit"])), found["probability"], atol=1e-6)


def test_a_masked_factor_contributes_nothing(files: tuple[Path, Path]) -> None:
    found = run_session(open_session(files[1]), IMAGE, Z, MASK)
    assert (found["clinical_contributions"][MASK == 0] == 0).all()
    other = run_session(open_session(files[1]), IMAGE, np.where(MASK == 0, 99, Z), MASK)
    np.testing.assert_array_equal(found["logit"], other["logit"])


def test_first_convolution_sees_eight_channels_and_the_head_stays_float32(files: tuple[Path, Path]) -> None:
    graph = onnx.load(files[1]).graph
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    assert any(node.op_type == "Pad" for node in graph.node)
    first = next(value for name, value in weights.items() if value.ndim == 4 and value.shape[2:] == (3, 3))
    assert first.shape[1] == PADDED_CHANNELS and not first[:, 6:].any()
    kernels = {node.input[1] for node in graph.node if node.op_type == "Conv" and "cam" in node.output}
    assert all(weights[name].dtype == np.float32 for name in kernels if name in weights)


def test_any_batch_size(files: tuple[Path, Path]) -> None:
    session = onnxruntime.InferenceSession(str(files[1]), providers=["CPUExecutionProvider"])
    one = session.run(["logit"], {"image": IMAGE[:1], "clinical": Z[:1], "clinical_mask": MASK[:1]})[0]
    np.testing.assert_allclose(one, run_session(session, IMAGE, Z, MASK)["logit"][:1], atol=1e-5)


def test_package_states_what_the_file_does(network: TraitNetwork, tmp_path: Path) -> None:
    clinical = np.exp(RNG.normal(size=(60, len(INPUTS)))) * 10
    fit = fit_response(RNG.normal(size=(60, 8)), clinical, np.arange(60) % 2, seed=1, members=10)
    directions = Novelty(RNG.normal(size=(2, network.trunk.out_channels)), np.zeros(2))
    gate = NoveltyGate.fit(RNG.normal(size=(60, 10)))
    provenance = Provenance("0.0.1", "2026-01-01T00:00:00Z", "test", 60, 0.5, 1, ["a test"])
    clinical[0, 2] = np.nan
    training = Training("test", np.repeat(IMAGE[:1], 60, axis=0), clinical, {"coTherapy": ["none", "tki+ici"]}, fit.out_of_fold)
    reference = Reference(IMAGE[0], clinical[0])
    manifest = write_package(tmp_path, network, fit, gate, directions, provenance, reference, training)
    assert sum(one["n"] for one in manifest["population"]["bins"]) == 60
    by_id = {factor["id"]: factor for factor in manifest["factors"]}
    assert by_id["coTherapy"]["categories"] == ["none", "tki+ici"] and "categories" not in by_id["afp"]
    assert all(factor["spread"][0] <= factor["spread"][1] and factor["extrapolate"] == "clamp" for factor in by_id.values())
    assert all(len(channel["spread"]) == 2 for channel in manifest["channels"])
    low, high = manifest["optionalImages"]["spread"]
    assert low <= high
    assert "coverage" not in manifest["interval"]
    assert json.loads((tmp_path / "model.json").read_text()) == manifest
    reference = manifest["reference"]
    image = np.fromfile(tmp_path / reference["image"], "<f4").reshape(1, 6, 128, 128)
    z, mask = (np.array([reference[name]], np.float32) for name in ("clinical", "clinicalMask"))
    assert mask[0, 2] == 0 and z[0, 2] == 0
    found = run_session(open_session(tmp_path / "model.onnx"), image, z, mask)
    assert found["logit"][0] == pytest.approx(reference["expected"]["logit"], abs=1e-6)
    coefficients = np.array([factor["coefficient"] for factor in manifest["factors"]])
    np.testing.assert_allclose(coefficients * z[0] * mask[0], found["clinical_contributions"][0], atol=1e-5)
    bias = found["logit"][0] - found["cam"][0].sum() - found["clinical_contributions"][0].sum()
    assert bias == pytest.approx(manifest["bias"], abs=1e-4)
    assert "simulated" in (tmp_path / "MODEL_CARD.md").read_text()
