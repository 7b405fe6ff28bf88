"""Who is told of what: a command and a local listener get kinds, ids and counts, and never what an error said."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows.cli.main import main
from flows.failure import StageFailed, stage_failed
from flows.hooks import tell_failed
from flows.notify import Event, Kind, notify, tell_if_nothing_listed, telling
from flows.settings import Settings
from flows.stage import Done, Stage

AS_OF = date(2026, 11, 19)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A webhook on this machine: its address, and what it was sent."""
    sent: list[dict[str, Any]] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            sent.append(content | {"authorization": self.headers.get("Authorization")})
            self.send_response(500 if "broken" in self.path else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/hook", sent
        server.shutdown()
        thread.join()


def keeping(file: Path, status: int = 0) -> str:
    """A command that adds what it is told to a file."""
    return f"""{sys.executable} -c "import sys; open('{file}', 'a').write(sys.stdin.read()); sys.exit({status})" """


def test_command_and_webhook_are_told_the_same(tmp_path: Path, listener: tuple[str, list[dict[str, Any]]]) -> None:
    address, sent = listener
    (tmp_path / "webhook").write_text(address + "\n")
    (tmp_path / "token").write_text("s3cret\n")
    settings = Settings(
        notify_command=keeping(tmp_path / "told"), notify_webhook_file=tmp_path / "webhook", notify_token_file=tmp_path / "token"
    )
    event = Event(Kind.failed, "nightly", AS_OF, "20261120T023000Z", "score", {"files new": 3})
    assert notify(settings, event) == []
    told = json.loads((tmp_path / "told").read_text())
    assert sent == [told | {"at": sent[0]["at"], "authorization": "Bearer s3cret"}]
    assert {name: told[name] for name in told if name not in ("at", "said")} == {
        "kind": "failed",
        "flow": "nightly",
        "as_of": "2026-11-19",
        "run_id": "20261120T023000Z",
        "stage": "score",
        "counts": {"files new": 3},
    }
    assert told["said"].startswith("The run failed. What was published last is untouched.")


def test_a_failure_is_told_without_its_message_and_goes_on_its_way(tmp_path: Path) -> None:
    settings = Settings(notify_command=keeping(tmp_path / "told"))
    failure = stage_failed("score", ValueError("Bobby Tables"), tmp_path / "log")
    with pytest.raises(StageFailed), telling(settings, "nightly", AS_OF):
        raise failure
    with pytest.raises(KeyboardInterrupt), telling(settings, "nightly", AS_OF):
        raise KeyboardInterrupt
    (told,) = (tmp_path / "told").read_text().splitlines()
    assert json.loads(told)["stage"] == "score"
    assert "Bobby" not in told
    assert str(tmp_path) not in told


@pytest.mark.parametrize(("flagged", "told"), [((0, 0), True), ((0, 3), False)])
def test_a_night_that_lists_nobody_is_told(tmp_path: Path, flagged: tuple[int, int], told: bool) -> None:
    counts = dict(zip(("pairs flagged in conflict", "pairs flagged as domestic"), flagged, strict=True))
    done = [Done(Stage("take in", "", lambda _: {}), {"files new": 1}, 0.1), Done(Stage("select", "", lambda _: {}), counts, 0.1)]
    tell_if_nothing_listed(Settings(notify_command=keeping(tmp_path / "told")), "nightly", AS_OF, "r1", done)
    assert (tmp_path / "told").exists() is told
    tell_if_nothing_listed(Settings(notify_command=keeping(tmp_path / "never")), "nightly", AS_OF, "r1", done[:1])
    assert not (tmp_path / "never").exists()


def test_what_cannot_be_told_stops_nothing_and_shows_no_address(
    tmp_path: Path, listener: tuple[str, list[dict[str, Any]]], capsys: pytest.CaptureFixture[str]
) -> None:
    address, _ = listener
    settings = Settings(notify_command=keeping(tmp_path / "told", 3), notify_webhook=address + "/broken/s3cret")
    assert notify(settings, Event(Kind.late, "nightly")) == [
        "the notification 'late' was not delivered (run command: exit status 3)",
        "the notification 'late' was not delivered (post: 500)",
    ]
    assert len(notify(Settings(notify_command="/nowhere/at/all", notify_webhook="ftp://s3cret"), Event(Kind.late, "nightly"))) == 2
    assert "s3cret" not in capsys.readouterr().err + repr(settings)


def test_nobody_is_told_where_nobody_is_named() -> None:
    assert notify(Settings(), Event(Kind.failed, "nightly")) == []


def test_a_run_that_prefect_saw_fail_is_told_by_its_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOREWARN_NOTIFY_COMMAND", keeping(tmp_path / "told"))
    run = SimpleNamespace(parameters={"as_of": "2026-11-19", "landing": "in"}, expected_start_time=None, id="1-2-3")
    tell_failed(SimpleNamespace(name="nightly"), run, None)
    told = json.loads((tmp_path / "told").read_text())
    assert (told["flow"], told["as_of"], told["run_id"]) == ("nightly", "2026-11-19", "1-2-3")


@pytest.mark.parametrize(
    "words",
    [
        ["nightly", "--landing", ".", "--as-of", "2026-11-19"],
        ["weekly", "--as-of", "2026-11-19"],
        ["train", "--as-of", "2026-11-19"],
        ["retention", "run", "--as-of", "2026-11-19"],
        ["backtest", "--landing", ".", "--from", "2026-10-01", "--to", "2026-11-19"],
    ],
    ids=lambda words: words[0],
)
def test_every_command_that_may_be_on_a_schedule_tells_that_it_failed(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").write_text("a file where HOME should be")
    monkeypatch.setenv("FOREWARN_NOTIFY_COMMAND", keeping(tmp_path / "told"))
    monkeypatch.setenv("FOREWARN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr(sys, "argv", ["forewarn", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    told = json.loads((tmp_path / "told").read_text())
    assert (told["kind"], told["flow"], told["as_of"]) == ("failed", words[0], "2026-11-19")
