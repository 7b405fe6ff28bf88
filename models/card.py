"""A model's card in Markdown: what it is for, what it rests on, how it did, who put it in use, and what has been seen of it since."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from models.gate import CONFIDENCE
from models.promotions import Entry, read, state_of
from models.registry import Card, read_card

FILE, WATCH, REPORT = "card.md", "watch.json", "report.json"
PURPOSE = (
    "Ranks pairs of people in contact by the probability of serious violence between the two within 28 days, for people to look at first. "
    "It decides nothing, and is no evidence against anyone."
)
COMPARED = (
    "Simple rules on every second settled week, a learned model only on weeks that it was not taught: hold rules against each other here, and the model "
    "against the best of them under the gate, where both are judged on the same weeks."
)
NIGHTS = 5


def write_card(models: Path, name: str) -> Path:
    """Writes the card beside what it tells of, as it stands now; returns its path. Raises ModelUnknown, LedgerBroken."""
    file = models / name / FILE
    file.write_text(card_text(models, name), encoding="utf-8")
    return file


def card_text(models: Path, name: str) -> str:
    """The card as it stands now. Raises ModelUnknown, LedgerBroken."""
    card = read_card(models, name)
    ledger = [entry for entry in read(models) if entry.lane == card["lane"]]
    parts = (
        _head(card, state_of(ledger, card["lane"], name)),
        _decisions(entry for entry in ledger if name in (entry.model, entry.before)),
        _figures(card, _beside(models, name, REPORT)),
        _gate(card),
        _calibration(card),
        _training(card),
        _watch(_beside(models, name, WATCH)),
        _provenance(card),
    )
    return "\n".join(part for part in parts if part)


def _beside(models: Path, name: str, file: str) -> Any:
    path = models / name / file
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _head(card: Card, state: str) -> str:
    return (
        f"# Model card: {card['id']}\n\n{PURPOSE}\n\n"
        f"| | |\n| --- | --- |\n| state | {state} |\n| lane | {card['lane']} |\n| scorer | {card['scorer']}: {card['meaning']} |\n"
        f"| trained on | what was known by {card['as_of']} |\n| why this scorer | {card['note']} |\n| probabilities | {card['calibration']['note']} |\n"
    )


def _decisions(entries: Iterable[Entry]) -> str:
    lines = [
        f"| {entry.at:%Y-%m-%d %H:%M} | {entry.action.replace('_', ' ')} | {entry.model} | {entry.before or ''} | {_cell(entry.by)} | {_cell(entry.why)} |"
        for entry in entries
    ]
    table = "\n".join(["| when | what | model | in place of | by | why |", "| --- | --- | --- | --- | --- | --- |", *lines])
    return f"## Decisions\n\n{table if lines else 'None: a candidate.'}\n"


def _figures(card: Card, report: Any) -> str:
    text = ""
    if report:
        about = report["about"]
        text = f"## How it did\n\n{report['verdict']['headline']}\n\n" + "\n".join(f"- {one}" for one in report["verdict"]["sentences"])
        text += f"\n\nOn {about['weeks']} Sundays, {about['first']} to {about['last']}, not learned from; brackets hold {CONFIDENCE:.0%} intervals.\n\n"
        columns = {
            "precision": "precision",
            "precision_at_20": "of the first 20",
            "onset_precision": "onset",
            "recall": "recall, 7 days early",
        }
        text += _table(
            ["", *columns.values()],
            [[about["said"][name], *(_share(found[one]) for one in columns)] for name, found in report["measures"].items()],
        )
    rows = sorted(card["figures"], key=lambda one: -one["average_precision"])
    named = [
        [one["scorer"], f"{one['average_precision']:.3f}", f"{one['precision_at_list']:.3f}", one["weeks"], one["outcomes"]] for one in rows
    ]
    return f"{text}\n## Every scorer compared\n\n{COMPARED}\n\n" + _table(
        ["scorer", "average precision", "precision at the list's size", "weeks", "outcomes"], named
    )


def _gate(card: Card) -> str:
    rows = [
        [name, f"{one['gain']:+.4f}", _interval(one), f"{one.get('least', 0.0):+.4f}", _order(one.get("order"))]
        for name, one in card["verdicts"].items()
    ]
    if not rows:
        return "## The gate\n\nNo learned model was judged: too little history.\n"
    measured = "Gain in precision at the list's size, and in average precision over all pairs, over the one in use before it; paired bootstrap over pairs."
    return f"## The gate\n\n{measured}\n\n" + _table(
        ["model", "gain", f"{CONFIDENCE:.0%} interval", "least asked", "in average precision"], rows
    )


def _interval(found: Card) -> str:
    return f"{found['low']:+.4f} to {found['high']:+.4f}"


def _order(found: Card | None) -> str:
    return f"{found['gain']:+.4f} ({_interval(found)})" if found else "not asked"


def _calibration(card: Card) -> str:
    points = list(zip(card["calibration"]["raw"], card["calibration"]["probability"], strict=True))
    rows = [[f"{raw:.4g}", f"{probability:.4%}"] for raw, probability in points]
    return ("## Calibration\n\n" + _table(["raw figure", "probability"], rows)) if rows else ""


def _training(card: Card) -> str:
    period = card.get("period")
    if not period:
        return ""
    return "## Training\n\n" + _table(
        ["", ""],
        [
            ["weeks", f"{period['weeks']}, as of {period['first']} to {period['last']}"],
            ["pair-weeks", f"{period['pair_weeks']:,}"],
            ["outcomes", f"{period['outcomes']:,}"],
            ["embargo", f"{period['embargo_days']} days: the label's, and {period['delay_days']} within which nine of ten serious events came to be known"],
            ["list size", card["list_size"]],
            ["seed", card["seed"]],
            ["features", f"{len(card['features'])}: {', '.join(card['features'])}"],
        ],
    )  # fmt: skip


def _watch(watch: Any) -> str:
    if not watch:
        return "## Since then\n\nNo night has scored with it yet.\n"
    nights = list(watch.items())
    lines = [f"- {day}: {'; '.join(one['said']) or 'nothing to report'}" for day, one in nights[-NIGHTS:]]
    loud = [day for day, one in nights if any("drift" in said for said in one["said"])]
    first = f" Drift was first reported on {loud[0]}, on {len(loud)} nights in all." if loud else " No drift was reported."
    return f"## Since then\n\n{len(nights)} nights.{first} The last of them:\n\n" + "\n".join(lines) + "\n"


def _provenance(card: Card) -> str:
    code, data, label = card.get("code", {}), card.get("data", {}), card.get("label", {})
    rows: list[list[Any]] = [
        ["code", f"forewarn {code.get('package')}, commit {code.get('commit')}, sha256 {code.get('sha256')}"],
        ["data", f"{len(data.get('files', ()))} files, {data.get('rows', 0):,} rows, {data.get('events', 0):,} events of {data.get('pairs', 0):,} pairs, "
                 f"sha256 {data.get('sha256')}"],
        ["linkage", card.get("link_model")],
        ["label", f"{label.get('horizon_days')} days, definition sha256 {label.get('definition_sha256')}"],
        ["features", f"definitions sha256 {card['features_sha256']}"],
        ["libraries", ", ".join(f"{name} {version}" for name, version in card["versions"].items())],
    ]  # fmt: skip
    loads = [[one["load_id"], one["file"], f"{one['rows']:,}", one["sha256"]] for one in data.get("files", ())]
    return "## Where it comes from\n\n" + _table(["", ""], rows) + "\n" + _table(["load", "file", "rows", "sha256"], loads)


def _table(heads: list[str], rows: list[list[Any]]) -> str:
    lines = [heads, ["---"] * len(heads), *([_cell(str(cell)) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _share(figure: dict[str, float | None]) -> str:
    if figure["value"] is None or figure["low"] is None or figure["high"] is None:
        return "–"
    return f"{figure['value']:.1%} ({figure['low']:.1%} to {figure['high']:.1%})"
