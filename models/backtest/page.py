"""The report as one self-contained page, from what report.json holds and nothing else. The same content gives the same bytes."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from models.backtest import pictures

TABLES: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Warning",
        "How good the list is, and how early.",
        (
            ("precision", "Precision", "share"),
            ("precision_at_20", "Precision, first 20", "share"),
            ("recall", "Recall", "share"),
            ("recall_known", "Recall, known before", "share"),
            ("recall_at_20", "Recall, first 20", "share"),
            ("harm_recall", "Harm recalled", "share"),
            ("average_precision", "Average precision", "plain"),
        ),
    ),
    (
        "Onset",
        "Only pairs without a serious event in the year before: those that no memory of violence points to.",
        (
            ("onset_precision", "Precision", "share"),
            ("onset_recall", "Recall", "share"),
            ("onset_average_precision", "Average precision", "plain"),
        ),
    ),
    (
        "Lead time",
        "Of the serious events that were flagged at all in the 56 days before.",
        (
            ("lead_median", "Days, median", "number"),
            ("lead_7d", "At least 7 days", "share"),
            ("lead_14d", "At least 14 days", "share"),
            ("lead_28d", "At least 28 days", "share"),
        ),
    ),
    (
        "Burden",
        "What the list asks of those who work with it.",
        (
            ("burden", "Pair-weeks a true warning", "number"),
            ("new_a_week", "New each week", "share"),
            ("spell_weeks", "Weeks on, mean", "number"),
            ("spell_weeks_median", "Weeks on, median", "number"),
            ("reflagged", "Left and listed again", "share"),
        ),
    ),
)


def render_page(content: dict[str, Any]) -> str:
    """The page of a report's content."""
    return _environment().get_template("backtest.html.j2").render(**content, tables=TABLES)


def share(figure: dict[str, float | None]) -> str:
    """31.2% (28.0–34.1)."""
    return _figure(figure, 100, 1, "%")


def plain(figure: dict[str, float | None]) -> str:
    """0.312 (0.280–0.341)."""
    return _figure(figure, 1, 3, "")


def number(figure: dict[str, float | None]) -> str:
    """24.0 (21.0–28.0)."""
    return _figure(figure, 1, 1, "")


def points(figure: dict[str, float | None]) -> str:
    """+2.1 (0.8 to 3.3), in points of a hundred."""
    if figure["value"] is None or figure["low"] is None or figure["high"] is None:
        return "–"
    return f"{100 * figure['value']:+.1f} ({100 * figure['low']:+.1f} to {100 * figure['high']:+.1f})"


def _figure(figure: dict[str, float | None], times: int, digits: int, unit: str) -> str:
    if figure["value"] is None or figure["low"] is None or figure["high"] is None:
        return "–"
    return f"{times * figure['value']:.{digits}f}{unit} ({times * figure['low']:.{digits}f}–{times * figure['high']:.{digits}f})"


def curve(rows: list[dict[str, float]], column: str) -> list[tuple[float, float]]:
    """A line of a picture: list size and a share."""
    return [(row["size"], row[column]) for row in rows]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("models.backtest"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(share=share, plain=plain, number=number, points=points, curve=curve)
    environment.globals.update(pictures=pictures)
    return environment
