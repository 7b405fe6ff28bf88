"""The drawing of a feud: sides told by shape as well as colour, nobody named who may not be, lines from person to person."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.render.content import FeudLink, FeudNode
from alerts.render.network import WIDTH, draw_network
from alerts.weekly_list import write_weekly_list
from tests.alerts.test_page import contrast

if TYPE_CHECKING:
    from tests.alerts.conftest import County

NODES = (
    FeudNode("a", "Ann", False, 1),
    FeudNode("a", "", False, None),
    FeudNode("b", "Bob", True, 1),
    FeudNode("", "Cy", False, None),
)
LINKS = (FeudLink(0, 2, True, 1), FeudLink(0, 1, False, None), FeudLink(3, 2, False, None))


def test_sides_stand_apart_and_have_their_own_shape() -> None:
    drawn = draw_network(NODES, LINKS)
    assert [(dot.shape, dot.label) for dot in drawn.dots] == [
        ("circle", "Ann"),
        ("circle", ""),
        ("square", "Bob (victim only)"),
        ("diamond", "Cy"),
    ]
    assert drawn.dots[0].x == drawn.dots[1].x < drawn.dots[3].x < drawn.dots[2].x
    assert all(abs(one.x - other.x) + abs(one.y - other.y) > 20 for one, other in combinations(drawn.dots, 2))
    assert all(0 < dot.x < WIDTH and 0 < dot.y < drawn.height for dot in drawn.dots)


def test_lines_run_from_one_to_the_other_and_bend_within_a_side() -> None:
    across, within, _ = draw_network(NODES, LINKS).lines
    assert (across.path, across.rank) == ("M190 18L450 18", 1)
    assert within.path == "M190 18Q282 31 190 44"


def test_a_feud_of_one_side_only_can_be_drawn() -> None:
    assert len(draw_network((FeudNode("", "Cy", False, None),), ()).dots) == 1


def test_the_drawing_names_only_whom_the_page_names_and_tells_all_in_words(county: County, publish: Callable[[County], Path]) -> None:
    html = write_weekly_list(publish(county), None, datetime(2026, 5, 4)).html.read_text()
    drawings = re.findall(r'<svg class="network".*?</svg>', html, re.DOTALL)
    assert len(drawings) == 2
    assert "Unnamed" not in "".join(drawings)
    assert "Jordan Vale and Tyler Quinn." in drawings[0]
    assert "Kyle Mason and Dean Archer, number 1 on the list." in drawings[1]
    assert "somebody not named" in drawings[1]
    assert all('role="img"' in one and "<title" in one and "<desc" in one for one in drawings)


def test_the_shapes_stand_out_from_the_page() -> None:
    css = (Path(__file__).parents[2] / "alerts" / "templates" / "style.css").read_text()
    named = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))
    assert all(contrast(named[ink], "#ffffff") >= 3 for ink in ("navy", "red", "soft"))
