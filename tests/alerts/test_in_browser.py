"""The page in a real browser, where one is installed: nothing blocked, nothing fetched, nothing cut off, one printed page or more for each pair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.weekly_list import write_weekly_list
from tests.browser import blank_page

if TYPE_CHECKING:
    from tests.alerts.conftest import County


def test_the_page_as_a_browser_shows_and_prints_it(county: County, publish: Callable[[County], Path]) -> None:
    html = write_weekly_list(publish(county), None, datetime(2026, 5, 4)).html
    with blank_page() as page:
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(html.as_uri())
        assert (said, asked) == ([], [html.as_uri()])
        for width in (1280, 1000, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        feud = page.locator("#feud-2")
        assert "Warning: no pair of it is on the list" in feud.inner_text()
        assert feud.locator(".side h4").all_inner_texts() == ["One side", "The other side", "On neither side"]
        boxes = [one.bounding_box() for one in feud.locator(".side").all()]
        assert all(box["width"] > 100 and box["height"] > 20 for box in boxes)
        page.locator("#conflict-1 a[href='#feud-1']").click()
        assert page.locator("#feud-1").is_visible()
        assert page.url.endswith("#feud-1")
        off = page.locator("#conflict-1 .against", has_text="What would take the pair off the list")
        assert off.is_visible()
        page.goto(html.as_uri())
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the list"
        printed = page.pdf(prefer_css_page_size=True, print_background=False)
        assert printed.count(b"/Type /Page\n") == 1 + 1 + 11 + 1  # summary, feuds, a page for each pair, how to read
