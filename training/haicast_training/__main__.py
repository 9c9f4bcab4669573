"""`python -m haicast_training COMMAND`: every step of the experiment by name."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

#: Where cohorts, crops and runs lie unless told otherwise; not under version control.
DATA = Path(__file__).resolve().parents[1] / ".data"
REPOSITORY = Path(__file__).resolve().parents[2]
#: Parts of the pre-training recipe that the command line may change.
RECIPE_OPTIONS = (
    ("width", float),
    ("steps", int),
    ("batch", int),
    ("rate", float),
    ("warm-up", int),
    ("hold", int),
    ("small-until", int),
    ("held-out", int),
)
PACKAGE = REPOSITORY / "resources" / "models" / "inceptionv4-haic-sim"


def simulate(options: argparse.Namespace) -> None:
    from .simulator.cohort import COHORTS
    from .simulator.cohort import simulate as write

    plan = COHORTS[options.cohort]()
    changes = {"count": options.n, "seed": options.seed, "base_rate": options.base_rate}
    plan = replace(plan, **{name: value for name, value in changes.items() if value is not None})
    if options.n is not None and plan.training is not None:
        plan = replace(plan, training=round(options.n * 127 / 191))
    write(plan, options.out or DATA / "cohorts" / plan.name, options.workers)


def demo(options: argparse.Namespace) -> None:
    from .simulator.demo import write_demo
    from .simulator.follow_up import write_follow_ups

    write_demo(options.out)
    write_follow_ups(options.out)


def crops(options: argparse.Namespace) -> None:
    from .simulator.crops import write_crops

    write_crops(options.out or DATA / "crops", options.n, options.seed, options.workers)


def _recipe(options: argparse.Namespace):
    from .pretrain.train import Recipe

    changes = {
        name.replace("-", "_"): getattr(options, name.replace("-", "_"), None)
        for name in (*(n for n, _ in RECIPE_OPTIONS), "seed")
    }
    return replace(Recipe(), **{name: value for name, value in changes.items() if value is not None})


def pretrain(options: argparse.Namespace) -> None:
    from .pretrain.train import pretrain as train

    train(options.crops or DATA / "crops", options.out or DATA / "trunk", _recipe(options), start=options.start)


def select(options: argparse.Namespace) -> None:
    from .experiment.select import select as run
    from .prepared import load_prepared

    train = load_prepared(options.prepared or DATA / "prepared" / "paper").split("train")
    out = options.out or DATA / "selection"
    rows = run(train, options.crops or DATA / "crops", out, _recipe(options), options.seed)
    (out / "selection.json").write_text(json.dumps(rows, indent=1))


def _places(options: argparse.Namespace):
    from .experiment.material import Places

    data = options.data
    return Places(
        simulated=data / "cohorts",
        prepared=data / "prepared",
        crops=data / "crops",
        trunk=data / "trunk" / "trunk.pt",
        out=data / "results",
        package=options.package,
    )


def evaluate(options: argparse.Namespace) -> None:
    from .experiment.run import run

    run(_places(options), options.seed, options.version, options.created)


def export(options: argparse.Namespace) -> None:
    from datetime import UTC, datetime

    from .ship import ExportRequest
    from .ship import export as write

    created = options.created or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    names = ("trunk", "prepared", "out", "id", "name", "version", "status", "cohort", "seed")
    manifest = write(ExportRequest(created=created, **{name: getattr(options, name) for name in names}))
    for row in manifest["metrics"]:
        area = row["auc"]
        print(f"{row['cohort']}: n = {row['n']}, AUC {area['value']:.3f} ({area['low']:.3f}-{area['high']:.3f})")


def complete(options: argparse.Namespace) -> None:
    from .complete import complete as write

    for row in write(options.package, options.data, options.seed)["interval"]["coverage"]:
        print(f"{row['cohort']}, {row['missing']} factors missing: the interval held {row['share']:.1%} of {row['n']}")


def report(options: argparse.Namespace) -> None:
    from .experiment.report import write_report

    write_report(options.data, options.out)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="haicast-training", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(run: Callable[[argparse.Namespace], None], help_text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(run.__name__, help=help_text)
        sub.set_defaults(run=run)
        return sub

    sub = command(simulate, "write a cohort of DICOM studies with cohort.csv and truth.csv")
    sub.add_argument("cohort", choices=["paper", "development", "external"])
    sub.add_argument("--n", type=int)
    sub.add_argument("--seed", type=int)
    sub.add_argument("--base-rate", type=float, help="share of responders, e.g. 0.14 (post-TACE) to 0.46 (first line)")
    sub.add_argument("--out", type=Path)
    sub.add_argument("--workers", type=int, default=2)

    sub = command(demo, "write the demonstration patient and its two follow-ups")
    sub.add_argument("--out", type=Path, default=REPOSITORY / "resources" / "demo")

    sub = command(crops, "draw the crops of pre-training")
    sub.add_argument("--n", type=int, default=4800)
    sub.add_argument("--seed", type=int, default=20260101)
    sub.add_argument("--out", type=Path)
    sub.add_argument("--workers", type=int, default=2)

    sub = command(pretrain, "teach the trunk to read traits (resumes by itself; start by torchrun for several GPUs)")
    sub.add_argument("--crops", type=Path)
    sub.add_argument("--out", type=Path)
    sub.add_argument("--start", type=Path, help="trunk.pt of an earlier run, to be refined")
    sub.add_argument("--seed", type=int, help="of the batches")
    for name, kind in RECIPE_OPTIONS:
        sub.add_argument(f"--{name}", type=kind)

    sub = command(select, "choose the network by cross-entropy over five folds, as the paper does")
    sub.add_argument("--prepared", type=Path)
    sub.add_argument("--crops", type=Path)
    sub.add_argument("--out", type=Path)
    sub.add_argument("--seed", type=int, default=1)
    for name, kind in RECIPE_OPTIONS:
        sub.add_argument(f"--{name}", type=kind)

    sub = command(evaluate, "fit, validate, compare, explain, and export the model package")
    sub.add_argument("--data", type=Path, default=DATA)
    sub.add_argument("--package", type=Path, default=PACKAGE)
    sub.add_argument("--seed", type=int, default=1)
    sub.add_argument("--version", default="1.2.0")
    sub.add_argument("--created", default="2026-11-24T14:45:00Z")

    sub = command(complete, "write anew what a package states beside its weights (spreads, categories, population, coverage)")
    sub.add_argument("--data", type=Path, default=DATA)
    sub.add_argument("--package", type=Path, default=PACKAGE)
    sub.add_argument("--seed", type=int, default=1)

    sub = command(export, "fit the head on a prepared cohort and write a model package that haicast installs")
    sub.add_argument("--prepared", type=Path, required=True, help="folder that `haicast prepare` wrote")
    sub.add_argument("--out", type=Path, required=True, help="folder of the package")
    sub.add_argument("--trunk", type=Path, default=DATA / "trunk" / "trunk.pt")
    sub.add_argument("--id", required=True, help="e.g. inceptionv4-haic-ourhospital")
    sub.add_argument("--name", required=True, help="what users read")
    sub.add_argument("--cohort", required=True, help="who the patients are, in one sentence for the model card")
    sub.add_argument("--status", required=True, choices=["simulated", "research"], help="research: the patients are real")
    sub.add_argument("--version", default="1.0.0")
    sub.add_argument("--created", help="ISO 8601; now unless told otherwise")
    sub.add_argument("--seed", type=int, default=1)

    sub = command(report, "write REPORT.md from the results")
    sub.add_argument("--data", type=Path, default=DATA)
    sub.add_argument("--out", type=Path, default=REPOSITORY / "training")

    options = parser.parse_args(arguments)
    options.run(options)


if __name__ == "__main__":
    main()
