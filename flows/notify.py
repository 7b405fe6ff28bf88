"""Telling somebody when a run fails, is late or publishes nothing: a command, a webhook, or both, as the settings say.

What is told are kinds, names of flows and stages, dates, ids and counts; never a message of an error and nothing of what was received.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from flows.clock import now_in_london
from flows.failure import StageFailed, is_panic
from flows.settings import Settings
from flows.stage import Done

SECONDS = 20
FLAGGED = ("pairs flagged in conflict", "pairs flagged as domestic")


class Kind(StrEnum):
    """What can be told."""

    failed = "failed"
    nothing_published = "nothing published"
    nothing_listed = "nothing listed"
    late = "late"
    unwell = "unwell"


SAID = {
    Kind.failed: "The run failed. What was published last is untouched. The log in HOME/logs says where; forewarn doctor says what to mend.",
    Kind.nothing_published: "The run published nothing, because a later night is published already.",
    Kind.nothing_listed: "The night published, but not one pair is on the list: look at forewarn deliveries before it is taken for calm.",
    Kind.unwell: "forewarn doctor found something to mend: run it by hand to see what.",
    Kind.late: "No night has been published for too long: forewarn doctor says why.",
}


@dataclass(frozen=True)
class Event:
    """One thing to tell."""

    kind: Kind
    flow: str
    as_of: date | None = None
    run_id: str | None = None
    stage: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> str:
        """The event with its sentence and the moment, on one line."""
        known = {name: value for name, value in asdict(self).items() if value not in (None, {})}
        return json.dumps({"at": f"{now_in_london():%Y-%m-%dT%H:%M:%S}", "said": SAID[self.kind], **known}, default=str)


def notify(settings: Settings, event: Event) -> list[str]:
    """Tells whom the settings name; returns what went wrong with that, for it must never be what stops a run."""
    wrong = []
    for channel in (_run_command, _post):
        try:
            channel(settings, event)
        except Exception as error:  # whatever a command or a network of the site does
            wrong.append(
                f"the notification '{event.kind}' was not delivered ({channel.__name__.strip('_').replace('_', ' ')}: {_kind_of(error)})"
            )
    for said in wrong:
        sys.stderr.write(f"forewarn: {said}\n")
    return wrong


@contextmanager
def telling(settings: Settings, flow: str, as_of: date) -> Iterator[None]:
    """Tells of a failure of what is done inside, and lets it go on its way. Being stopped by hand is none."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, Exception) and not is_panic(error):
            raise
        notify(settings, Event(Kind.failed, flow, as_of, stage=error.stage if isinstance(error, StageFailed) else None))
        raise


def tell_if_nothing_listed(settings: Settings, flow: str, as_of: date, run_id: str, done: Iterable[Done]) -> None:
    """Tells of a night that put nobody on the list."""
    counts = {what: n for one in done for what, n in one.counts.items() if what in FLAGGED}
    if counts and not any(counts.values()):
        notify(settings, Event(Kind.nothing_listed, flow, as_of, run_id, counts=counts))


def _run_command(settings: Settings, event: Event) -> None:
    """The command gets the event as JSON on its standard input; its exit status says whether that went well."""
    if settings.notify_command:
        subprocess.run(  # noqa: S603 - the operator's own command
            shlex.split(settings.notify_command), input=event.as_json(), text=True, timeout=SECONDS, check=True, capture_output=True
        )


def _post(settings: Settings, event: Event) -> None:
    url = _secret(settings.notify_webhook, settings.notify_webhook_file)
    if url is None:
        return
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("no http address")
    headers = {"Content-Type": "application/json"}
    token = _secret(settings.notify_token, settings.notify_token_file)
    if token:
        headers["Authorization"] = f"Bearer {token}"
    with urlopen(Request(url, event.as_json().encode(), headers), timeout=SECONDS):  # noqa: S310 - scheme looked at above
        return


def _secret(given: str | None, file: Path | None) -> str | None:
    return file.read_text(encoding="utf-8").strip() if file is not None else given


def _kind_of(error: Exception) -> str:
    """A failure's kind alone: its text may hold the address, which is a secret, or what the command printed."""
    if isinstance(error, subprocess.CalledProcessError):
        return f"exit status {error.returncode}"
    return str(getattr(error, "code", "")) or type(error).__name__
