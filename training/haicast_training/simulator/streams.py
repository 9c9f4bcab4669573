"""Named random streams: every part of a patient draws from its own, so a change in one leaves the others alone."""

from __future__ import annotations

from zlib import crc32

import numpy as np


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """A generator fixed by ``seed`` and a path of names, the same on every machine."""
    keys = [name if isinstance(name, int) else crc32(name.encode()) for name in names]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *keys])))
