"""The experiment at the size that the paper had it."""

from __future__ import annotations

from typing import Any

from . import evaluate, scores
from .cohorts import Cohort


def paper_sized(train: Cohort, others: list[Cohort], seed: int) -> dict[str, Any]:
    """The experiment as the paper had it: fitted on the 127, judged out of fold, on the 64 and elsewhere."""
    fused = scores.fitted("fused (image + clinical)", train, others, seed, image=True, clinical=True)
    image = scores.fitted("image only", train, others, seed, image=True, clinical=False)
    clinical = scores.fitted("clinical nomogram", train, others, seed, image=False, clinical=True)
    assert fused.fit is not None
    rivals = [
        clinical,
        scores.radiomics(train, others, fused.fit.folds),
        *scores.single_factors(train, others),
        *scores.readers(train, others, seed),
    ]
    controls = [scores.shuffled_images(train, others, seed), scores.true_traits(train, others, seed)]
    return {
        "auc": evaluate.auc_table([fused, image, *rivals, *controls], train, others),
        "working_point": evaluate.working_point(fused, train, others),
        "comparisons": evaluate.comparisons(fused, rivals, train, others),
        "odds": evaluate.odds_table(train, fused),
        "survival": evaluate.survival_table(fused, others),
        "strength": fused.fit.strength,
        "temperature": fused.fit.temperature,
        "curves": {score.name: {o.name: score.on[o.name].tolist() for o in others} for score in (fused, image, clinical)},
    }
