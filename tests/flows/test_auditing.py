"""What runs and commands write to the access and disclosure log, and what `forewarn audit` says of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.auditing import AuditKeyUnusable, audit_key, log, on_list
from flows.cli.main import app
from flows.settings import Settings
from warehouse.audit.chain import LogBroken, read, verify
from warehouse.audit.entry import Kind


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = tmp_path / "home"
    home.mkdir()
    return Settings(home=home)


def ask(settings: Settings, *words: str) -> str:
    asked = CliRunner().invoke(app, ["audit", *words, "--home", str(settings.home)])
    assert asked.exit_code == 0, asked.output
    return asked.output


def test_who_was_told_of_a_person_is_found(settings: Settings) -> None:
    log(settings, Kind.disclosure, "weekly list of 2026-03-01", ["Pa", "Pa-Pb", "INC1"], recipient="tactical group", who="service")
    log(settings, Kind.disclosure, "export of 3 pairs", ["Pc"], recipient="Riverside school", who="D. Officer")
    log(settings, Kind.consultation, "page of a person", ["Pa"], who="D. Officer", why="case 7")
    said = ask(settings, "told", "Pa")
    assert "1 disclosures showed Pa\n" in said
    assert "to tactical group, by service: weekly list of 2026-03-01  (entry 1)" in said
    assert "0 disclosures showed Pz" in ask(settings, "told", "Pz")


def test_a_report_counts_by_kind_by_who_and_by_recipient(settings: Settings) -> None:
    for recipient in ("tactical group", "tactical group", "Riverside school"):
        log(settings, Kind.disclosure, "a list", recipient=recipient, who="service")
    words = [" ".join(line.split()) for line in ask(settings, "report").splitlines()]
    assert [line for line in words if line][1:] == [
        "kind",
        "disclosure 3",
        "by",
        "service 3",
        "disclosed to",
        "tactical group 2",
        "Riverside school 1",
    ]
    assert ask(settings, "report", "--to", "2020-01-01").startswith("0 entries")


def test_an_export_is_a_disclosure_itself(settings: Settings, tmp_path: Path) -> None:
    log(settings, Kind.collection, "incidents_2026-03-01.csv: loaded", ["sha256:ab"])
    ask(settings, "export", str(tmp_path / "log.jsonl"), "--recipient", "the Commissioner", "--why", "case 12")
    [line] = (tmp_path / "log.jsonl").read_text().splitlines()
    assert json.loads(line)["entry"]["what"] == "incidents_2026-03-01.csv: loaded"
    assert (tmp_path / "log.jsonl").stat().st_mode & 0o077 == 0
    assert [(one.entry.kind, one.entry.recipient) for one in read(settings.home)][1:] == [("disclosure", "the Commissioner")]


def test_a_changed_log_is_told_and_takes_no_part_in_a_report(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    log(settings, Kind.disclosure, "a list", recipient="tactical group")
    file = settings.home / "audit" / "log.jsonl"
    file.write_text(file.read_text().replace("tactical group", "nobody at all"))
    for command in ("verify", "report"):
        asked = CliRunner().invoke(app, ["audit", command, "--home", str(settings.home)])
        assert isinstance(asked.exception, LogBroken)


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (b"short", "fewer than 16 bytes")])
def test_a_key_that_cannot_serve_is_told(settings: Settings, tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    with pytest.raises(AuditKeyUnusable, match=said):
        audit_key(replace(settings, audit_key_file=tmp_path / "key"))


def test_with_a_key_the_log_verifies_with_that_key_alone(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"0123456789abcdef")
    keyed = replace(settings, audit_key_file=tmp_path / "key")
    log(keyed, Kind.collection, "a file")
    verify(keyed.home, audit_key(keyed))
    with pytest.raises(LogBroken):
        verify(keyed.home)


def test_a_list_shows_its_pairs_people_and_open_records(tmp_path: Path) -> None:
    def event(record: str, *, is_protected: bool = False) -> dict[str, object]:
        return {"record": record, "is_protected": is_protected}

    pair = {
        "pair_id": "Pa-Pb",
        "person_a": {"person_id": "Pa"},
        "person_b": {"person_id": "Pb"},
        "events": [event("INC1"), event("R9", is_protected=True)],
    }
    feud = {
        "sides": [{"people": [{"person_id": "Pa"}, {"person_id": "Pf"}]}, {"people": [{"name": "of a list of last year, without ids"}]}]
    }
    content = {
        "as_of": date(2026, 3, 1).isoformat(), "pairs": [pair], "left": [{"pair_id": "Pc-Pd"}], "watched": [{"pair_id": "Pa-Pw"}], "feuds": [feud],
    }  # fmt: skip
    (tmp_path / "list.json").write_text(json.dumps({"content": content}))
    pairs, persons = {"Pa-Pb", "Pc-Pd", "Pa-Pw"}, {"Pa", "Pb", "Pc", "Pd", "Pw", "Pf"}
    assert on_list(tmp_path / "list.json") == {*pairs, *persons, "INC1"}
