"""Response and survival of a simulated patient: the generative model whose ranking is the oracle.

log-odds of an objective response (CR or PR, mRECIST) = intercept + sum of image effects + sum of clinical effects.
Two effects are published: the neutrophil-to-lymphocyte ratio (adjusted OR 3.464 for non-response above 2.9, step) and
co-therapy (OR 4.33 from 54.45 % against 21.65 %, Lin 2025). All others are *assumed*; their scale was set once, from the
generator alone, so that clinical-only and oracle AUC fall in the ranges that the design asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .clinical import Factors, albi, nlr
from .traits import DIAMETER_LOG_SD, DIAMETER_MEDIAN_MM, TRAITS, Traits, standardise

#: Change in log-odds of response per standard deviation of the trait, *assumed*.
IMAGE_EFFECTS = dict(
    enhancement=1.05, necrosis=-0.65, washout=0.6, capsule=0.7, margin=-0.8, satellites=-0.7, thrombus=-0.45, fat=0.6
)
NLR_CUT, NLR_EFFECT = 2.9, -float(np.log(3.464))  # globalauthorid, multivariable [R]
CO_THERAPY_EFFECT = float(np.log(4.33))  # from Lin 2025 [R rates]
#: *Assumed*: per SD of log10 AFP, log10 PIVKA-II, log size, ALBI; yes against no for the rest.
AFP_EFFECT, PIVKA_EFFECT, SIZE_EFFECT, ALBI_EFFECT = -0.25, -0.35, -0.25, -0.20
PRIOR_TREATMENT_EFFECT, EXTRAHEPATIC_EFFECT = -0.55, -0.40


@dataclass(frozen=True)
class Outcome:
    response: str  # CR | PR | SD | PD
    #: True probability of CR or PR: the oracle.
    probability: float
    os_days: int
    os_event: int
    pfs_days: int
    pfs_event: int

    @property
    def responder(self) -> bool:
        return self.response in ("CR", "PR")


def image_effect(traits: Traits) -> float:
    weights = np.array([IMAGE_EFFECTS[name] for name in TRAITS])
    return float(standardise(traits.vector()) @ weights)


def clinical_effect(traits: Traits, factors: Factors) -> float:
    burden = (np.log(traits.diameter_mm) - np.log(DIAMETER_MEDIAN_MM)) / DIAMETER_LOG_SD
    return float(
        NLR_EFFECT * (nlr(factors) > NLR_CUT)
        + CO_THERAPY_EFFECT * (factors["coTherapy"] != "none")
        + AFP_EFFECT * (np.log10(float(factors["afp"])) - 2.6) / 1.25
        + PIVKA_EFFECT * (np.log(float(factors["pivkaII"])) - 7.9) / 1.363
        + SIZE_EFFECT * burden
        + ALBI_EFFECT * (albi(factors) + 2.48) / 0.42
        + PRIOR_TREATMENT_EFFECT * (factors["priorTreatment"] != "none")
        + EXTRAHEPATIC_EFFECT * (factors["extrahepaticSpread"] == "yes")
    )


def intercept_for(base_rate: float, effects: np.ndarray) -> float:
    """The intercept at which the mean probability over ``effects`` is ``base_rate`` (bisection)."""
    low, high = -15.0, 15.0
    for _ in range(60):
        middle = (low + high) / 2
        if float(np.mean(1 / (1 + np.exp(-(middle + effects))))) < base_rate:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def draw_outcome(rng: np.random.Generator, traits: Traits, factors: Factors, intercept: float) -> Outcome:
    """Response, then survival given response.

    OS and PFS are Weibull (shape 1.25, *assumed*) with medians 13.9 and 7.0 months at the reference patient (FOHAIC-1
    OS 13.9 [R]; PFS between 3.7 and 9.6 [R]). Responders' hazards are multiplied by 0.45 and 0.40 (*assumed*); AFP over
    400 ng/mL 1.92 (OS), 1.75 (PFS), extrahepatic spread 2.02, 1.66, Vp4 3.09, 1.24: Mei 2021 (PMC8007560) [R].
    Follow-up ends between 12 and 42 months (*assumed*).
    """
    probability = 1 / (1 + np.exp(-(intercept + image_effect(traits) + clinical_effect(traits, factors))))
    responds = rng.random() < probability
    # 12 % of responders complete, 45 % of the others stable: assumed.
    response = ("CR" if rng.random() < 0.12 else "PR") if responds else ("SD" if rng.random() < 0.45 else "PD")
    high_afp, spread, vp4 = float(factors["afp"]) > 400, factors["extrahepaticSpread"] == "yes", traits.pvtt == 4
    os_hazard = (0.45 if responds else 1.3) * 1.92**high_afp * 2.02**spread * 3.09**vp4 / 1.9
    pfs_hazard = (0.40 if responds else 1.4) * 1.75**high_afp * 1.66**spread * 1.24**vp4 / 1.6

    def months(median: float, hazard: float) -> float:
        return float(median * (rng.exponential() / np.log(2) / hazard) ** (1 / 1.25))

    death = months(13.9, os_hazard)
    progression = min(months(7.0, pfs_hazard), death)
    end = rng.uniform(12, 42)
    days = 30.4375
    return Outcome(
        response=response,
        probability=float(probability),
        os_days=max(1, round(min(death, end) * days)),
        os_event=int(death <= end),
        pfs_days=max(1, round(min(progression, end) * days)),
        pfs_event=int(progression <= end),
    )
