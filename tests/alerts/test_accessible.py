"""The page as somebody reads it who sees little, sees no colour, or uses no mouse: in a real browser, where one is installed.

Where the package axe-playwright-python is installed too, its axe-core judges the page as well (docs/accessibility.md has what it said).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from alerts.weekly_list import write_weekly_list
from tests.alerts.conftest import County
from tests.browser import HEADLESS, NAMELESS, TOO_FAINT, opened

PATHWAYS = Path(__file__).parents[2] / "config" / "pathways.toml"
REVIEWS = (
    "pair | decision | by | on | reason | pathway | note | until | off | back\n"
    "a | refer | Insp. Shah | 2026-04-29 | | mentoring | | | no | \n"
    "c | managed | Insp. Shah | 2026-04-29 | | | early help | 2026-06-01 | no | "
)
WATCHED = "pair | by | on | note | until | score\nd | Sgt Cole | 2026-04-20 | heard in the yard | 2026-06-01 | 0.001"


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole list of a small county, with reviews, watched pairs and pathways."""
    home = County(reviews=REVIEWS, watched=WATCHED).publish(tmp_path_factory.mktemp("accessible"))
    return write_weekly_list(home, None, datetime(2026, 5, 4), pathways=PATHWAYS).html


@pytest.fixture
def page(listed: Path) -> Iterator[Any]:
    with opened(listed) as page:
        yield page


def test_every_text_stands_out_from_its_ground_on_screen_and_in_print(page: Any) -> None:
    assert page.evaluate(TOO_FAINT) == []
    page.emulate_media(media="print")
    assert page.evaluate(TOO_FAINT) == []


def test_links_drawings_tables_and_parts_have_names_and_rows_have_heads(page: Any) -> None:
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(HEADLESS) == []
    assert page.evaluate("document.documentElement.lang") == "en-GB"


def test_every_link_can_be_reached_and_followed_by_keyboard(page: Any) -> None:
    links = page.evaluate("[...document.querySelectorAll('a')].filter(a => a.offsetParent || a.className == 'skip').length")
    reached = []
    for _ in range(links):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.tagName + [...document.querySelectorAll('a')].indexOf(document.activeElement)")
        )
    assert reached[0] == "A0"
    assert len(set(reached)) == links
    page.goto(page.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("#main"))  # a busy browser goes there a moment later


def test_focus_can_be_seen(page: Any) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


@pytest.mark.skipif(importlib.util.find_spec("axe_playwright_python") is None, reason="axe-playwright-python is not installed")
def test_axe_core_finds_nothing_wrong(page: Any) -> None:
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec
    assert spec.origin
    page.evaluate(Path(spec.origin).with_name("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
