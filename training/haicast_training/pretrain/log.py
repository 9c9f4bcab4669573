"""Training metrics: a CSV file always, TensorBoard events beside it where that package is installed."""

from __future__ import annotations

import csv
import sys
from pathlib import Path


class MetricsLog:
    """Scalars by step under ``folder``: ``NAME.csv`` per table, and event files in ``folder/tensorboard``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ModuleNotFoundError:
            print("tensorboard is not installed: metrics are written to CSV only", file=sys.stderr)
            self._events = None
        else:
            self._events = SummaryWriter(str(folder / "tensorboard"))

    def add(self, table: str, step: int, values: dict[str, float]) -> None:
        """Append one line, with a header where the file is new."""
        path = self.folder / f"{table}.csv"
        row = {"step": step, **{name: round(value, 5) for name, value in values.items()}}
        new = not path.exists()
        with path.open("a", newline="") as file:
            writer = csv.DictWriter(file, row)
            if new:
                writer.writeheader()
            writer.writerow(row)
        if self._events is not None:
            for name, value in values.items():
                self._events.add_scalar(f"{table}/{name}", value, step)

    def close(self) -> None:
        if self._events is not None:
            self._events.close()


def seconds_spent(path: Path) -> float:
    """Training time in ``metrics.csv``, summed over resumed parts: the clock restarts with each."""
    total, last = 0.0, 0.0
    for row in csv.DictReader(path.open()):
        seconds = float(row["s"])
        if seconds < last:
            total += last
        last = seconds
    return total + last
