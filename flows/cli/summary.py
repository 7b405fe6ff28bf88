"""The closing words of a run: what happened, what to mend and where to look."""

from __future__ import annotations

from rich.console import Console

from flows.run import Run
from flows.runlog import log_file
from flows.stage import Done

QUERY = "select rank, lane, score, status, reasons from analyst.flagged_pairs order by lane, rank limit 10"


def say_nightly(run: Run, done: list[Done], console: Console) -> None:
    """Prints what a night took in, refused and published."""
    counts = {what: n for stage in done for what, n in stage.counts.items()}
    say = _speaker(console)
    say(f"Published as of {run.as_of:%A %d %B %Y}: {run.published}")
    for what in ("files new", "files refused", "rows read", "rows accepted", "rows rejected"):
        if what in counts:
            say(f"  {what:<16}{counts[what]:>10,}")
    if counts.get("rows rejected"):
        say("  Rejected rows, with file, line and reason: analyst.rejects")
    _say_notices(run, console)
    say("Look at it, for example:")
    say(f"  forewarn weekly --home {run.home}")
    say(f'  python -c "import duckdb; duckdb.connect({str(run.published)!r}, read_only=True).sql({QUERY!r}).show()"')
    say(f"Log of this run: {log_file(run)}")


def say_weekly(run: Run, done: list[Done], console: Console) -> None:
    """Prints where the list is."""
    say = _speaker(console)
    say(f"The list as of {run.as_of:%A %d %B %Y}:")
    for path in run.made:
        say(f"  {path}")
    _say_notices(run, console)


def _say_notices(run: Run, console: Console) -> None:
    for notice in run.notices:
        console.print(f"! {notice}", markup=False, highlight=False, soft_wrap=True)


def _speaker(console: Console):  # type: ignore[no-untyped-def]
    def say(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    return say
