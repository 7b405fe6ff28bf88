"""How well people named in texts are told, by how the name is written: a county's extracts, with its truth beside them.

    python -m bench.mentions LANDING TRUTH [--as-of DATE]

`TRUTH` is the folder that `forewarn synth` writes: records, mentions and protected as Parquet. A person is who most of their records are. A mention is
found if somebody found in its report is its person; one that was joined to somebody with records is right if that person is named there.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import duckdb
import polars as pl

from warehouse.build import build
from warehouse.connection import open_warehouse
from warehouse.people.resolve import resolve_people
from warehouse.sources.delivery import take_in
from warehouse.sources.mapping import load_mapping
from warehouse.timegate import open_gate


def main() -> None:
    """Link a county from nothing and print its figures."""
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    told.add_argument("landing", type=Path)
    told.add_argument("truth", type=Path)
    told.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 9, 27))
    given = told.parse_args()
    with tempfile.TemporaryDirectory() as home:
        con = open_warehouse(Path(home))
        take_in(con, given.landing, load_mapping(None), datetime.combine(given.as_of, datetime.max.time()), None)
        build(con, "core")
        open_gate(con, given.as_of)
        begun = time.process_time()
        resolve_people(con)
        print(f"{given.landing.name}: {time.process_time() - begun:.0f} s of CPU for all of person resolution")
        for line in figures(con, given.truth):
            print(line)
        con.close()


def figures(con: duckdb.DuckDBPyConnection, truth: Path) -> Iterable[str]:
    """Precision over the mentions joined to somebody with records; recall of people who have records too, by form."""
    protected = set(pl.read_parquet(truth / "protected.parquet")["report_id"])
    records = pl.read_parquet(truth / "records.parquet").select("source", "record_id", "person")
    person_of = {(s, r): p for s, r, p in records.iter_rows() if r.rpartition("/")[0] not in protected}
    found = con.execute("select source, record_id, person_id from people.person_record").fetchall()
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for source, record_id, person_id in found:
        if (source, record_id) in person_of:
            told[person_id][person_of[source, record_id]] += 1
    owner = {person_id: max(sorted(people), key=people.__getitem__) for person_id, people in told.items()}
    said = defaultdict(list)
    for source, record_id, person_id in found:
        if source == "intelligence_mention" and record_id.rpartition("/")[0] not in protected:
            said[record_id.rpartition("/")[0]].append(owner.get(person_id))
    has_records = set(person_of.values())
    named: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, Counter[bool]] = defaultdict(Counter)
    for report_id, person, form in pl.read_parquet(truth / "mentions.parquet").select("report_id", "person", "form").iter_rows():
        if report_id not in protected:
            named[report_id].add(person)
            if person in has_records:
                forms[form][person in said[report_id]] += 1
    joined = [person in named[report_id] for report_id, people in said.items() for person in people if person is not None]
    everyone = sum(forms.values(), Counter[bool]())
    yield f"precision {sum(joined) / len(joined):.3f} of {len(joined)}, recall {everyone[True] / everyone.total():.3f} of {everyone.total()}"
    yield ", ".join(f"{form} {counts[True] / counts.total():.3f} of {counts.total()}" for form, counts in sorted(forms.items()))


if __name__ == "__main__":
    main()
