"""The whole experiment in one call: cohorts in, tables, figures and the model package out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..contract import CROP
from ..export.package import Provenance, Reference, write_package
from ..export.session import open_session, run_session
from ..export.statements import Judged, Training
from ..models.response import ResponseModel
from ..models.trait_network import TraitNetwork
from ..pretrain.batches import Crops
from ..pretrain.train import load_trunk
from ..response.fit import Fit, fit_response, predict
from ..ship import fit_shipped, metrics_row
from ..simulator.acquire import truth_on_plane
from ..simulator.localmaps import local_maps
from ..simulator.phantom import build_phantom
from ..simulator.traits import TRAITS, Traits
from ..statistics.base_rate import bins_of, intercept_for_rate
from ..statistics.delong import auc
from ..statistics.logistic import sigmoid
from . import evaluate, figures, scores, shift
from .cohorts import Cohort, assert_disjoint, load_cohort
from .localise import additive_maps, coarse, grad_cam, judge
from .notes import chinese, notes

#: External patients whose maps are judged.
JUDGED = 300
#: Crops without a lesion, and their seed's distance from the run's: another stream than that of pre-training.
LESION_FREE, LESION_FREE_SEED = 60, 7_000_000


@dataclass(frozen=True)
class Places:
    """Folders of one run: simulated cohorts, prepared ones, pre-training crops, the trunk, and where results go."""

    simulated: Path
    prepared: Path
    crops: Path
    trunk: Path
    out: Path
    package: Path


def run(places: Places, seed: int, version: str, created: str) -> dict[str, Any]:
    network = load_trunk(places.trunk)
    crops = Crops(places.crops, held_out=json.loads((places.trunk.parent / "recipe.json").read_text())["held_out"])
    paper = load_cohort("paper", places.prepared / "paper", places.simulated / "paper", network)
    external = load_cohort("external", places.prepared / "external", places.simulated / "external", network)
    development = load_cohort("development", places.prepared / "development", places.simulated / "development", network)
    train, internal = paper.split("train"), paper.split("internal")
    assert_disjoint(train, internal, external, development)

    small = paper_sized(train, [internal, external], seed)
    plain = fit_response(development.reading.traits, development.clinical, development.y, seed)
    sd = error_sd(plain.out_of_fold, development.oracle)
    fitted = fit_shipped(development.reading, development.clinical, development.y, seed, sd)
    shipped, directions, gate = fitted.fit, fitted.directions, fitted.gate
    model = ResponseModel(network, shipped.head, shipped.members, directions)
    held = [train, internal, external]
    metrics = [shipped_row("cross-validation (development)", shipped.out_of_fold, development, shipped.threshold)]
    metrics += [
        shipped_row(name, predict(shipped, c.reading.traits, c.clinical), c, shipped.threshold)
        for name, c in (("paper cohort, all 191", paper), ("internal validation", internal), ("external", external))
    ]
    masks = lesion_masks(external, JUDGED)
    judged_images = np.asarray(external.prepared.images[:JUDGED])
    maps = additive_maps(model, judged_images)
    free = shift.lesion_free(LESION_FREE, seed + LESION_FREE_SEED)
    results: dict[str, Any] = {
        "cohorts": [evaluate.cohort_summary(c) for c in (train, internal, external, development)],
        "oracle": {c.name: evaluate.oracle_row(c) for c in (*held, development)},
        "traits": {c.name: evaluate.trait_correlations(c, TRAITS) for c in (paper, external)},
        **small,
        "shipped": metrics,
        "error_sd": sd,
        "interval": [evaluate.interval_coverage(shipped.members, c, shipped.scaler.z(c.clinical), 0.9) for c in (paper, external)]
        + [
            evaluate.interval_coverage(
                shipped.members,
                external,
                shipped.scaler.z(external.clinical),
                0.9,
                shift=intercept_for_rate(bins_of(shipped.out_of_fold), float(external.y.mean())),
            )
        ],
        "rebased": [
            evaluate.rebased_row(
                external, predict(shipped, external.reading.traits, external.clinical), bins_of(shipped.out_of_fold)
            )
        ],
        "novelty": shift.novelty_table(gate, directions, network, [development, paper, external], free, seed),
        "localisation": {
            "additive map": asdict(judge(maps, masks)),
            "Grad-CAM, last map": asdict(judge(grad_cam(model, judged_images), masks)),
            "Grad-CAM, one block earlier": asdict(judge(grad_cam(model, judged_images, 1), masks)),
        },
        "pointing_by_response": by_response(maps, masks, external.y[:JUDGED]),
        "off_centre": shift.off_centre(model, crops),
        "flatness": shift.flatness(model, crops, free),
    }
    draw(places.out, shipped, train, internal, external, small, maps)
    provenance = Provenance(
        version=version,
        created=created,
        cohort="simulated development cohort (home scanners), through DICOM and `haicast prepare`",
        n=len(development.y),
        base_rate=float(development.y.mean()),
        seed=seed,
        notes=notes(results),
        chinese=chinese(results),
        metrics=metrics,
    )
    reference = Reference(np.asarray(internal.prepared.images[0], np.float32), internal.clinical[0])
    training = Training(
        "development", development.prepared.images, development.clinical, development.prepared.categories, shipped.out_of_fold
    )
    judged = Judged("external", external.prepared.images, external.clinical, external.oracle)
    manifest = write_package(places.package, network, shipped, gate, directions, provenance, reference, training, judged)
    results["coverage"] = manifest["interval"]["coverage"]
    results["package"] = {
        "bytes": manifest["weights"]["bytes"],
        **parity(places.package, network, shipped, model, [paper, external, development]),
    }
    places.out.mkdir(parents=True, exist_ok=True)
    (places.out / "results.json").write_text(json.dumps(results, indent=1))
    return results


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


def error_sd(out_of_fold: NDArray[np.float64], oracle: NDArray[np.float64]) -> float:
    """SD of the error of the log-odds on patients left out: misread traits, values missing from the form, effects that are
    no straight line. The true log-odds are known because the patients are simulated."""
    return float(np.std(out_of_fold - np.log(oracle / (1 - oracle))))


def shipped_row(name: str, logit: NDArray[np.float64], cohort: Cohort, threshold: float) -> dict[str, Any]:
    return {**metrics_row(name, logit, cohort.y, threshold), "oracleAuc": auc(cohort.oracle, cohort.y).value}


def lesion_masks(cohort: Cohort, count: int) -> NDArray[np.float64]:
    """[N, 8, 8]: share of every cell of the crop that is tumour, from the phantom itself."""
    masks = []
    for i in range(count):
        row, patient = cohort.truth.iloc[i], cohort.prepared.patients.iloc[i]
        traits = traits_of(row)
        phantom = build_phantom(int(row["seed"]), traits)
        truth = truth_on_plane(phantom, np.array(patient["centerMm"]), float(patient["fovMm"]), CROP.size // 2)
        masks.append(coarse(local_maps(truth, traits)[-1]))
    return np.stack(masks)


def traits_of(row: Any) -> Traits:
    return Traits(
        diameter_mm=float(row["diameter_mm"]),
        enhancement=float(row["enhancement"]),
        necrosis=float(row["necrosis"]),
        washout=float(row["washout"]),
        capsule=float(row["capsule"]),
        margin=float(row["margin"]),
        satellites=int(row["satellites"]),
        pvtt=int(row["thrombus"]),
        fat=float(row["fat"]),
    )


def by_response(maps: NDArray[np.float64], masks: NDArray[np.float64], y: NDArray[np.int64]) -> dict[str, float]:
    return {
        name: judge(maps[y == label], masks[y == label]).pointing for name, label in (("responders", 1), ("non-responders", 0))
    }


def parity(package: Path, network: TraitNetwork, fit: Fit, model: ResponseModel, cohorts: list[Cohort]) -> dict[str, float]:
    """The stored float16 file against PyTorch float32, on every patient of the cohorts; and the sum of its parts."""
    session = open_session(package / "model.onnx")
    worst, total = 0.0, 0.0
    bias = json.loads((package / "model.json").read_text())["bias"]
    for cohort in cohorts:
        z = fit.scaler.z(cohort.clinical)
        mask = (~np.isnan(cohort.clinical)).astype(np.float32)
        out = run_session(session, np.asarray(cohort.prepared.images), z, mask)
        logit = predict(fit, cohort.reading.traits, cohort.clinical)
        worst = max(worst, float(np.abs(out["probability"] - sigmoid(logit)).max()))
        parts = bias + out["cam"].sum((1, 2, 3)) + out["clinical_contributions"].sum(1)
        total = max(total, float(np.abs(parts - out["logit"]).max()))
    return {"probability_change_max": worst, "sum_error_max": total}


def draw(
    out: Path,
    shipped: Fit,
    train: Cohort,
    internal: Cohort,
    external: Cohort,
    small: dict[str, Any],
    maps: NDArray[np.float64],
) -> None:
    folder = out / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    curves = {name: np.array(values["external"]) for name, values in small["curves"].items()}
    full = predict(shipped, external.reading.traits, external.clinical)
    figures.roc(
        folder / "roc-external.png",
        {"oracle": external.oracle, "shipped model": full, **{f"{k}, n = 127": v for k, v in curves.items()}},
        external.y,
        "external, simulated",
    )
    held = {c.name: (sigmoid(predict(shipped, c.reading.traits, c.clinical)), c.y) for c in (internal, external)}
    figures.calibration_plot(folder / "calibration.png", held)
    figures.decision_curve(
        folder / "decision-external.png",
        {
            "shipped model": sigmoid(full),
            "clinical nomogram, n = 127": sigmoid(curves["clinical nomogram"]),
            "oracle": external.oracle,
        },
        external.y,
    )
    figures.survival_plot(folder / "survival-external.png", external, sigmoid(full) >= shipped.threshold)
    probability = sigmoid(full)[: len(maps)]
    picks = [int(np.argmin(np.abs(probability - p))) for p in (0.95, 0.7, 0.3, 0.05)]
    labels = [f"p = {probability[i]:.2f}, {external.prepared.patients['response'][i]}" for i in picks]
    figures.map_examples(folder / "maps.png", np.asarray(external.prepared.images)[picks], maps[picks], labels)
