"""ONNX export, and storage of the trunk's weights as float16 with a Cast in front of each."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from ..contract import CROP, ROLES
from ..models.response import ResponseModel

#: Tensors smaller than this many values gain nothing from float16.
WORTH_HALVING = 512


def export_float32(model: ResponseModel, factors: int, path: Path) -> None:
    """Opset 17; the batch size stays free."""
    example = (
        torch.zeros(2, len(ROLES), CROP.size, CROP.size),
        torch.zeros(2, factors),
        torch.ones(2, factors),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the TorchScript exporter is deprecated upstream; both paths agree to 1e-6
        torch.onnx.export(
            model.eval(),
            example,
            str(path),
            opset_version=17,
            dynamo=False,
            input_names=["image", "clinical", "clinical_mask"],
            output_names=list(model.OUTPUTS),
            dynamic_axes={name: {0: "n"} for name in ("image", "clinical", "clinical_mask", *model.OUTPUTS)},
        )


def halve_weights(source: Path, target: Path) -> None:
    """Store the convolutions' weights as float16; biases and the additive head stay float32, so sums stay exact."""
    model = onnx.load(source)
    graph = model.graph
    kernels = {node.input[1] for node in graph.node if node.op_type == "Conv"}
    keep = {name for name in kernels if name.startswith("head_")} | _head_constants(graph)
    casts, stored = [], []
    for initializer in graph.initializer:
        values = numpy_helper.to_array(initializer)
        if initializer.name in kernels - keep and values.dtype == np.float32 and values.size >= WORTH_HALVING:
            name = f"{initializer.name}.f16"
            stored.append(numpy_helper.from_array(values.astype(np.float16), name))
            casts.append(helper.make_node("Cast", [name], [initializer.name], to=TensorProto.FLOAT))
        else:
            stored.append(initializer)
    del graph.initializer[:]
    graph.initializer.extend(stored)
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(casts + nodes)
    onnx.checker.check_model(model)
    onnx.save(model, target)


def _head_constants(graph: onnx.GraphProto) -> set[str]:
    """Kernel of the convolution that makes the map (exporters may rename it while folding constants)."""
    return {node.input[1] for node in graph.node if node.op_type == "Conv" and "cam" in node.output}
