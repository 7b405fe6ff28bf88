"""What Prefect calls when one of its runs fails, crashes or is killed: the same notification as the command's."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from flows.clock import night_before
from flows.notify import Event, Kind, notify
from flows.settings import read_settings


def tell_failed(flow: Any, flow_run: Any, state: Any) -> None:
    """Tells of a run that failed or crashed, by its flow, date and Prefect's own id of it."""
    given = flow_run.parameters.get("as_of")
    due = flow_run.expected_start_time
    as_of = date.fromisoformat(str(given)) if given else night_before(due) if flow.name == "nightly" and due else None
    notify(read_settings(os.environ), Event(Kind.failed, flow.name, as_of, str(flow_run.id)))
