"""A page as a tagged PDF: the same page, printed by WeasyPrint. Each is made in a process of its own, so that several are made at once.

WeasyPrint draws with the system library pango, which pip cannot bring. Where it is missing, no PDF is made, and the message says how to mend that.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

MEND = (
    "install the system library pango (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation), "
    "or leave PDF out with FOREWARN_FORMATS=html,xlsx and print the page to PDF from Edge or Chrome"
)
DRAWINGS = Path(__file__).parent.parent / "templates" / "drawings.css"
COMMAND = (sys.executable, "-m", "alerts.render.pdf")
WITH_MARKS = ("timeline", "sample")
MISSING = 3  # exit status of a process that found no pango


class PdfEngineMissing(Exception):
    """PDFs cannot be made here; the message says how to mend it."""


class PdfNotMade(Exception):
    """A PDF could not be made, for another reason than a missing engine."""


@cache
def engine() -> str:
    """What makes PDFs here, by version; empty where it cannot. Other versions of it or of its fonts make other bytes."""
    try:
        from weasyprint.text.ffi import pango
    except OSError:
        return ""
    return f"weasyprint {version('weasyprint')} pango {pango.pango_version()}"


def render_pdfs(pages: Sequence[str]) -> list[bytes]:
    """The PDF of each page; the same page gives the same bytes on the same machine. Raises PdfEngineMissing, PdfNotMade."""
    with ThreadPoolExecutor(max_workers=max(min(os.cpu_count() or 1, len(pages)), 1)) as workers:
        longest_first = sorted(range(len(pages)), key=lambda place: -len(pages[place]))
        begun = {place: workers.submit(_in_a_process, pages[place]) for place in longest_first}
        return [begun[place].result() for place in range(len(pages))]


def as_pdf(page: str) -> bytes:
    """The PDF of one page, made here and now."""
    from weasyprint import HTML

    made: bytes = HTML(string=_with_drawings(page)).write_pdf(pdf_tags=True, pdf_identifier=sha256(page.encode()).digest()[:16])
    return made


def _in_a_process(page: str) -> bytes:
    done = subprocess.run(COMMAND, input=page.encode(), capture_output=True, check=False)  # noqa: S603 - this module itself
    if done.returncode == MISSING:
        raise PdfEngineMissing(f"no PDF can be made on this machine: {MEND}")
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise PdfNotMade(f"the PDF of the list could not be made (exit status {done.returncode}): {MEND}")
    return done.stdout


def _with_drawings(page: str) -> str:
    """The page with the colours of drawings inside each drawing, which is a document of its own to WeasyPrint."""
    rules = re.sub(r"\s+", " ", DRAWINGS.read_text(encoding="utf-8"))
    return re.sub(r"(<svg class=\"(?P<kind>[a-z]+)\"[^>]*>)", lambda found: found[1] + _style(rules, found["kind"]), page)


def _style(rules: str, kind: str) -> str:
    """The rules of one kind of drawing, and of the marks that several have; without outlines of letters, which would hide them here."""
    kinds = f"{kind}|mark" if kind in WITH_MARKS else kind
    mine = [rule for rule in re.findall(r"[^{}]+{[^{}]*}", rules) if re.search(rf"\.({kinds})\b", rule.split("{")[0])]
    plain = re.sub(r"(paint-order: stroke; stroke: #fff; stroke-width: \d+px;|stroke-width: 5px;)", "", "".join(mine))
    return f"<style>{plain}</style>"


def main() -> None:
    """A page on standard input, its PDF on standard output."""
    if not engine():
        sys.exit(MISSING)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells of every rule that is for screens alone
    gc.disable()  # the process ends with the page, and a page is millions of objects that would be looked through again and again
    sys.stdout.buffer.write(as_pdf(sys.stdin.buffer.read().decode()))


if __name__ == "__main__":
    main()
