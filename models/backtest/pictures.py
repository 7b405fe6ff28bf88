"""The report's pictures as inline SVG: lines over list size, reliability, lead times and months. Told apart by form as well as colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

WIDTH, HEIGHT = 430, 260
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 14, 38
STYLES = (
    "stroke:#1c2f57;stroke-width:2.4",
    "stroke:#8c1220;stroke-width:1.8;stroke-dasharray:7 3",
    "stroke:#4a5363;stroke-width:1.5;stroke-dasharray:2 3",
)


@dataclass(frozen=True)
class Axes:
    """What the two axes run to, from 0."""

    x_most: float
    y_most: float

    def x(self, value: float) -> float:
        """Where a value stands from left to right."""
        return round(LEFT + (WIDTH - LEFT - RIGHT) * value / self.x_most, 1)

    def y(self, value: float) -> float:
        """Where a value stands, 0 at the bottom."""
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.y_most, 1)


def lines(title: str, series: Sequence[tuple[str, Sequence[tuple[float, float]]]], x_label: str) -> str:
    """Lines with points, each named at its end in the key below; shares from 0."""
    points = [point for _, line in series for point in line]
    axes = Axes(max((x for x, _ in points), default=1.0), _round_up(max((y for _, y in points), default=0.1)))
    parts = [_grid(axes, [(axes.x(x), f"{x:g}") for x in _spread([x for x, _ in series[0][1]])], x_label)]
    for (_, line), style in zip(series, STYLES, strict=False):
        path = " ".join(f"{axes.x(x)},{axes.y(y)}" for x, y in line)
        parts.append(f'<polyline points="{path}" style="fill:none;{style}"/>')
    return _svg(title, parts, _key([name for name, _ in series]))


def reliability(title: str, steps: Sequence[dict[str, Any]]) -> str:
    """Said from left to right, was from bottom to top with its interval; on the line is right."""
    most = _round_up(max([*(s["said"] for s in steps), *(s["was"]["high"] or 0.0 for s in steps), 0.05]))
    axes = Axes(most, most)
    parts = [_grid(axes, [(axes.x(most * n / 4), f"{most * n / 4:.0%}") for n in range(5)], "said")]
    parts.append(f'<line x1="{axes.x(0)}" y1="{axes.y(0)}" x2="{axes.x(most)}" y2="{axes.y(most)}" style="{STYLES[2]}"/>')
    parts += [_whisker(axes, step["said"], step["was"]) for step in steps]
    return _svg(title, parts, "<tspan>dots: what was, with interval; dotted: said and was alike</tspan>")


def columns(title: str, spread: dict[str, int], x_label: str) -> str:
    """A column for each kind, with its count on top."""
    axes = Axes(len(spread), max([*spread.values(), 1]) * 1.12)
    parts = [_grid(axes, [(axes.x(n + 0.5), name) for n, name in enumerate(spread)], x_label, counts=True)]
    for n, (name, count) in enumerate(spread.items()):
        fill = "#c5cbd6" if name == "never" else "#1c2f57"
        x, y = axes.x(n + 0.12), axes.y(count)
        parts.append(f'<rect x="{x}" y="{y}" width="{round(axes.x(n + 0.88) - x, 1)}" height="{round(axes.y(0) - y, 1)}" fill="{fill}"/>')
        parts.append(f'<text x="{axes.x(n + 0.5)}" y="{y - 3}" text-anchor="middle">{count}</text>')
    return _svg(title, parts, "")


def months(title: str, rows: Sequence[dict[str, Any]]) -> str:
    """A dot with its interval for each month."""
    axes = Axes(max(len(rows), 1), _round_up(max([row["precision"]["high"] or 0.0 for row in rows] or [0.1])))
    parts = [_grid(axes, [(axes.x(n + 0.5), row["month"][:7]) for n, row in enumerate(rows)], "month of the list")]
    parts += [_whisker(axes, n + 0.5, row["precision"]) for n, row in enumerate(rows)]
    return _svg(title, parts, "")


def _whisker(axes: Axes, x: float, value: dict[str, float | None]) -> str:
    if value["value"] is None or value["low"] is None or value["high"] is None:
        return ""
    at = axes.x(x)
    return (
        f'<line x1="{at}" y1="{axes.y(value["low"])}" x2="{at}" y2="{axes.y(value["high"])}" style="stroke:#1c2f57;stroke-width:1.4"/>'
        f'<circle cx="{at}" cy="{axes.y(value["value"])}" r="3.6" fill="#1c2f57"/>'
    )


def _grid(axes: Axes, ticks: Sequence[tuple[float, str]], x_label: str, *, counts: bool = False) -> str:
    parts = []
    for n in range(0 if counts else 5):
        share = axes.y_most * n / 4
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{axes.y(share)}" y2="{axes.y(share)}" stroke="#e2e6ec"/>')
        parts.append(f'<text x="{LEFT - 5}" y="{axes.y(share) + 4}" text-anchor="end">{_percent(share)}</text>')
    parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{axes.y(0)}" y2="{axes.y(0)}" stroke="#14181f"/>')
    parts += [f'<text x="{x}" y="{HEIGHT - BOTTOM + 14}" text-anchor="middle">{escape(said)}</text>' for x, said in ticks]
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}" text-anchor="middle" class="axis">{escape(x_label)}</text>')
    return "".join(parts)


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def _spread(values: Sequence[float]) -> list[float]:
    return [value for value in values if value in (5, 20, 50, 100, 150, 200)] or list(values)


def _round_up(most: float) -> float:
    return next((step for step in (0.02, 0.04, 0.08, 0.12, 0.2, 0.4, 0.6, 0.8, 1.0) if step >= most), 1.0)


def _key(names: Sequence[str]) -> str:
    ways = ("solid", "dashed", "dotted")
    return f"<tspan>{escape('; '.join(f'{way}: {name}' for way, name in zip(ways, names, strict=False)))}</tspan>"


def _svg(title: str, parts: Sequence[str], key: str) -> str:
    """Every figure put in is a number or escaped text."""
    drawn = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT + 18}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>{"".join(parts)}'
    )
    return f'{drawn}<text x="{LEFT}" y="{HEIGHT + 13}" class="key">{key}</text></svg>'
