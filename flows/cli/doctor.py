"""forewarn doctor: a line a finding, and how to mend what is wrong."""

from __future__ import annotations

import os
from collections import Counter

from rich.console import Console

from flows.cli.summary import say
from flows.clock import now_in_london
from flows.doctor.examination import examine
from flows.doctor.finding import Level
from flows.doctor.nights import LAST_NIGHT
from flows.notify import Event, Kind, notify
from flows.settings import Settings


def run_doctor(settings: Settings, *, tell_somebody: bool) -> bool:
    """Says what was found, tells whom the settings name if that was asked for; returns whether nothing failed."""
    console = Console()
    found = examine(settings, now_in_london(), os.environ.get("PREFECT_API_URL") or None)
    for one in found:
        say(console, f"{one.level:<5} {one.topic:<14} {one.said}")
        if one.mend:
            say(console, f"{'':<21}-> {one.mend}")
    counts = Counter(one.level.value for one in found)
    say(console, f"\n{counts['ok']} ok, {counts['warn']} to look at, {counts['fail']} to mend")
    if tell_somebody and counts["fail"]:
        is_late = any(one.level == Level.fail and one.topic == LAST_NIGHT for one in found)
        notify(settings, Event(Kind.late if is_late else Kind.unwell, "doctor", counts=dict(counts)))
    return not counts["fail"]
