"""What nights collected and combined stands in the access and disclosure log, file by file."""

from __future__ import annotations

from collections import Counter

from tests.whole.conftest import County, analyst
from warehouse.audit.chain import read
from warehouse.audit.entry import Kind


def test_each_file_is_logged_once_and_each_night_too(county: County) -> None:
    entries = [one.entry for one in read(county.last)]
    collected = Counter(entry.subjects[0] for entry in entries if entry.kind is Kind.collection)
    with analyst(county.last) as con:
        loads = con.execute("select file, sha256 from analyst.loads").fetchall()
    assert collected == Counter(file for file, _ in loads)
    assert {entry.subjects[1] for entry in entries if entry.kind is Kind.collection} == {f"sha256:{sha256}" for _, sha256 in loads}
    assert [entry.subjects for entry in entries if entry.kind is Kind.combination] == [
        (f"run:{day}",) for day in ("2026-03-29", county.last_as_of)
    ]
