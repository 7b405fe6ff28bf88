"""The closing words of a run: what happened, what to mend and where to look."""

from __future__ import annotations

from rich.console import Console

from flows.run import Run
from flows.runlog import log_file
from flows.stage import Done

COUNTED = (
    "files new",
    "files refused",
    "files postponed",
    "rows read",
    "rows accepted",
    "rows rejected",
    "pairs flagged in conflict",
    "pairs flagged as domestic",
)
QUERY = "select lane, rank, round(score, 4) as score, status, reasons from analyst.flagged_pairs order by lane, rank limit 10"


def say(console: Console, text: str) -> None:
    """A line as it is: nothing in it is taken for markup, and a path is not broken over lines."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def say_nightly(run: Run, done: list[Done], console: Console) -> None:
    """What a night took in, refused and published."""
    counts = {what: n for one in done for what, n in one.counts.items()}
    say(console, f"\nPublished as of {run.as_of:%A %d %B %Y}: {run.published}")
    for what in COUNTED:
        say(console, f"  {what:<26}{counts.get(what, 0):>12,}")
    if counts.get("rows rejected"):
        say(console, "  Every rejected row, with file, line and reason, is in analyst.rejects.")
    _say_notices(run, console)
    say(console, f"The list for the tactical group: forewarn weekly --home {run.home} --as-of {run.as_of}")
    _say_query(run, console)
    say(console, f"Log of this run: {log_file(run)}")


def say_weekly(run: Run, done: list[Done], console: Console) -> None:
    """Where the list is, and what changed on it."""
    counts = {what: n for one in done for what, n in one.counts.items()}
    what = f"{counts['pairs']} pairs, {counts['new']} new, {counts['left']} left" if run.made else "none"
    say(console, f"\nThe list for the tactical group, as of {run.as_of:%A %d %B %Y}: {what}")
    for text in [*run.made, *run.notices]:
        say(console, f"  {text}")


def say_demo(run: Run, console: Console) -> None:
    """Where to look after a demonstration."""
    say(console, "\nWhere to look")
    say(console, f"  the list, in a browser:   {run.made[-1]}")
    say(console, f"  the analysts' database:   {run.published}")
    say(console, f"  what truly happened:      {run.home / 'county' / 'truth'}")
    _say_query(run, console)


def _say_notices(run: Run, console: Console) -> None:
    for notice in run.notices:
        say(console, f"! {notice}")


def _say_query(run: Run, console: Console) -> None:
    say(console, "A query to try:")
    say(console, f"""  .venv/bin/python -c "import duckdb; duckdb.connect('{run.published}', read_only=True).sql('{QUERY}').show()\"""")
