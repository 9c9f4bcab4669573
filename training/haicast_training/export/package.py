"""Writes a model package: `model.onnx`, `model.json`, `MODEL_CARD.md` and the reference input of the self-test."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import __version__
from ..contract import CROP, ROLES
from ..models.response import Novelty, ResponseModel
from ..models.trait_network import TraitNetwork
from ..novelty import NoveltyGate
from ..response.fit import Fit
from .card import model_card
from .onnx_file import export_float32, halve_weights
from .session import open_session, run_session
from .statements import Judged, Training, stated
from .words import translations

#: Of the self-test: float32 arithmetic in another order, on any execution provider.
TOLERANCE = 2e-3
INTERVAL_LEVEL = 0.9


@dataclass(frozen=True)
class Provenance:
    """What the manifest says about where the model comes from."""

    version: str
    created: str
    cohort: str
    n: int
    base_rate: float
    seed: int
    notes: list[str]
    metrics: list[dict[str, Any]] = field(default_factory=list)
    name: str = "InceptionV4, simulated patients"
    id: str = "inceptionv4-haic-sim"
    status: str = "simulated"
    criterion: str = "mRECIST"
    #: What only this package says, in Chinese (`words.py`).
    chinese: dict[str, Any] = field(default_factory=dict)
    interval_method: str = "bootstrap refits of the head, widened by the error of the log-odds in cross-validation"


@dataclass(frozen=True)
class Reference:
    image: NDArray[np.float32]  # [6, 128, 128]
    clinical: NDArray[np.float64]  # raw values in canonical units, NaN where missing


def write_package(
    out: Path,
    network: TraitNetwork,
    fit: Fit,
    gate: NoveltyGate,
    novelty: Novelty,
    provenance: Provenance,
    reference: Reference,
    training: Training,
    judged: Judged | None = None,
) -> dict[str, Any]:
    """Returns the manifest. The reference answer is computed by the stored file itself, on the CPU."""
    out.mkdir(parents=True, exist_ok=True)
    model = ResponseModel(network, fit.head, fit.members, novelty)
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "float32.onnx"
        export_float32(model, len(fit.scaler.inputs), whole)
        halve_weights(whole, out / "model.onnx")
    reference.image.astype("<f4").tofile(out / "reference-image.f32")
    expected, z, mask = _reference_answer(out / "model.onnx", reference, fit)
    content = (out / "model.onnx").read_bytes()
    manifest = {
        "schema": 1,
        "id": provenance.id,
        "version": provenance.version,
        "name": provenance.name,
        "status": provenance.status,
        "created": provenance.created,
        "architecture": f"InceptionV4 (width {network.width:g}, same padding, reduction B at stride 1), additive head",
        "weights": {
            "file": "model.onnx",
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "storedAs": "float16",
        },
        "event": {
            "name": "objective response",
            "positive": ["CR", "PR"],
            "negative": ["SD", "PD"],
            "criterion": provenance.criterion,
        },
        "baseRate": provenance.base_rate,
        "channels": [{"role": role, "required": role == "arterial"} for role in ROLES],
        "crop": {
            "plane": "axial",
            "size": CROP.size,
            "fovPerDiameter": CROP.fov_per_diameter,
            "fovMinMm": CROP.fov_min_mm,
            "fovMaxMm": CROP.fov_max_mm,
        },
        "normalisation": {"method": "robust-z", "clip": CROP.clip},
        "factors": [
            {
                "id": factor.id,
                "unit": factor.unit,
                "transform": factor.transform,
                "center": float(fit.scaler.center[j]),
                "scale": float(fit.scaler.scale[j]),
                "coefficient": float(np.float32(fit.head.clinical[j])),
                "range": None if factor.binary else [float(fit.scaler.low[j]), float(fit.scaler.high[j])],
                "missing": "training-mean",
            }
            for j, factor in enumerate(fit.scaler.inputs)
        ],
        "bias": float(model.head_bias),
        "threshold": {"value": fit.threshold, "method": "Youden index on out-of-fold probabilities of the training cohort"},
        "calibration": {"method": "temperature on out-of-fold logits", "temperature": fit.temperature},
        "interval": {
            "method": provenance.interval_method,
            "level": INTERVAL_LEVEL,
            "members": len(fit.members),
        },
        "novelty": {
            "mean": gate.mean.tolist(),
            "precision": gate.precision.tolist(),
            "limit": gate.limit,
            "quantile": gate.quantile,
        },
        "metrics": provenance.metrics,
        "training": {
            "cohort": provenance.cohort,
            "n": provenance.n,
            "seed": provenance.seed,
            "code": f"training/haicast_training {__version__}",
            "notes": provenance.notes,
        },
        "translations": translations(provenance.interval_method, network.width, provenance.chinese),
        "reference": {
            "image": "reference-image.f32",
            "clinical": z,
            "clinicalMask": mask,
            "expected": expected,
            "tolerance": TOLERANCE,
        },
    }
    return write_manifest(out, stated(out, manifest, training, judged, provenance.seed))


def write_manifest(out: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """`model.json`, and the card that says the same."""
    (out / "model.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / "MODEL_CARD.md").write_text(model_card(manifest), encoding="utf-8")
    return manifest


def _reference_answer(path: Path, reference: Reference, fit: Fit) -> tuple[dict[str, Any], list[float], list[float]]:
    z = fit.scaler.z(reference.clinical[None])
    mask = (~np.isnan(reference.clinical[None])).astype(np.float32)
    out = run_session(open_session(path), reference.image[None], z, mask)
    expected = {
        "logit": float(out["logit"][0]),
        "imageContribution": float(out["image_contribution"][0]),
        "clinicalContributions": out["clinical_contributions"][0].astype(float).tolist(),
        "cam": out["cam"][0].astype(float).ravel().tolist(),
    }
    return expected, z[0].astype(np.float32).astype(float).tolist(), mask[0].astype(float).tolist()
