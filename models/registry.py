"""The trainings on disk, one folder each and never changed: a card in JSON that says what it rests on, a model's parts in skops, never pickle."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl
import skops.io

from models.calibration import Calibration
from models.gate import Order, Verdict
from models.learned import SEED, Learned
from models.provenance import LIBRARIES, feature_definitions
from models.rules import RULES, Rule
from models.scorer import Scorer
from models.training import Trained

CARD, PARTS = "card.json", "model.skops"
TRUSTED = ("sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",)
"""The only type beyond skops' own that a stored model may hold."""
READ_BY = ("scikit-learn", "numpy", "polars")
"""The libraries that a stored model is read by: with other versions it could score otherwise."""
_NAME = re.compile(r"(?P<lane>[a-z]+)-(?P<as_of>\d{4}-\d\d-\d\d)(-(?P<again>\d+))?")
_OF_THE_CLOCK = ("id", "registered_at")

Card = dict[str, Any]


class ModelUnknown(Exception):
    """No training of that name is registered."""


class ModelUnusable(Exception):
    """A training is registered that cannot make scores today: other libraries, or features that are no longer measured so."""


def save(models: Path, trained: Trained, about: Mapping[str, Any] | None = None, beside: Mapping[str, str] | None = None) -> Path:
    """Registers a training, whole or not at all, with texts `beside` its card by their file's name; returns its folder.

    The same training once more is the one already there.
    """
    earlier = [read_card(models, name) for name in _names(models, trained.lane, trained.as_of)]
    card = _plain(_card(trained, about or {}))
    if earlier and _settled(earlier[-1]) == _settled(card):
        return models / str(earlier[-1]["id"])
    card["id"] = f"{trained.lane}-{trained.as_of}" + (f"-{len(earlier) + 1}" if earlier else "")
    folder = models / str(card["id"])
    building = folder.with_suffix(".building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True, mode=0o700)
    if isinstance(trained.scorer, Learned):
        skops.io.dump(list(trained.scorer.parts), building / PARTS)
    for name, text in {**(beside or {}), CARD: json.dumps(card, indent=1)}.items():
        (building / name).write_text(text, encoding="utf-8")
    building.rename(folder)
    return folder


def names(models: Path) -> list[str]:
    """Every training registered: by lane, oldest first, a later one of the same day after the earlier."""
    found = [path.name for path in models.iterdir() if (path / CARD).exists()] if models.is_dir() else []
    return sorted((name for name in found if _NAME.fullmatch(name)), key=_order)


def read_card(models: Path, name: str) -> Card:
    """What a training rests on. Raises ModelUnknown."""
    file = models / name / CARD
    if not _NAME.fullmatch(name) or not file.exists():
        raise ModelUnknown(f"no model {name!r} is registered in {models}: `forewarn models list` names those that are")
    card: Card = json.loads(file.read_text(encoding="utf-8"))
    return {"id": name} | card


def why_unusable(card: Card) -> str | None:
    """Why a training cannot make scores with what is installed and measured today; None if it can."""
    for library in READ_BY:
        if card["versions"].get(library) != version(library):
            return f"it was trained with {library} {card['versions'].get(library, 'of an unknown version')}, and {version(library)} is installed"
    if card.get("features_sha256") != feature_definitions():
        return "features have been added, dropped or are measured otherwise since it was trained"
    rules = [card["scorer"]] * (card["kind"] == "rule") + ([card["simple"]["rule"]] if card["simple"] else [])
    gone = [name for name in rules if name not in {rule.name for rule in RULES}]
    return f"the rule {gone[0]} is no longer among the rules" if gone else None


def restore(models: Path, name: str) -> Trained:
    """A training as it was kept, its judged weeks aside. Raises ModelUnknown, ModelUnusable."""
    card = read_card(models, name)
    if why := why_unusable(card):
        raise ModelUnusable(f"model {name} cannot be used: {why}. Train anew with `forewarn train`")
    verdicts = {one: _verdict(verdict) for one, verdict in card["verdicts"].items()}
    as_of = date.fromisoformat(card["as_of"])
    simple = (_rule(card["simple"]["rule"]), _calibration(card["simple"]["calibration"])) if card.get("simple") else None
    figures = pl.DataFrame(card["figures"])
    return Trained(
        card["lane"], as_of, _scorer(models / name, card), _calibration(card["calibration"]), figures, card["note"], verdicts, simple
    )


def newest(models: Path, lane: str, as_of: date) -> str | None:
    """The last training of a lane as of a date that can be used today."""
    return next((name for name in reversed(_names(models, lane, as_of)) if why_unusable(read_card(models, name)) is None), None)


def load(models: Path, lane: str, as_of: date) -> Trained | None:
    """The training of a lane as of a date, if there is one that today's libraries can read and whose features are still measured so."""
    name = newest(models, lane, as_of)
    return restore(models, name) if name else None


def _card(trained: Trained, about: Mapping[str, Any]) -> Card:
    rule, calibration = trained.simple or (None, None)
    learned = isinstance(trained.scorer, Learned)
    return {
        "lane": trained.lane,
        "as_of": trained.as_of.isoformat(),
        "kind": "learned" if learned else "rule",
        "scorer": trained.scorer.name,
        "meaning": trained.scorer.meaning,
        "note": trained.note,
        "calibration": asdict(trained.calibration),
        "simple": {"rule": rule.name, "meaning": rule.meaning, "calibration": asdict(calibration)} if rule and calibration else None,
        "figures": trained.figures.to_dicts(),
        "verdicts": {name: asdict(verdict) for name, verdict in trained.verdicts.items()},
        "versions": {name: version(name) for name in LIBRARIES},
        "seed": SEED,
        "features_sha256": feature_definitions(),
        **({"features": list(trained.scorer.features)} if isinstance(trained.scorer, Learned) else {}),
        **about,
    }


def _names(models: Path, lane: str, as_of: date) -> list[str]:
    return [name for name in names(models) if _order(name)[:2] == (lane, as_of.isoformat())]


def _order(name: str) -> tuple[str, str, int]:
    match = _NAME.fullmatch(name)
    assert match, "names() keeps to the pattern"
    return match["lane"], match["as_of"], int(match["again"] or 1)


def _plain(card: Card) -> Card:
    plain: Card = json.loads(json.dumps(card))
    return plain


def _settled(card: Card) -> Card:
    return {name: value for name, value in card.items() if name not in _OF_THE_CLOCK}


def _verdict(plain: Card) -> Verdict:
    order = plain.get("order")
    return Verdict(**{**plain, "order": Order(**order) if order else None})


def _calibration(plain: Card) -> Calibration:
    return Calibration(tuple(plain["raw"]), tuple(plain["probability"]), plain["note"])


def _rule(name: str) -> Rule:
    return next(rule for rule in RULES if rule.name == name)


def _scorer(folder: Path, card: Card) -> Scorer:
    if not (folder / PARTS).exists():
        return _rule(card["scorer"])
    parts = skops.io.load(folder / PARTS, trusted=list(TRUSTED))
    return Learned(card["scorer"], card["meaning"], tuple(card["features"]), tuple(parts))
