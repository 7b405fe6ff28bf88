"""analyst.data_quality on drawn deliveries: what each source lacks or gets wrong, and of how many."""

from __future__ import annotations

from datetime import date

from tests.warehouse.conftest import Landing
from warehouse.build import SQL_FOLDER
from warehouse.people.resolve import resolve_people

QUERY = (SQL_FOLDER / "analyst" / "data_quality.sql").read_text(encoding="utf-8")

LACKING = {
    ("incident_party", "surname missing", 1, 6),
    ("incident_party", "no name but a street name", 1, 6),
    ("incident_party", "no name at all", 0, 6),
    ("incident_party", "name only an initial", 1, 5),
    ("incident_party", "date of birth missing", 3, 6),
    ("incident_party", "date of birth is 1 January, which often stands for a year alone", 1, 6),
    ("incident_party", "date of birth impossible", 1, 6),
    ("incident_party", "sex missing or unknown", 2, 6),
    ("incident_party", "postcode missing", 4, 6),
    ("incident_party", "postcode not a postcode", 1, 6),
    ("incident_party", "person number missing", 1, 6),
    ("incident_party", "person number also borne by another person", 2, 5),
    ("incident_party", "named twice alike in one incident or report", 2, 5),
    ("incident_party", "incident not known", 1, 6),
    ("incident_party", "optional value that could not be read", 1, 6),
    ("incident", "nobody recorded", 1, 3),
    ("incident", "recorded twice: same offence, time and postcode", 2, 2),
    ("incident", "postcode missing", 1, 3),
    ("incident", "summary missing", 2, 3),
    ("incident", "recorded before it happened", 1, 3),
    ("exclusion", "excluded from two schools on one day", 2, 3),
    ("people", "person number borne by two people or more", 1, 4),
    ("people", "person with more than one person number", 0, 5),
}
"""Source, what it lacks, how many records, and of how many."""


def test_what_each_source_lacks_is_counted(landing: Landing) -> None:
    landing.draw("incidents_2026-01-04.csv", """
        incident_id | occurred_from       | recorded_at         | postcode | summary
        I1          | 2026-01-01T08:00:00 | 2026-01-01T09:00:00 | AB1 2CD  | a fight
        I2          | 2026-01-01T08:00:00 | 2026-01-01T09:00:00 | AB1 2CD  |
        I3          | 2026-01-02T08:00:00 | 2026-01-01T09:00:00 |          |
    """)  # fmt: skip
    landing.draw("incident_parties_2026-01-04.csv", """
        incident_id | party_no | surname | forenames | alias | date_of_birth | sex | postcode | nominal_ref
        I1          | 1        | Shaw    | George    |       | 1970-01-01    | M   | AB1 2CD  | N1
        I1          | 2        | Rai     | Priya     |       | 1990-07-08    | F   | nowhere  | N1
        I2          | 1        |         |           | Jinx  | 2027-01-05    |     |          |
        I2          | 2        | Doyle   | Cal       |       |               | U   |          | N2
        I2          | 3        | Doyle   | Cal       |       |               | M   |          | N3
        I9          | 1        | Doyle   | C         |       | yesterday     | M   |          | N4
    """)  # fmt: skip
    landing.draw("exclusions_2026-01-04.csv", """
        upn | school_urn | start_date
        A1  | 1          | 2026-01-02
        A1  | 2          | 2026-01-02
        A2  | 1          | 2026-01-02
    """)  # fmt: skip
    landing.settle(date(2026, 1, 4))
    resolve_people(landing.con)
    found = {(source, what, records, of) for source, what, _, records, of, _ in landing.con.execute(QUERY).fetchall()}
    assert found >= LACKING


def test_files_of_later_days_are_not_counted(landing: Landing) -> None:
    for day in ("2026-01-04", "2026-01-11"):
        landing.draw(f"exclusions_{day}.csv", """
            upn | school_urn | start_date
            A1  | 1          | 2026-01-02
            A1  |            | 2026-01-02
        """)  # fmt: skip
    landing.settle(date(2026, 1, 4))
    resolve_people(landing.con)
    rows = [row for row in landing.con.execute(QUERY).fetchall() if row[1] == "row rejected"]
    assert rows == [("exclusion", "row rejected", "rows", 1, 2, 0.5)]
