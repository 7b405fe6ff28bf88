"""Which models there are and which is in use, and a person's decisions on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.clock import now_in_london
from flows.databases import warehouse_open
from flows.home import prepare_home
from flows.lock import only_run
from flows.settings import Settings

if TYPE_CHECKING:
    import polars as pl


class ReasonMissing(Exception):
    """A decision on a model lacks who made it or why."""


@dataclass(frozen=True)
class Registered:
    """A model in the registry, in a line."""

    model_id: str
    lane: str
    state: str
    scorer: str
    as_of: str
    by: str
    precision: float | None
    why_unusable: str | None


def registered(home: Path) -> list[Registered]:
    """Every model, by lane, oldest first."""
    from models.promotions import read, state_of
    from models.registry import names, read_card, why_unusable

    models = home / "models"
    ledger = read(models)
    found = []
    for name in names(models):
        card = read_card(models, name)
        by = next((entry.by for entry in reversed(ledger) if entry.model == name), "")
        precision = next((one["precision_at_list"] for one in card["figures"] if one["scorer"] == card["scorer"]), None)
        state = state_of(ledger, card["lane"], name)
        found.append(Registered(name, card["lane"], state, card["scorer"], card["as_of"], by, precision, why_unusable(card)))
    return found


def promote(settings: Settings, name: str, by: str, why: str) -> str:
    """Puts a model in use from the next night on; returns what was in use. Raises ModelUnknown, ModelUnusable, ReasonMissing, RunInProgress."""
    from models.promotions import Action
    from models.registry import read_card, restore

    models = settings.home / "models"
    lane = str(read_card(models, name)["lane"])
    restore(models, name)
    return _decide(settings, lane, Action.promoted, name, by=by, why=why)


def back(settings: Settings, lane: str, by: str, why: str) -> tuple[str, str]:
    """Puts the model before the one in use in use again; returns it and the one it replaces. Raises NothingBefore and as promote."""
    from models.promotions import Action, before_that, read
    from models.registry import restore

    models = settings.home / "models"
    name = before_that(read(models), lane)
    restore(models, name)
    return name, _decide(settings, lane, Action.back, name, by=by, why=why)


def release(settings: Settings, lane: str, by: str, why: str) -> str:
    """Takes a person's choice back, so that the rule decides from the next night on. Raises NothingBefore, ReasonMissing."""
    from models.promotions import Action, NothingBefore, chosen_by, read

    choice = chosen_by(read(settings.home / "models"), lane)
    if choice is None:
        raise NothingBefore(f"in lane {lane} no person's choice stands: there is nothing to release")
    _decide(settings, lane, Action.released, choice.model, by=by, why=why)
    return choice.model


def draw_labels(settings: Settings, size: int, seed: int, lane: str) -> tuple[pl.DataFrame, str]:
    """A sample of labelled pair-weeks and the definition, from the warehouse as the last night left it; logged as a consultation.

    Raises NoWarehouse, RunInProgress.
    """
    from flows.auditing import log
    from models.label_sample import definition, sample_labels
    from warehouse.audit.entry import Kind
    from warehouse.code_lists import load_code_lists

    with warehouse_open(settings, "models") as con:
        load_code_lists(con, settings.severity_weights)
        sample, words = sample_labels(con, size, seed, lane), definition(con, lane)
    log(
        settings,
        Kind.consultation,
        f"sample of {sample.height} labels, lane {lane}",
        sorted({person for pair in sample["pair_id"] for person in pair.split("-")}),
        why="check of the label",
    )
    return sample, words


def _decide(settings: Settings, lane: str, action: str, name: str, *, by: str, why: str) -> str:
    from flows.auditing import log
    from models.card import write_card
    from models.promotions import Action, Entry, decide, in_use, read
    from warehouse.audit.entry import Kind

    if not by.strip() or not why.strip():
        raise ReasonMissing("a decision on a model needs who and why: --by NAME --why TEXT")
    home = prepare_home(settings.home)
    models, now = home / "models", now_in_london()
    with only_run(home, "models", now):
        before = in_use(read(models), lane)
        decide(models, Entry(now, lane, Action(action), name, before, by.strip(), why.strip()))
        for changed in {name, before} - {None}:
            if (models / str(changed)).is_dir():
                write_card(models, str(changed))
        log(settings, Kind.alteration, f"model {action} in lane {lane}: {name}", [f"model:{name}"], who=by.strip(), why=why.strip())
    return before or "nothing"
