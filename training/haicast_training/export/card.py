"""MODEL_CARD.md, written from the manifest so that the two cannot disagree."""

from __future__ import annotations

from typing import Any

#: By whether the patients are simulated.
STATEMENT = {
    True: """**Every patient behind this model is simulated. It is a demonstration: it says nothing about real patients and must
not be used for any decision about one.**""",
    False: """**For research only. The trunk learned to read lesions from simulated images alone; only the head was fitted
on the patients named below. No body has cleared this model for clinical use.**""",
}
NOT_KNOWN = {
    True: """- How it does on any real patient. Real lesions, scanners, artefacts and responses are not the simulator's.
- Whether the simulated effects hold: only two of them (neutrophil-to-lymphocyte ratio, co-therapy) come from published
  figures; all image effects are assumed.
- Fairness: age, sex and aetiology have no effect in the simulator, so nothing can be learned about groups.
- Other regimens, second courses, lesions after treatment, agents with hepatobiliary uptake, lesions below 25 mm.
- What the trunk would read unsupervised: it was taught the simulator's own eight traits, which are the causes of response
  there. On real lesions nobody knows the causes.
- How it compares with people: the "readers" of the report are formulas.
- Full width: the trunk has a quarter of InceptionV4's width.""",
    False: """- How well the trunk, which has seen simulated lesions only, reads these scanners' images.
- How it does at another hospital, with other scanners, regimens or an other base rate.
- Fairness: figures by age, sex and aetiology have to be looked at before use.""",
}

#: How the figures above came about; the report has the whole of it.
HONEST = {
    True: """
The external cohort is the third (training/PROTOCOL.md says why). In the paper-sized experiment the head alone is fitted on 127;
there, fused did not beat image only out of fold, two single factors fall below 0.5 elsewhere because the 127 gave their sign,
and InceptionV4 against ResNet-18 is a tie: training/REPORT.md, "Read this first".
""",
    False: "",
}
#: What the widening of the interval is measured against.
ERROR = {
    True: " That error is measured against the true log-odds, which only a simulator knows.",
    False: "",
}


def model_card(manifest: dict[str, Any]) -> str:
    simulated = manifest["status"] == "simulated"
    notes = "\n".join(f"- {note}" for note in manifest["training"]["notes"])
    factors = "\n".join(
        f"| `{f['id']}` | {f['unit']} | {f['transform']} | {_range(f['range'])} | {f['coefficient']:+.3f} |"
        for f in manifest["factors"]
    )
    channels = ", ".join(c["role"] + (" (required)" if c["required"] else "") for c in manifest["channels"])
    return f"""# {manifest["name"]}, version {manifest["version"]}

{STATEMENT[simulated]}

## What it is
{manifest["architecture"]}. Input: {channels}; an axial crop of {manifest["crop"]["size"]} x {manifest["crop"]["size"]}
cells around the index lesion, and {len(manifest["factors"])} clinical factors. Output: probability of an objective response
(complete or partial, {manifest["event"]["criterion"]}) to hepatic arterial infusion chemotherapy; a map of the signed
evidence; the contribution of every factor. Bias, map and contributions add up to the logit exactly.

The method follows Quan et al., J Imaging Inform Med 2024 (10.1007/s10278-024-01003-2). Their weights, data, crop,
threshold and hyper-parameters are not public; everything the abstract does not state is this project's own choice.

## Training
Cohort: {manifest["training"]["cohort"]} ({manifest["training"]["n"]} patients, base rate {manifest["baseRate"]:.2f}).
Calibration: {manifest["calibration"]["method"]}, T = {manifest["calibration"]["temperature"]:.3f}. Threshold
{manifest["threshold"]["value"]:.3f}: {manifest["threshold"]["method"]}.

| Factor | Unit | Transform | Seen in training (2nd-98th percentile) | Log-odds per SD |
|---|---|---|---|---|
{factors}

A missing factor or image role is allowed (the arterial phase is not optional): a factor then counts as the training mean, a
channel as zero. The trunk was trained with channels missing at random. A value outside the range counts as its nearest end. An
option that no training patient had contributes nothing. {_categories(manifest["factors"])}

## How well it does{", on simulated patients" if simulated else ""}
{_metrics(manifest["metrics"])}

Intercept: calibration in the large at slope 1. Below 0 the model promises more responses than there were: a slope near 1 says
nothing about that. Sensitivity and specificity in cross-validation are at a threshold chosen on the same predictions, so they
are optimistic.
{HONEST[simulated]}
## What the interval is
{manifest["interval"]["method"]}, {manifest["interval"]["level"]:.0%}.{ERROR[simulated]} Where factors or images are missing it is widened by what
they could have added in the middle 90 % of training, summed, in quadrature with the ensemble's own width. Images that reach further together than the sum of their own reach count as they
were measured together.
{_coverage(manifest["interval"].get("coverage", []))}

## Another response rate
{_population(manifest.get("population"))}

## What is known
{notes}

## What is not known
{NOT_KNOWN[simulated]}
"""


def _range(value: list[float] | None) -> str:
    return "yes/no" if value is None else f"{value[0]:.3g} to {value[1]:.3g}"


def _categories(factors: list[dict[str, Any]]) -> str:
    lists = [f"`{f['id']}`: {', '.join(f['categories'])}" for f in factors if "categories" in f]
    return f"Options seen: {'; '.join(lists)}." if lists else ""


def _coverage(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "How often it holds the truth is not known."
    held = ", ".join(f"{row['share']:.1%} with {row['missing']} factors missing" for row in rows)
    return f"It held the true probability of the {rows[0]['cohort']} cohort (n = {rows[0]['n']}) in {held}."


def _population(population: dict[str, Any] | None) -> str:
    if population is None:
        return "Not offered: the package carries no reference population."
    n = sum(one["n"] for one in population["bins"])
    return (
        f"The intercept is moved until the mean over the {population['cohort']} cohort (n = {n}, out-of-fold log-odds in "
        f"{len(population['bins'])} bins) is the stated rate. Approximate until a hospital's own outcomes are known."
    )


def _metrics(metrics: list[dict[str, Any]]) -> str:
    if not metrics:
        return "Not measured yet."
    lines = [
        "| Cohort | n | Responders | AUC (95 % interval) | Oracle AUC | Sensitivity | Specificity | Brier | Slope | Intercept |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for m in metrics:
        auc = m["auc"]
        cells = [
            m["cohort"],
            str(m["n"]),
            str(m["events"]),
            f"{auc['value']:.3f} ({auc['low']:.3f}-{auc['high']:.3f})",
            _number(m.get("oracleAuc")),
            _number(m.get("sensitivity", {}).get("value")),
            _number(m.get("specificity", {}).get("value")),
            _number(m.get("brier")),
            _number(m.get("calibrationSlope")),
            _signed(m.get("calibrationIntercept")),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _signed(value: float | None) -> str:
    return "" if value is None else f"{value:+.2f}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
