"""Which model makes a lane's scores tonight: what passed the gate this month, what a person chose, or the best simple rule until someone does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from models.promotions import THE_GATE, Action, Entry, chosen_by, decide, in_use, line_of, read
from models.registry import Card, names, newest, read_card, restore, why_unusable
from models.training import Trained


class Promotion(StrEnum):
    """Who puts a model in use: the gate in each monthly training, or a person alone."""

    automatic = "automatic"
    by_hand = "by_hand"


@dataclass(frozen=True)
class Standing:
    """The model in use: its card, its scorer, who chose it and why, and what an operator should know of it."""

    model_id: str
    card: Card
    trained: Trained
    by: str
    why: str
    since: datetime | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_its_scorer(self) -> bool:
        """Whether the scores are the card's own scorer's, and not those of the simple rule beside it."""
        return bool(self.trained.scorer.name == self.card["scorer"])


def _never(_card: Card) -> bool:
    return False


def stand(
    models: Path,
    lane: str,
    day: date,
    *,
    promotion: Promotion,
    train: Callable[[], str],
    now: datetime,
    is_outgrown: Callable[[Card], bool] = _never,
) -> Standing:
    """The model of a lane for the nights of the month after `day`. `train` registers the month's training, and is called only when it is missing,
    or `is_outgrown` by what has been delivered since, and needed. What the gate puts in use is entered in the ledger. Raises LedgerBroken."""
    ledger = read(models)
    choice = _choice(models, ledger, lane, day, promotion)
    note: tuple[str, ...] = ()
    if choice is not None:
        name, by, why, since = choice
        card = read_card(models, name)
        unusable = why_unusable(card)
        if unusable is None:
            return Standing(name, card, restore(models, name), by, why, since, _waiting(models, lane, name, day))
        note = (f"the model in use, {name}, cannot score: {unusable}",)
    registered = newest(models, lane, day)
    name = train() if registered is None or is_outgrown(read_card(models, registered)) else registered
    if promotion is Promotion.by_hand or note:
        return _simple(models, name, note)
    _enter_by_rule(models, ledger, lane, name, now)
    card = read_card(models, name)
    return Standing(name, card, restore(models, name), THE_GATE, card["note"])


def _choice(models: Path, ledger: list[Entry], lane: str, day: date, promotion: Promotion) -> tuple[str, str, str, datetime | None] | None:
    """The model that stands by decision: a person's that was not released; by hand also what was in use last by rule."""
    person = chosen_by(ledger, lane)
    if person is None and promotion is Promotion.automatic:
        return None
    known = set(names(models))
    for name in reversed(line_of(ledger, lane)):
        if name in known and date.fromisoformat(read_card(models, name)["as_of"]) <= day:
            entry = person or next(e for e in reversed(ledger) if e.lane == lane and e.model == name)
            return name, entry.by, entry.why, entry.at if person else None
    return None


def _waiting(models: Path, lane: str, used: str, day: date) -> tuple[str, ...]:
    """What a person may want to promote: a later training than the one in use."""
    later = [name for name in names(models) if name.startswith(f"{lane}-")]
    later = [name for name in later[later.index(used) + 1 :] if date.fromisoformat(read_card(models, name)["as_of"]) <= day]
    return (f"{later[-1]} waits: {used} stays in use until a person promotes another (`forewarn models promote`)",) if later else ()


def _simple(models: Path, name: str, note: tuple[str, ...]) -> Standing:
    """The best simple rule of a training: what is used while no one has promoted a model that can score."""
    trained = restore(models, name)
    why = "no model has been promoted by a person that can score: the best simple rule"
    if trained.simple is not None:
        rule, calibration = trained.simple
        trained = replace(trained, scorer=rule, calibration=calibration, note=why)
    waits = (*note, f"the best simple rule is in use: {name} waits for a person (`forewarn models promote`)")
    return Standing(name, read_card(models, name), trained, "nobody", why, notes=waits)


def _enter_by_rule(models: Path, ledger: list[Entry], lane: str, name: str, now: datetime) -> None:
    """A night of an earlier month asked for again uses that month's model, and decides nothing."""
    used = in_use(ledger, lane)
    if used != name and (used is None or _is_later(models, name, used)):
        decide(models, Entry(now, lane, Action.by_rule, name, used, THE_GATE, read_card(models, name)["note"]))


def _is_later(models: Path, name: str, used: str) -> bool:
    order = names(models)
    return used not in order or order.index(name) > order.index(used)
