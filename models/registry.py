"""The trained scorers on disk: one folder a training, a card in JSON that says what it rests on, a model's parts in skops, never pickle."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path

import polars as pl
import skops.io

from features.catalogue import feature_names
from models.calibration import Calibration
from models.gate import Verdict
from models.learned import SEED, Learned
from models.rules import RULES
from models.scorer import Scorer
from models.training import Trained

CARD, PARTS = "card.json", "model.skops"
TRUSTED = ("sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",)
"""The only type beyond skops' own that a stored model may hold."""
LIBRARIES = ("scikit-learn", "numpy", "polars")


def training_folder(models: Path, lane: str, as_of: date) -> Path:
    """Where the training of a lane as of a date is kept."""
    return models / f"{lane}-{as_of}"


def save(models: Path, trained: Trained) -> Path:
    """Writes a training so that it is there whole or not at all; returns its folder."""
    folder = training_folder(models, trained.lane, trained.as_of)
    building = folder.with_suffix(".building")
    building.mkdir(parents=True, exist_ok=True, mode=0o700)
    card = {
        "lane": trained.lane,
        "as_of": trained.as_of.isoformat(),
        "scorer": trained.scorer.name,
        "meaning": trained.scorer.meaning,
        "note": trained.note,
        "calibration": asdict(trained.calibration),
        "figures": trained.figures.to_dicts(),
        "verdicts": {name: asdict(verdict) for name, verdict in trained.verdicts.items()},
        "versions": {name: version(name) for name in LIBRARIES},
        "seed": SEED,
    }
    if isinstance(trained.scorer, Learned):
        card["features"] = list(trained.scorer.features)
        skops.io.dump(list(trained.scorer.parts), building / PARTS)
    (building / CARD).write_text(json.dumps(card, indent=1), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    building.rename(folder)
    return folder


def load(models: Path, lane: str, as_of: date) -> Trained | None:
    """The training of a lane as of a date, if there is one that today's libraries can read and whose features are still measured."""
    folder = training_folder(models, lane, as_of)
    if not (folder / CARD).exists():
        return None
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    if card["versions"] != {name: version(name) for name in LIBRARIES} or not set(card.get("features", ())) <= set(feature_names()):
        return None
    calibration = Calibration(tuple(card["calibration"]["raw"]), tuple(card["calibration"]["probability"]), card["calibration"]["note"])
    verdicts = {name: Verdict(**v) for name, v in card["verdicts"].items()}
    return Trained(lane, as_of, _scorer(folder, card), calibration, pl.DataFrame(card["figures"]), card["note"], verdicts)


def _scorer(folder: Path, card: dict[str, object]) -> Scorer:
    if "features" not in card:
        return next(rule for rule in RULES if rule.name == card["scorer"])
    parts = skops.io.load(folder / PARTS, trusted=list(TRUSTED))
    return Learned(str(card["scorer"]), str(card["meaning"]), tuple(card["features"]), tuple(parts))  # type: ignore[arg-type]
