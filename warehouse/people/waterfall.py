"""The evidence between two records as a picture: a bar for each comparison, from where the evidence stood to where it took it. SVG, or a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from warehouse.people.why import Weighed, Why

MARK = "OFFICIAL-SENSITIVE: for those who review links, and nobody else"
ROW, LEFT, PLOT, RIGHT, TOP = 30, 170, 440, 390, 96
CHARACTERS_A_LINE = 130
FOR, AGAINST, START, TOTAL = "#1a5f7a", "#9c3d10", "#5a5a5a", "#222222"
NAMES = {
    "prior": "before comparing",
    "middle_name": "middle name",
    "born": "date of birth",
    "address": "postcode",
    "nominal_ref": "person number",
    "street_name": "street name",
    "upn": "pupil number",
}


@dataclass(frozen=True)
class _Bar:
    label: str
    said: str
    begins: float
    ends: float
    colour: str


def record_shown(name: str) -> str:
    """A record's name as it may stand in a picture: an exclusion without the pupil number."""
    source, _, key = name.partition(":")
    return f"{source}:{'…' + key[key.index('/') :] if source == 'exclusion' and '/' in key else key}"


def as_svg(why: Why) -> str:
    """The waterfall as one SVG file that needs nothing else; every bar's meaning is also text in it."""
    bars = _bars(why.weighed)
    low, high = min(0.0, *(min(bar.begins, bar.ends) for bar in bars)), max(0.0, *(max(bar.begins, bar.ends) for bar in bars))
    scale = PLOT / max(high - low, 1e-9)
    reasons = [line for reason in why.reasons for line in wrap(reason, CHARACTERS_A_LINE)]
    height, width = TOP + ROW * len(bars) + 30 + 20 * len(reasons), LEFT + PLOT + RIGHT
    title = f"Evidence that {record_shown(why.records[0])} and {record_shown(why.records[1])} are one person"
    zero = LEFT - low * scale
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="Arial, Helvetica, sans-serif" font-size="14">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(_told(why))}</desc>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(16, 24, MARK, bold=True),
        _text(16, 48, title),
        _text(16, 72, f"{_people(why)} Weights are in log2 of the odds: +1 doubles them, -1 halves them.", colour=START),
        f'<line x1="{zero:.1f}" y1="{TOP - 8}" x2="{zero:.1f}" y2="{TOP + ROW * len(bars)}" stroke="#999999" stroke-dasharray="3 3"/>',
    ]
    for place, bar in enumerate(bars):
        lines += _drawn(bar, TOP + ROW * place, lambda value: LEFT + (value - low) * scale)
    lines += [_text(16, TOP + ROW * len(bars) + 26 + 20 * place, reason) for place, reason in enumerate(reasons)]
    return "\n".join([*lines, "</svg>\n"])


def as_page(why: Why) -> str:
    """The waterfall as a web page that needs nothing else, with the same as a table and all reasons."""
    rows = "".join(
        f"<tr><th scope='row'>{escape(_name(one.comparison))}</th><td>{escape(one.says)}</td><td>{escape(one.value_a or '–')}</td>"
        f"<td>{escape(one.value_b or '–')}</td><td class='n'>{'' if one.weight is None else f'{one.weight:+.2f}'}</td></tr>"
        for one in why.weighed
    )
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in why.reasons)
    first, second = map(record_shown, why.records)
    return f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Why two records are, or are not, one person's</title>
<style>body {{ font: 1rem/1.5 Arial, Helvetica, sans-serif; margin: 2rem; color: #222; max-width: 62rem }} svg {{ max-width: 100%; height: auto }}
table {{ border-collapse: collapse }} th, td {{ text-align: left; padding: .25rem .75rem; border-bottom: 1px solid #ccc }} .n {{ text-align: right }}</style>
</head><body><main><p><strong>{escape(MARK)}</strong></p><h1>{escape(first)} and {escape(second)}</h1>
<p>{escape(_people(why))}</p><ul>{reasons}</ul>
{as_svg(why)}
<table><caption>The same as a table</caption><thead><tr><th scope="col">compared</th><th scope="col">says</th><th scope="col">first</th>
<th scope="col">second</th><th scope="col">weight</th></tr></thead><tbody>{rows}</tbody>
<tfoot><tr><th scope="row">together</th><td></td><td></td><td></td><td class="n">{why.match_weight:+.2f}</td></tr></tfoot></table>
</main></body></html>
"""


def _bars(weighed: Sequence[Weighed]) -> list[_Bar]:
    bars, stands = [], 0.0
    for one in weighed:
        weight = one.weight or 0.0
        colour = START if one.comparison == "prior" else FOR if weight >= 0 else AGAINST
        bars.append(
            _Bar(_name(one.comparison), f"{weight:+.1f}  {'' if one.comparison == 'prior' else one.says}", stands, stands + weight, colour)
        )
        stands += weight
    return [*bars, _Bar("together", f"{stands:+.1f}", 0.0, stands, TOTAL)]


def _drawn(bar: _Bar, top: float, at: Callable[[float], float]) -> list[str]:
    left, right = at(min(bar.begins, bar.ends)), at(max(bar.begins, bar.ends))
    return [
        _text(LEFT - 12, top + 16, bar.label, anchor="end"),
        f'<rect x="{left:.1f}" y="{top + 3}" width="{max(right - left, 1):.1f}" height="{ROW - 12}" fill="{bar.colour}"/>',
        _text(LEFT + PLOT + 12, top + 16, bar.said, colour=bar.colour),
    ]


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = "#222222", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(text)}</text>'


def _name(comparison: str) -> str:
    return NAMES.get(comparison, comparison)


def _people(why: Why) -> str:
    a, b = why.people
    return f"Both belong to {a}." if a == b else f"They belong to two people, {a} and {b}."


def _told(why: Why) -> str:
    """The whole picture in words."""
    parts = ", ".join(f"{_name(one.comparison)} {one.weight or 0.0:+.1f}" for one in why.weighed)
    return f"{parts}; together {why.match_weight:+.1f}. {_people(why)} {' '.join(why.reasons)}"
