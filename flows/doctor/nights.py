"""The nights: whether the last one was published in time, what was delivered and what waits, the scorers, the files of the configuration."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from alerts.profiles import read_profiles
from alerts.render.partnerships import read_partnerships
from alerts.reviews.decision import read_pathways
from flows.backtest_stages import stages
from flows.deliveries import standing
from flows.doctor.finding import Finding, Patient, fail, ok, warn
from flows.failure import tell
from flows.stages import NIGHTLY, WEEKLY
from flows.train_stages import TRAIN
from models.thresholds import read_thresholds
from warehouse.code_lists import read_severity_weights
from warehouse.retention.schedule import read_schedule
from warehouse.sources.expected import load_expectations
from warehouse.sources.mapping import load_mapping

TRAINED_DAYS = 62
"""Scorers are trained at the first night of a month: one older than this has missed its month."""
LAST_NIGHT = "last night"
_LANES = ("conflict", "domestic")
FILES: dict[str, Callable[[Path], Any]] = {
    "mapping": load_mapping,
    "deliveries": load_expectations,
    "partnerships": read_partnerships,
    "pathways": read_pathways,
    "retention": read_schedule,
    "profiles": read_profiles,
    "drift": read_thresholds,
    "severity_weights": read_severity_weights,
}
"""The files of the configuration by their settings, and what reads each."""


def check_last_night(patient: Patient) -> Iterator[Finding]:
    """When a night was last published, and as of when."""
    published_at = patient.published.get("published_at")
    if published_at is None:
        yield fail(LAST_NIGHT, "nothing has been published yet", "forewarn nightly")
        return
    hours = (patient.now - published_at).total_seconds() / 3600
    said = f"published {published_at:%Y-%m-%d %H:%M}, {hours:,.0f} hours ago, as of {patient.published['as_of']}"
    if hours > patient.settings.late_after_hours:
        logs = patient.home / "logs"
        yield fail(
            LAST_NIGHT,
            f"{said}: late by more than {patient.settings.late_after_hours} hours",
            f"read the newest log in {logs}, then forewarn nightly",
        )
    else:
        yield ok(LAST_NIGHT, said)


def check_deliveries(patient: Patient) -> Iterator[Finding]:
    """The landing folder, what waits there, and what did not come."""
    landing = patient.settings.landing
    if landing is None:
        yield warn("landing", "FOREWARN_LANDING is not set", "set it, or give nightly --landing")
    elif not landing.is_dir():
        yield fail("landing", f"{landing} is no folder that this user can see", "make it, or set FOREWARN_LANDING")
        return
    try:
        found = standing(patient.home, landing)
    except (duckdb.Error, OSError) as error:
        yield fail("deliveries", f"cannot be looked at ({type(error).__name__})", "forewarn rollback, or run a night")
        return
    if landing is not None:
        waiting = f"{landing}: {len(found.unread)} files that no published night has read"
        yield (
            warn("landing", waiting, "the next night reads them; a refused one must be sent again")
            if found.unread
            else ok("landing", waiting)
        )
    amiss = [row for row in found.rows if row["states"]]
    for row in amiss:
        finding = fail if row["stops_list"] else warn
        yield finding(
            "deliveries", " ".join(row["said"]), "ask the sender" + ("; no weekly list is made until it comes" if row["stops_list"] else "")
        )
    if found.rows and not amiss:
        yield ok("deliveries", f"{len(found.rows)} extracts, all as expected")


def check_scorers(patient: Patient) -> Iterator[Finding]:
    """Each lane has a scorer that was trained in its month."""
    as_of = patient.published.get("as_of")
    if as_of is None:
        return
    for lane in _LANES:
        trained = max((day for file in (patient.home / "models").glob(f"{lane}-*/card.json") if (day := _trained(file))), default=None)
        if trained is None:
            yield warn("scorers", f"{lane}: none is kept", "the next night trains one; look at its log if it does not")
        elif (as_of - trained).days > TRAINED_DAYS:
            yield warn(
                "scorers",
                f"{lane}: trained as of {trained}, {(as_of - trained).days} days before the last list",
                "the first night of a month trains: see its log",
            )
        else:
            yield ok("scorers", f"{lane}: trained as of {trained}")


def _trained(card: Path) -> date | None:
    try:
        return date.fromisoformat(json.loads(card.read_text(encoding="utf-8"))["as_of"])
    except (OSError, ValueError, KeyError):
        return None


def check_configuration(patient: Patient) -> Iterator[Finding]:
    """The files of the configuration can be followed, and files with secrets are their owner's alone."""
    settings = patient.settings
    wrong = [said for name, read in FILES.items() if (said := _unreadable(read, getattr(settings, name)))]
    for said in wrong:
        yield fail("configuration", said, "mend the file")
    if not wrong:
        yield ok("configuration", f"{', '.join(name.replace('_', ' ') for name in FILES)} can be followed")
    for file in (settings.notify_webhook_file, settings.notify_token_file, settings.audit_key_file):
        if file is not None and not file.is_file():
            yield fail("secrets", f"{file} is not there", "make it, or unset the variable that names it")
        elif file is not None and file.stat().st_mode & 0o077:
            yield warn("secrets", f"{file} is open to other users of this machine", f"chmod 600 {file}")
    strangers = settings.stage_minutes.strangers(stage.name for stage in (*NIGHTLY, *WEEKLY, *TRAIN, *stages(date.min)))
    if strangers:
        yield warn(
            "configuration", f"FOREWARN_STAGE_MINUTES names what is no stage: {', '.join(strangers)}", "see the names in a run's log"
        )
    if not (settings.notify_command or settings.notify_webhook or settings.notify_webhook_file):
        yield warn("notification", "nobody is told when a run fails", "set FOREWARN_NOTIFY_COMMAND or FOREWARN_NOTIFY_WEBHOOK_FILE")


def _unreadable(read: Callable[[Path], Any], file: Path | None) -> str:
    """Why a file of the configuration cannot be followed; empty where it can, or none is set."""
    try:
        if file is not None:
            read(file)
    except Exception as error:
        return tell(error)
    return ""
