"""What a browser shows and prints of the summary, a pair and a feud, held against what was agreed: structure, not pixels.

To take a new structure: `python -m tests.alerts.test_structure`, and read the difference in county/structure.txt.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from alerts.weekly_list import write_weekly_list
from tests.alerts.conftest import County
from tests.browser import opened

AGREED = Path(__file__).parent / "county" / "structure.txt"
PARTS = {"summary": ".about, .the-list", "pair": "#conflict-1", "feud": "#feud-2"}
VISIBLE = """selector => {
  const said = [];
  const shown = e => getComputedStyle(e).display != 'none' && e.getBoundingClientRect().width > 1;
  const rows = e => [...e.querySelectorAll('tbody tr')].filter(shown);
  const cells = r => [...r.children].filter(shown).length;
  const walk = (e, depth) => {
    if (!shown(e)) return;
    const tag = e.tagName.toLowerCase();
    const named = tag + (e.classList.length ? '.' + [...e.classList].join('.') : '');
    const line = text => said.push('  '.repeat(depth) + text);
    if (tag == 'table') return line(`${named}: ${rows(e).length} rows of ${cells(rows(e)[0])}`);
    if (tag == 'svg') return line(`${named}: ${e.querySelectorAll('.mark, .dot').length} marks`);
    if (['ul', 'ol', 'dl'].includes(tag)) return line(`${named}: ${[...e.children].filter(shown).length} items`);
    line(named + (/^h[1-6]$/.test(tag) ? ': ' + e.textContent.trim().replace(/\\s+/g, ' ') : ''));
    if (!['p', 'h1', 'h2', 'h3', 'h4'].includes(tag)) [...e.children].forEach(child => walk(child, depth + 1));
    else [...e.querySelectorAll('svg')].forEach(child => walk(child, depth + 1));
  };
  document.querySelectorAll(selector).forEach(e => walk(e, 0));
  return said }"""


def structure(home: Path) -> str:
    """What is visible of each part, on screen and in print."""
    html = write_weekly_list(County().publish(home), None, datetime(2026, 5, 4)).html
    said = []
    with opened(html) as page:
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            for part, selector in PARTS.items():
                said += [f"== {part}, {media}", *page.evaluate(VISIBLE, selector)]
    return "\n".join(said) + "\n"


def test_summary_pair_and_feud_have_the_structure_that_was_agreed(tmp_path: Path) -> None:
    assert structure(tmp_path) == AGREED.read_text(encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        AGREED.write_text(structure(Path(place)), encoding="utf-8")
