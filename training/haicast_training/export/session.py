"""Runs a stored model on the CPU, as the application does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime


def open_session(path: Path) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def run_session(
    session: onnxruntime.InferenceSession, image: np.ndarray, z: np.ndarray, mask: np.ndarray
) -> dict[str, np.ndarray]:
    """All outputs by name, in batches of 32 patients."""
    names = [output.name for output in session.get_outputs()]
    parts: list[list[np.ndarray]] = []
    for i in range(0, len(image), 32):
        rows = slice(i, i + 32)
        feeds = {"image": image[rows], "clinical": z[rows], "clinical_mask": mask[rows]}
        parts.append(session.run(None, {name: value.astype(np.float32) for name, value in feeds.items()}))
    return {name: np.concatenate([part[i] for part in parts]) for i, name in enumerate(names)}
