"""Where the people of a feud and the conflicts between them are drawn: one side left, the other right, neither below. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.render.content import FeudLink, FeudNode

WIDTH = 640.0
COLUMNS = {"a": 190.0, "b": 450.0, "": 320.0}
SHAPES = {"a": "circle", "b": "square", "": "diamond"}
STEP, TOP, BEND = 26.0, 18.0, 46.0
LABEL_GAP = 12.0
NUMBER_AT = (0.3, 0.7, 0.5)  # along the line, in turn, so that numbers of lines that cross stay apart


@dataclass(frozen=True)
class Dot:
    """Somebody: a shape for the side, and beside it the name, if they are named."""

    x: float
    y: float
    shape: str
    label: str
    label_x: float
    anchor: str


@dataclass(frozen=True)
class Line:
    """A live conflict, as a path; `rank` is written at (x, y) when the pair is on the list."""

    path: str
    is_across: bool
    rank: int | None
    x: float
    y: float


@dataclass(frozen=True)
class Network:
    """A feud drawn."""

    height: float
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]


def draw_network(nodes: Sequence[FeudNode], links: Sequence[FeudLink]) -> Network:
    """Lays out a feud; lines between two of one side bend inwards, so that they do not run through a third."""
    longest = max(sum(node.side == side for node in nodes) for side in ("a", "b"))
    rows = dict.fromkeys(COLUMNS, 0)
    dots = []
    for node in nodes:
        below = longest if node.side == "" else 0
        dots.append(_dot(node, TOP + STEP * (below + rows[node.side])))
        rows[node.side] += 1
    lines = tuple(_line(link, nodes, dots, NUMBER_AT[place % len(NUMBER_AT)]) for place, link in enumerate(links))
    return Network(TOP + STEP * (longest + rows[""]), tuple(dots), lines)


def _dot(node: FeudNode, y: float) -> Dot:
    x = COLUMNS[node.side]
    label = f"{node.name} (victim only)" if node.name and node.only_victim else node.name
    left = node.side == "a"
    return Dot(x, y, SHAPES[node.side], label, x - LABEL_GAP if left else x + LABEL_GAP, "end" if left else "start")


def _line(link: FeudLink, nodes: Sequence[FeudNode], dots: Sequence[Dot], number_at: float) -> Line:
    one, other = dots[link.one], dots[link.other]
    x, y = (one.x + other.x) / 2, (one.y + other.y) / 2
    bend = BEND * {"a": 1, "b": -1, "": -1}[nodes[link.one].side] if one.x == other.x else 0.0
    path = (
        f"M{one.x:g} {one.y:g}Q{x + 2 * bend:g} {y:g} {other.x:g} {other.y:g}" if bend else f"M{one.x:g} {one.y:g}L{other.x:g} {other.y:g}"
    )
    along_x, along_y = one.x + (other.x - one.x) * number_at, one.y + (other.y - one.y) * number_at
    return Line(path, link.is_across, link.rank, x + bend if bend else round(along_x, 1), y if bend else round(along_y, 1))
