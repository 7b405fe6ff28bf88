"""A page in a real browser, where one is installed, and what is asked of every page: contrast, names, heads of rows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]

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


@contextmanager
def blank_page(width: int = 1280, **context: Any) -> Iterator[Any]:
    """A page with nothing opened yet. Skips the test where no browser is."""
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no chromium is installed")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False, args=QUIET)
        try:
            yield chromium.new_context(viewport={"width": width, "height": 900}, **context).new_page()
        finally:
            chromium.close()


@contextmanager
def opened(html: Path, width: int = 1280) -> Iterator[Any]:
    """A file of ours, opened so that a test may run scripts in it."""
    with blank_page(width, bypass_csp=True) as page:
        page.goto(html.as_uri())
        yield page
