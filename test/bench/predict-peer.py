"""Python's ONNX Runtime on a package's reference input: predict-peer.py WEIGHTS FOLDER RUNS. Prints one line."""

import json
import resource
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime as ort

weights, folder, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
manifest = json.loads((folder / "model.json").read_text(encoding="utf-8"))
size, reference = manifest["crop"]["size"], manifest["reference"]
inputs = {
    "image": np.fromfile(folder / reference["image"], "<f4").reshape(1, len(manifest["channels"]), size, size),
    "clinical": np.array([reference["clinical"]], np.float32),
    "clinical_mask": np.array([reference["clinicalMask"]], np.float32),
}
session = ort.InferenceSession(weights, providers=["CPUExecutionProvider"])
for _ in range(3):
    session.run(None, inputs)
times = []
for _ in range(runs):
    start = time.perf_counter()
    session.run(None, inputs)
    times.append(1000 * (time.perf_counter() - start))
p95 = statistics.quantiles(times, n=20)[-1]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"p50 {statistics.median(times):.1f} ms, p95 {p95:.1f} ms in the model alone (onnxruntime {ort.__version__}), peak {peak:.0f} MiB")
