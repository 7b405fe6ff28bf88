"""`python -m bench.weekly_list --home HOME`: the list of a published night laid out anew in each format, in seconds, from its own record; HOME stays as it is."""

from __future__ import annotations

import argparse
import os
import resource
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from alerts.profiles import WHOLE
from alerts.render.content import ListContent
from alerts.render.documents import FORMATS, lane_of, render_documents
from alerts.render.issued import issued_days, issued_record
from alerts.render.page import render_page
from alerts.render.pdf import engine, render_pdfs
from alerts.render.seen import seen_by
from alerts.render.stored import content_from
from alerts.render.workbook import render_workbook


def main() -> None:
    """Prints a line for each measure."""
    parser = argparse.ArgumentParser(prog="python -m bench.weekly_list")
    parser.add_argument("--home", type=Path, required=True, help="a home with an issued list, such as that of `forewarn demo`")
    home = parser.parse_args().home
    day = max(issued_days(home), default=None)
    if day is None:
        parser.error(f"no list was issued under {home / 'alerts'}: run `forewarn weekly` first")
    content = content_from(issued_record(home, day)[1]["content"])
    print(
        f"list of {day}: {len(content.lane('conflict'))} pairs in conflict, {len(content.lane('domestic'))} domestic; {engine() or 'no PDF'}"
    )
    print(f"cores {os.cpu_count()}, load before {os.getloadavg()[0]:.1f}")
    print(f"  {'':<44}{'clock':>8}{'processor':>11}")
    for what, (clock, processor) in measure(content).items():
        print(f"  {what:<44}{clock:>6.1f} s{processor:>9.1f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  largest process that made a PDF{peak:>16.0f} MB")


def measure(content: ListContent) -> dict[str, tuple[float, float]]:
    """Seconds by the clock and of the processors, for each format of the county's list, of the three together, and of all files."""
    county = seen_by(WHOLE, lane_of(content, "conflict"))
    page = render_page(county, 1, "")
    taken = {
        "page": _seconds(lambda: render_page(county, 1, "")),
        "workbook": _seconds(lambda: render_workbook(county, 1, "")),
        "PDF": _seconds(lambda: render_pdfs([page])),
    }
    taken["the county's list in three formats"] = (
        sum(clock for clock, _ in taken.values()),
        sum(processor for _, processor in taken.values()),
    )
    taken["all files, partnerships and domestic too"] = _seconds(lambda: render_documents(content, WHOLE, 1, "", FORMATS))
    return taken


def _seconds(act: Callable[[], object]) -> tuple[float, float]:
    begun, spent = monotonic(), _processor()
    act()
    return monotonic() - begun, _processor() - spent


def _processor() -> float:
    """Seconds that processors spent on this process and on those that it waited for."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
