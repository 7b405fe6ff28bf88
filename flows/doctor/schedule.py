"""The schedule: whether Prefect's server answers, has the deployments, and has runs that should have started."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from flows.doctor.finding import Finding, Patient, fail, ok, warn

SECONDS = 5
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EXPECTED = {"nightly", "weekly", "train", "retention"}


def check_prefect(patient: Patient) -> Iterator[Finding]:
    """Asks the server that PREFECT_API_URL names; without one, nothing is wrong: cron may do as well."""
    if patient.api is None:
        yield ok("prefect", "PREFECT_API_URL is not set: runs are started by hand or by the system's own schedule")
        return
    if urlsplit(patient.api).hostname not in LOOPBACK:
        yield warn(
            "prefect", f"{patient.api} is not on this machine", "make sure that only those who may see run dates and counts can reach it"
        )
    try:
        deployments = _ask(patient.api, "deployments/filter", {})
        late = _ask(patient.api, "flow_runs/filter", {"flow_runs": {"state": {"name": {"any_": ["Late"]}}}})
    except (OSError, ValueError) as error:
        yield fail(
            "prefect", f"{patient.api} does not answer ({type(error).__name__})", "start it: make serve, or systemctl start forewarn-server"
        )
        return
    missing = sorted(EXPECTED - {one["name"] for one in deployments if not one.get("paused")})
    if missing:
        yield fail("prefect", f"not deployed, or paused: {', '.join(missing)}", "prefect --no-prompt deploy --all, in the project's folder")
    if late:
        yield warn("prefect", f"{len(late)} runs are late", "is the worker at work? systemctl status forewarn-worker")
    if not missing and not late:
        yield ok("prefect", f"{patient.api} answers; {len(deployments)} deployments, no run is late")


def _ask(api: str, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    request = Request(f"{api.rstrip('/')}/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - the operator's own address
        found: list[dict[str, Any]] = json.load(answer)
        return found
