"""The doctor: a healthy home has nothing to mend; each ill has a line, and a word on how to mend it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from flows import memory
from flows.cli.doctor import run_doctor
from flows.doctor import examination, machine, nights, schedule
from flows.doctor.examination import examine
from flows.doctor.finding import Finding, Patient
from flows.lock import only_run
from flows.run import Run
from flows.settings import CONFIG, Settings
from flows.stage_minutes import read_stage_minutes
from flows.stages import NIGHTLY
from warehouse.connection import open_warehouse

NIGHT = datetime(2026, 1, 5, 2, 30)
MORNING = NIGHT + timedelta(hours=5)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home after two nights on an empty landing folder."""
    folder = tmp_path_factory.mktemp("house")
    for name in ("home", "landing"):
        (folder / name).mkdir(mode=0o700)
    settings = Settings(home=folder / "home", landing=folder / "landing")
    for day in (3, 4):
        night = Run(
            "nightly", settings.home, date(2026, 1, day), settings, NIGHT - timedelta(days=4 - day), f"2026010{day}", settings.landing
        )
        for stage in NIGHTLY:
            stage.act(night)
        night.close()
    for path in (folder / "home").rglob("*"):
        if not path.is_symlink():
            path.chmod(0o700 if path.is_dir() else 0o600)
    return folder


@pytest.fixture
def settings(lived_in: Path, tmp_path: Path) -> Settings:
    """The same home, to spoil."""
    shutil.copytree(lived_in, tmp_path / "house", symlinks=True)
    return Settings(home=tmp_path / "house" / "home", landing=tmp_path / "house" / "landing", notify_command="true")


def findings(settings: Settings, now: datetime = MORNING, api: str | None = None) -> dict[str, Finding]:
    """What was found, by topic; the worst of a topic."""
    worst = sorted(examine(settings, now, api), key=lambda one: ["ok", "warn", "fail"].index(one.level))
    return {one.topic: one for one in worst}


def said(found: Finding) -> str:
    return f"{found.level}: {found.said} -> {found.mend}"


def test_a_healthy_home_has_nothing_to_mend(settings: Settings) -> None:
    found = findings(settings)
    assert [said(one) for one in found.values() if one.level == "fail"] == []
    assert said(found["warehouse"]).startswith("ok: schema version ")
    assert said(found["published"]) == "ok: run 20260104; 1 earlier kept -> "
    assert said(found["last night"]) == "ok: published 2026-01-05 02:30, 5 hours ago, as of 2026-01-04 -> "


def test_a_home_that_is_not_there(tmp_path: Path) -> None:
    found = findings(Settings(home=tmp_path / "none"))
    assert said(found["home"]).startswith(f"fail: {tmp_path}/none is not there -> name the right one")
    assert said(found["last night"]) == "fail: nothing has been published yet -> forewarn nightly"
    assert said(found["landing"]).startswith("warn: FOREWARN_LANDING is not set")
    assert said(found["notification"]).startswith("warn: nobody is told when a run fails")
    assert not (tmp_path / "none").exists(), "a doctor changes nothing"


def test_a_night_that_is_late_and_a_clock_that_runs_behind(settings: Settings) -> None:
    late = findings(settings, NIGHT + timedelta(hours=31))["last night"]
    assert said(late).startswith(
        "fail: published 2026-01-05 02:30, 31 hours ago, as of 2026-01-04: late by more than 30 hours -> read the newest log"
    )
    assert findings(settings, NIGHT + timedelta(hours=29))["last night"].level == "ok"
    assert said(findings(settings, NIGHT - timedelta(hours=2))["clock"]).startswith(
        "fail: it is 2026-01-05 00:30 in London by this machine's clock, before"
    )


def test_what_is_open_to_others_or_left_behind(settings: Settings) -> None:
    (settings.home / "models").mkdir(exist_ok=True)
    assets = settings.home / "prefect" / "page" / "v2" / "assets"
    assets.mkdir(parents=True)
    assets.chmod(0o755)
    (settings.home / "prefect").chmod(0o700)
    (settings.home / "prefect" / "page").chmod(0o700)
    assert findings(settings)["home"].level == "ok", "what Prefect copies to show is nobody's secret"
    (settings.home / "models").chmod(0o755)
    assert said(findings(settings)["home"]).startswith("warn: 1 files or folders in")
    settings.home.chmod(0o755)
    assert (
        said(findings(settings)["home"])
        == f"fail: {settings.home} can be entered by other users of this machine -> chmod 700 {settings.home}"
    )
    (settings.home / "replaced-20260101T000000Z").mkdir()
    assert "replaced-20260101T000000Z" in said(findings(settings)["copies"])


def test_a_warehouse_in_use_of_a_later_version_or_damaged(settings: Settings) -> None:
    with only_run(settings.home, "nightly", NIGHT):
        assert said(findings(settings)["warehouse"]).startswith("ok: in use. Another run (nightly, process")
    with open_warehouse(settings.home) as con:
        con.execute("insert into ops.schema_version values (99)")
    assert said(findings(settings)["warehouse"]).startswith("fail: schema version 99, and this code knows versions up to")
    (settings.home / "warehouse.duckdb").write_text("not a database")
    assert said(findings(settings)["warehouse"]).endswith("cannot be opened (IOException) -> forewarn restore the last backup")
    (settings.home / "forewarn.duckdb").resolve().write_text("not a database")
    found = findings(settings)
    assert said(found["published"]).endswith("leads to no database that opens -> forewarn rollback, or run a night")
    assert said(found["deliveries"]).startswith("fail: cannot be looked at")


def test_a_warehouse_that_somebody_has_open_is_not_taken_for_damaged(settings: Settings) -> None:
    hold = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, settings.home / "warehouse.duckdb"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert said(findings(settings)["warehouse"]).endswith(
            "is held by a program that is no run -> close it: no night can begin until then"
        )
        holder.communicate("\n")


def test_what_waits_and_what_cannot_be_followed(settings: Settings, tmp_path: Path) -> None:
    assert settings.landing is not None
    (settings.landing / "incidents_2026-01-05.csv").touch()
    assert "1 files that no published night has read" in said(findings(settings)["landing"])
    (tmp_path / "wrong.toml").write_text("[crimes]")
    (tmp_path / "wrong.toml").chmod(0o644)  # a run in the same process makes files private from then on
    assert "is no extract" in said(findings(replace(settings, deliveries=tmp_path / "wrong.toml"))["configuration"])
    assert said(findings(replace(settings, notify_token_file=tmp_path / "wrong.toml"))["secrets"]).endswith(
        f"chmod 600 {tmp_path}/wrong.toml"
    )
    assert findings(replace(settings, landing=tmp_path / "gone"))["landing"].level == "fail"
    assert findings(replace(settings, mapping=CONFIG / "agencies.toml"))["configuration"].level == "ok"


@pytest.mark.parametrize("setting", sorted(nights.FILES))
def test_every_file_of_the_configuration_is_read(setting: str, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("[[this is\nno file of ours")
    settings = replace(Settings(), **{setting: tmp_path / "wrong"})  # type: ignore[arg-type]
    (wrong,) = [one for one in nights.check_configuration(Patient(settings, MORNING, None, {})) if one.level == "fail"]
    assert (wrong.topic, wrong.mend) == ("configuration", "mend the file")


def test_a_stage_of_any_flow_may_have_minutes_of_its_own(settings: Settings) -> None:
    named = replace(settings, stage_minutes=read_stage_minutes("240, train=600, resolve people=600, replay=900"))
    assert findings(named)["configuration"].level == "ok"
    assert "no stage: reslove" in said(findings(replace(settings, stage_minutes=read_stage_minutes("reslove=1")))["configuration"])


def test_disk_and_memory_that_do_not_suffice(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(topic: str) -> str:
        return said(findings(settings)[topic])

    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_500_000_000))
    assert found("disk") == "warn: 1.5 GB free where HOME is; a night may need 2.0 GB -> make room soon"
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100_000_000))
    assert found("disk").startswith("fail: 0.1 GB free where HOME is; a night may need 2.0 GB -> make room, or move HOME to a larger disk")
    (tmp_path / "group").write_text("2000000000\n")
    monkeypatch.setattr(memory, "GROUP_LIMITS", (tmp_path / "none", tmp_path / "group"))
    assert (
        found("memory")
        == "warn: the engine may use 4GB of this machine's 2.0 GB -> set FOREWARN_MEMORY_LIMIT to at most three quarters of it"
    )
    (tmp_path / "group").write_text("max\n")
    monkeypatch.setattr(machine, "memory_there", lambda: 24_000_000_000)
    assert found("memory").startswith("ok: the engine may use 4GB")
    monkeypatch.setattr(machine, "addresses", lambda: 5_000_000_000)
    assert found("memory").startswith(
        "warn: a process may address 5.0 GB of memory (ulimit -v), and a night may need 7.4 GB -> lift that limit"
    )


def test_packages_are_held_against_the_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pin = " \\\n    --hash=sha256:" + "0" * 64 + "\n"
    (tmp_path / "requirements.lock").write_text(f"duckdb==0.1{pin}nosuchpackage==1.0{pin}onlythere==1.0 ; sys_platform == 'win32'{pin}")
    monkeypatch.setattr(machine, "LOCK", tmp_path / "requirements.lock")
    *_, packages = machine.check_versions(Patient(Settings(), MORNING, None, {}))
    assert packages.said.startswith("2 differ from requirements.lock: duckdb 2.")
    assert "nosuchpackage is missing (locked 1.0)" in packages.said


@contextmanager
def server(deployments: list[str], late: int) -> Iterator[str]:
    """Something that answers as Prefect's server does."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            found = [{"name": name} for name in deployments] if "deployments" in self.path else [{}] * late
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Answers) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/api"
        listening.shutdown()
        thread.join()


def test_the_schedule() -> None:
    def found(api: str | None) -> list[str]:
        return [said(one).split(" -> ")[0] for one in schedule.check_prefect(Patient(Settings(), MORNING, api, {}))]

    assert found(None)[0].startswith("ok: PREFECT_API_URL is not set")
    with server(["nightly", "weekly", "train", "retention", "backtest"], 0) as api:
        assert found(api) == [f"ok: {api} answers; 5 deployments, no run is late"]
    with server(["nightly"], 2) as api:
        assert found(api) == ["fail: not deployed, or paused: retention, train, weekly", "warn: 2 runs are late"]
    assert found(api)[0].startswith(f"fail: {api} does not answer")


def test_a_check_that_breaks_down_is_a_finding_without_values(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def check_of_mine(_: Patient) -> Iterator[Finding]:
        raise ValueError("Bobby Tables")

    monkeypatch.setattr(examination, "CHECKS", (check_of_mine,))
    (found,) = examine(settings, MORNING, None)
    assert found.topic == "of mine"
    assert "Bobby" not in said(found)


def test_somebody_is_told_of_what_is_to_be_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    settings = Settings(home=tmp_path / "none", notify_command=f"tee {tmp_path / 'told'}")
    assert run_doctor(settings, tell_somebody=False) is False
    assert not (tmp_path / "told").exists()
    assert run_doctor(settings, tell_somebody=True) is False
    assert json.loads((tmp_path / "told").read_text())["kind"] == "late"
    assert "to mend" in capsys.readouterr().out


def test_duckdb_is_never_left_open(settings: Settings) -> None:
    examine(settings, MORNING, None)
    duckdb.connect(str(settings.home / "warehouse.duckdb")).close()
