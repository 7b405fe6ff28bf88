"""The page as somebody reads it who sees little, sees no colour, or uses no mouse: in a real browser, where one is installed.

Where the package axe-playwright-python is installed too, its axe-core judges the page as well (docs/accessibility.md has what it said).
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from alerts.weekly_list import write_weekly_list

if TYPE_CHECKING:
    from tests.alerts.conftest import County

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
PATHWAYS = Path(__file__).parents[2] / "config" / "pathways.toml"
REVIEWS = (
    "pair | decision | by | on | reason | pathway | note | until | off | back\n"
    "a | refer | Insp. Shah | 2026-04-29 | | mentoring | | | no | \n"
    "c | managed | Insp. Shah | 2026-04-29 | | | early help | 2026-06-01 | no | "
)
WATCHED = "pair | by | on | note | until | score\nd | Sgt Cole | 2026-04-20 | heard in the yard | 2026-06-01 | 0.001"

TOO_FAINT = """() => {
  const channel = c => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 };
  const parts = css => (css.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = e => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor); if (c.length == 3 || c[3] > 0) return c }
                        return [255, 255, 255] };
  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = texts.nextNode();) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest('svg, style, .vh, .skip')) continue;
    const [one, other] = [light(parts(getComputedStyle(e).color)), light(ground(e))].sort((a, b) => b - a);
    if ((one + 0.05) / (other + 0.05) < 4.5) faint.push(node.data.trim());
  }
  return faint }"""
NAMELESS = """() => [...document.querySelectorAll('a, svg[role=img], table, section, article, nav')].filter(e => {
  const named = (e.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)?.textContent || '').join('');
  return !(e.getAttribute('aria-label') || named || e.caption?.textContent || (e.tagName == 'A' && e.textContent)).trim() }).map(e => e.outerHTML.slice(0, 80))"""
HEADLESS = """() => [...document.querySelectorAll('tbody tr')].filter(row => !row.querySelector('th[scope=row]')).map(row => row.textContent.trim())"""


@pytest.fixture
def page(county: County, publish: Callable[[County], Path]) -> Iterator[Any]:
    """The whole list of a small county in a browser, with reviews, watched pairs and pathways."""
    playwright = pytest.importorskip("playwright.sync_api")
    home = publish(replace(county, reviews=REVIEWS, watched=WATCHED))
    html = write_weekly_list(home, None, datetime(2026, 5, 4), pathways=PATHWAYS).html
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False, args=QUIET)
        opened = chromium.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}).new_page()
        opened.goto(html.as_uri())
        yield opened
        chromium.close()


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
