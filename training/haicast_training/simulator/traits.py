"""Image traits of the index lesion: what a radiologist would describe, drawn before anything is painted.

Distributions are *assumed* unless a source is named; [R] marks a figure read in its source.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

#: Traits that act on response, in the order of the trait vector.
TRAITS = ("enhancement", "necrosis", "washout", "capsule", "margin", "satellites", "thrombus", "fat")

#: FOHAIC-1 (PMID 34905388): median 11.2 cm, IQR 8.5-13.7 cm [R]; log-normal through these three figures.
DIAMETER_MEDIAN_MM, DIAMETER_LOG_SD = 112.0, 0.354
#: What the phantom's liver can hold and a target lesion worth infusing has.
DIAMETER_RANGE_MM = (25.0, 150.0)
#: Vp0 to Vp4. FOHAIC-1: macrovascular invasion 65.6 % (hepatic veins included) [R]; the split is *assumed*.
PVTT_SHARES = (0.42, 0.06, 0.12, 0.22, 0.18)


@dataclass(frozen=True)
class Traits:
    diameter_mm: float
    #: Share of the viable tumour that enhances in the arterial phase, 0-1.
    enhancement: float
    #: Share of the lesion that is necrotic, 0-0.75.
    necrosis: float
    #: Loss of contrast agent against the liver after the portal phase, 0-1.
    washout: float
    #: Share of the circumference with an enhancing capsule, 0 or 0.5-1.
    capsule: float
    #: Irregularity of the margin, 0 (smooth) to 1.
    margin: float
    #: Satellite nodules near the lesion, 0-3.
    satellites: int
    #: Portal-vein tumour thrombus, Vp0-Vp4 (LCSGJ).
    pvtt: int
    #: Fat fraction of viable tumour, 0-0.4.
    fat: float

    def vector(self) -> np.ndarray:
        """Values in the order of TRAITS."""
        return np.array(
            [
                self.enhancement,
                self.necrosis,
                self.washout,
                self.capsule,
                self.margin,
                self.satellites,
                self.pvtt,
                self.fat,
            ],
            dtype=np.float64,
        )


#: Mean and standard deviation of every trait in this generator (30,000 draws, seed 0); see tests/test_simulator.py.
TRAIT_MEAN = np.array([0.500, 0.246, 0.501, 0.374, 0.450, 0.802, 1.674, 0.108])
TRAIT_SD = np.array([0.221, 0.144, 0.223, 0.389, 0.222, 0.860, 1.607, 0.135])


def standardise(vectors: np.ndarray) -> np.ndarray:
    return (vectors - TRAIT_MEAN) / TRAIT_SD


def draw_traits(rng: np.random.Generator, size_shift: float = 0.0) -> Traits:
    """One lesion. ``size_shift`` moves the log diameter, for cohorts with other patients."""
    log_size = rng.normal(np.log(DIAMETER_MEDIAN_MM) + size_shift, DIAMETER_LOG_SD)
    diameter = float(np.clip(np.exp(log_size), *DIAMETER_RANGE_MM))
    burden = (np.log(diameter) - np.log(DIAMETER_MEDIAN_MM)) / DIAMETER_LOG_SD
    # Larger lesions outgrow their supply: necrosis rises with size (direction known, slope assumed).
    necrosis = float(np.clip(0.75 * rng.beta(1.7, 3.4) + 0.03 * burden, 0.0, 0.75))
    shares = np.cumsum(PVTT_SHARES)
    return Traits(
        diameter_mm=diameter,
        enhancement=float(rng.beta(2.05, 2.05)),
        necrosis=necrosis,
        washout=float(rng.beta(2.0, 2.0)),
        capsule=float(rng.uniform(0.5, 1.0)) if rng.random() < 0.5 else 0.0,
        margin=float(rng.beta(1.8, 2.2)),
        satellites=int(min(rng.poisson(0.8), 3)),
        pvtt=int(np.searchsorted(shares, rng.random())),
        fat=float(rng.uniform(0.08, 0.4)) if rng.random() < 0.45 else 0.0,
    )
