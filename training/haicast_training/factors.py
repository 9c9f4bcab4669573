"""The clinical inputs of the model: ids, units and transforms as the application's manifest wants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Transform = Literal["identity", "log10", "log10p1", "sqrt"]

TRANSFORMS = {
    "identity": lambda v: v,
    "log10": np.log10,
    "log10p1": lambda v: np.log10(v + 1),
    "sqrt": np.sqrt,
}


@dataclass(frozen=True)
class FactorInput:
    """One numeric input by its id in `src/shared/clinical/model-inputs.ts`, in its canonical unit."""

    id: str
    unit: str
    transform: Transform
    binary: bool = False


#: Named before any fit: the pre-chosen five, and the four others that the literature ties to response or survival.
INPUTS = (
    FactorInput("nlr", "1", "log10"),
    FactorInput("afp", "ng/mL", "log10"),
    FactorInput("pivkaII", "mAU/mL", "log10"),
    FactorInput("pvtt", "1", "identity"),
    FactorInput("largestDiameter", "mm", "log10"),
    FactorInput("albi", "1", "identity"),
    FactorInput("priorTreatment", "1", "identity", binary=True),
    FactorInput("coTherapy", "1", "identity", binary=True),
    FactorInput("extrahepaticSpread", "1", "identity", binary=True),
)


@dataclass(frozen=True)
class Scaler:
    """z = (transform(value) - center) / scale, fitted on training patients only; missing becomes 0."""

    inputs: tuple[FactorInput, ...]
    center: NDArray[np.float64]
    scale: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @staticmethod
    def fit(values: NDArray[np.float64], inputs: tuple[FactorInput, ...] = INPUTS) -> Scaler:
        """``values`` [N, F] in canonical units, NaN where missing."""
        if not inputs:
            return Scaler(inputs, *(np.empty(0) for _ in range(4)))
        changed = transformed(values, inputs)
        scale = np.nanstd(changed, axis=0)
        return Scaler(
            inputs,
            np.nanmean(changed, axis=0),
            np.where(scale > 0, scale, 1.0),
            np.nanpercentile(values, 2, axis=0),
            np.nanpercentile(values, 98, axis=0),
        )

    def z(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.nan_to_num((transformed(values, self.inputs) - self.center) / self.scale)


def transformed(values: NDArray[np.float64], inputs: tuple[FactorInput, ...]) -> NDArray[np.float64]:
    return np.stack([TRANSFORMS[f.transform](values[:, j]) for j, f in enumerate(inputs)], axis=1)
