"""forewarn weekly --replay: a list as issued, made again from its record."""

from __future__ import annotations

from datetime import date

from rich.console import Console

from alerts.render.documents import layout
from alerts.replay import SAID, replay_list
from flows.auditing import log
from flows.cli.summary import say
from flows.settings import Settings
from warehouse.audit.entry import Kind


class NotAsIssued(Exception):
    """A list made again from its record is not what was issued."""


def run_replay(settings: Settings, day: date) -> None:
    """Makes the list of a day again from its record and says, file by file, whether it equals what was issued. Raises NotAsIssued."""
    replay = replay_list(settings.home, day)
    log(settings, Kind.consultation, f"weekly list of {day}, revision {replay.revision}, made again from its record", why="replay")
    console = Console()
    say(console, f"The list of {day}, revision {replay.revision}, in {replay.folder}")
    for name, state in replay.files.items():
        say(console, f"  {name}: {SAID[state]}")
    if replay.is_of_another_layout:
        then = replay.layout_then or "not recorded"
        raise NotAsIssued(
            f"the files of the list of {day} stand as they were issued, but this version lays lists out otherwise (layout {layout()}, "
            f"then {then}): replay it with the version that issued it"
        )
    if not replay.is_equal:
        record = "" if replay.record_holds else " Its record was changed after it was issued."
        raise NotAsIssued(f"the list of {day} is not in every file as it was issued.{record} Restore what was changed from a backup")
    say(console, "It equals what was issued.")
