"""pydicom on all frames of some files: scan-decode-peer.py REPEATS WARM_UP_SECONDS FILE... Prints one line of JSON.

Timed inside the process after the warm-up, as this application is; reading the file is part of it, and whichever
plug-in pydicom finds decodes. A file that cannot be decoded gives the reason instead of a time.
"""

import json
import statistics
import sys
import time

import pydicom
from pydicom.pixels import pixel_array

repeats, warm_up, paths = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]


def decode():
    started, processor = time.perf_counter(), time.process_time()
    for path in paths:
        pixel_array(pydicom.dcmread(path))
    return (time.perf_counter() - started) * 1000, (time.process_time() - processor) * 1000


try:
    warm_at = time.perf_counter() + warm_up
    while True:
        decode()
        if time.perf_counter() >= warm_at:
            break
    times = [decode() for _ in range(repeats)]
    ms, cpu_ms = (statistics.median(column) for column in zip(*times))
    print(json.dumps({"version": pydicom.__version__, "ms": ms, "cpuMs": cpu_ms}))
except Exception as error:  # whatever a plug-in throws is the answer
    print(json.dumps({"version": pydicom.__version__, "reason": " ".join(str(error).split())[:160]}))
