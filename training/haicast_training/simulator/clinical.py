"""Clinical factors of a simulated patient, keyed as in the application, in canonical units,
choices by the option's id (`src/shared/clinical/factor-table.ts`).

[R] figures are published marginals; every dependence between factors is *assumed*: a latent liver function drives
albumin, bilirubin, INR, platelets and ascites, and tumour burden (lesion size) pulls markers and enzymes up a little.
"""

from __future__ import annotations

import numpy as np

from .traits import DIAMETER_LOG_SD, DIAMETER_MEDIAN_MM, Traits

Factors = dict[str, float | str]

#: Share of patients who also get a targeted drug and immunotherapy (*assumed*).
CO_THERAPY_SHARE = 0.20
#: Share with treatment before HAIC (*assumed*; Yao 2025 reports it as the dominant feature, without a share).
PRIOR_TREATMENT_SHARE = 0.45
PRIOR_TREATMENTS = ("tace", "tace", "tace", "resection", "ablation", "several")


def draw_factors(rng: np.random.Generator, traits: Traits) -> Factors:
    """One patient's form. Choices hold the option's id, everything else a number in the canonical unit."""
    burden = (np.log(traits.diameter_mm) - np.log(DIAMETER_MEDIAN_MM)) / DIAMETER_LOG_SD
    function = rng.normal()  # above 0: worse liver

    def lognormal(median: float, log_sd: float, pull: float = 0.0) -> float:
        return float(median * np.exp(log_sd * rng.normal() + pull))

    hbv = rng.random() < 0.86  # 82.1 % (rs-2632584) to 91.2 % (Br J Cancer 2024) [R]
    return {
        # Under 50 years 34.8 % [R rs-2632584].
        "age": round(float(np.clip(rng.normal(54.3, 11.0), 22, 84))),
        # Men 88.1 % [R rs-2632584], 88.7 % [R Br J Cancer 2024].
        "sex": "male" if rng.random() < 0.88 else "female",
        "hbsAg": "positive" if hbv else "negative",
        "hbvDna": round(10 ** float(np.clip(rng.normal(3.2, 1.4), 1.0, 8.0))) if hbv else 0.0,
        "hcv": "positive" if rng.random() < 0.015 else "negative",  # 1.1-1.7 % [R]
        # ECOG 0 between 33.8 % and 89.5 % [R]; 60 % assumed.
        "ecog": str(int(np.searchsorted([0.60, 0.97], rng.random()))),
        # AFP >= 400 ng/mL in 50 % [R Taiwan JGO 2023]; spread assumed.
        "afp": round(float(np.clip(10 ** (rng.normal(2.6, 1.25) + 0.15 * burden), 1.0, 200_000)), 1),
        # Mean 6,825, SD 15,870 mAU/mL [R Yonsei]: log-normal with these two moments.
        "pivkaII": round(float(np.clip(lognormal(2696, 1.363, 0.25 * burden), 10, 75_000)), 0),
        "bilirubin": round(lognormal(15.5, 0.38, 0.20 * function), 1),
        "albumin": round(float(np.clip(rng.normal(38.5, 4.2) - 1.8 * function, 24, 52)), 1),
        "inr": round(float(np.clip(rng.normal(1.09, 0.08) + 0.05 * function, 0.85, 2.2)), 2),
        "prothrombinTime": round(float(np.clip(rng.normal(13.0, 0.9) + 0.5 * function, 10.5, 22)), 1),
        "alt": round(lognormal(42, 0.55), 0),
        "ast": round(lognormal(58, 0.55, 0.12 * burden), 0),
        "alp": round(lognormal(135, 0.42, 0.10 * burden), 0),
        "ggt": round(lognormal(150, 0.70, 0.15 * burden), 0),
        "crp": round(float(np.clip(lognormal(9.0, 1.0, 0.20 * burden), 0.3, 250)), 1),
        "platelets": round(lognormal(185, 0.38, -0.12 * function), 0),
        # Ratio above 2.9 in 44 of 104 [R globalauthorid]: log-normal with median 2.6 and log SD 0.55.
        "neutrophils": round(lognormal(3.9, 0.40), 2),
        "lymphocytes": round(lognormal(1.5, 0.38), 2),
        # Ascites 14.9 % [R Br J Cancer 2024].
        "ascites": "mild" if rng.random() < 1 / (1 + np.exp(2.0 - 0.9 * function)) else "none",
        "encephalopathy": "none",
        # More than three nodules in 53.6 % [R Br J Cancer 2024].
        "tumourNumber": int(1 + traits.satellites + rng.poisson(2.2)) if rng.random() < 0.75 else 1 + traits.satellites,
        "largestDiameter": round(traits.diameter_mm, 1),
        "pvtt": f"vp{traits.pvtt}",
        "hepaticVeinInvasion": f"vv{int(rng.integers(1, 4))}" if rng.random() < 0.15 + 0.05 * traits.pvtt else "vv0",
        "extrahepaticSpread": "yes" if rng.random() < 0.22 + 0.02 * traits.pvtt else "no",
        "priorTreatment": str(rng.choice(PRIOR_TREATMENTS)) if rng.random() < PRIOR_TREATMENT_SHARE else "none",
        "coTherapy": "tki+ici" if rng.random() < CO_THERAPY_SHARE else "none",
    }


def nlr(factors: Factors) -> float:
    """Neutrophil-to-lymphocyte ratio, no unit."""
    return float(factors["neutrophils"]) / float(factors["lymphocytes"])


def albi(factors: Factors) -> float:
    """0.66 log10(bilirubin umol/L) - 0.085 albumin g/L (PMC5473065)."""
    return 0.66 * float(np.log10(float(factors["bilirubin"]))) - 0.085 * float(factors["albumin"])
