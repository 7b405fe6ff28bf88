"""The content laid out as a workbook to sort and filter. Nothing in it is taken for a formula, and the same content gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import xlsxwriter

from alerts.reasons import long_date
from alerts.render.content import EventLine, ListContent, PairPage, PersonLine
from alerts.render.wording import SOURCES, STATUSES, band, chance, kind_words, track_words

MARKING = "OFFICIAL-SENSITIVE"
HANDLING = "Named members of the tactical group only. Do not copy or forward. Destroy securely once the next list is issued."
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDE, NARROW = 60, 9
Cell = str | int | float | date | None
Table = tuple[str, Sequence[tuple[str, int]], list[list[Cell]]]  # a sheet's name, its columns with their widths, its rows


def render_workbook(content: ListContent, revision: int, fingerprint: str) -> bytes:
    """The workbook of a list as issued: a first sheet that says what it is, then a sheet for each kind of thing on it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({
            "title": f"{MARKING}: weekly list as of {long_date(content.as_of)}", "author": "Forewarn",
            "created": datetime.combine(content.as_of, time()),
        })  # fmt: skip
        form = {
            "bold": book.add_format({"bold": True}),
            "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "d mmm yyyy", "align": "left", "valign": "top"}),
            "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
        }
        _first_sheet(book, form, content, revision, fingerprint)
        for table in _tables(content):
            _sheet(book, form, table, content)
    return out.getvalue()


def _first_sheet(book: Any, form: dict[str, Any], content: ListContent, revision: int, fingerprint: str) -> None:
    sheet = book.add_worksheet("Read first")
    sheet.set_column(0, 0, 28, form["text"])
    sheet.set_column(1, 1, 100, form["text"])
    horizon = long_date(content.as_of + timedelta(days=28))
    said: list[tuple[str, str]] = [
        (MARKING, HANDLING),
        ("What this is", f"The weekly list as of {long_date(content.as_of)}{', revision ' + str(revision) if revision > 1 else ''}, "
         f"for {content.partnership or 'the whole county'}; numbers are places on the county-wide list."),
        ("What it is not", "Evidence. It proves nothing about anyone and must not be the ground for an arrest, a search, a charge, bail, a court application, "
         "or a decision by a school, landlord or employer. People decide. Open the records behind an entry first."),
        ("Chance", f"The assessed probability of recorded serious violence between the two by {horizon}."),
        ("Under 18", "A child: safeguarding first, support and protection, not enforcement."),
        ("Victim only", "Known only as a victim in what is between the two: someone at risk, not a party."),
        ("Domestic", "For the specialist route only: no mediation, no joint meeting, no contact with both."),
        *(("Gap in the data", warning) for warning in content.warnings),
        ("Content sha256", fingerprint),
    ]  # fmt: skip
    for line, (what, text) in enumerate(said):
        sheet.write_string(line, 0, what, form["bold"])
        sheet.write_string(line, 1, text, form["text"])
    _dress(sheet, content)


def _sheet(book: Any, form: dict[str, Any], table: Table, content: ListContent) -> None:
    name, columns, rows = table
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, f"{MARKING} · {HANDLING}", form["bold"])
    for place, (column, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(1, place, column, form["head"])
    for line, row in enumerate(rows, start=2):
        for place, value in enumerate(row):
            _write(sheet, form, line, place, value)
    sheet.autofilter(1, 0, max(len(rows), 1) + 1, len(columns) - 1)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(0, 1)
    _dress(sheet, content)


def _write(sheet: Any, form: dict[str, Any], line: int, place: int, value: Cell) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, place, datetime.combine(value, time()), form["day"])
    elif isinstance(value, float):
        sheet.write_number(line, place, value, form["share"])
    elif isinstance(value, int):
        sheet.write_number(line, place, value, form["text"])
    elif value:
        sheet.write_string(line, place, value, form["text"])


def _dress(sheet: Any, content: ListContent) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L&B{MARKING}&RWeekly list as of {long_date(content.as_of)}")
    sheet.set_footer(f"&L&B{MARKING}&CAn assessment, not evidence&RPage &P of &N")


def _tables(content: ListContent) -> list[Table]:
    shown: list[Table] = [("Conflict", PAIR_COLUMNS, [_pair(pair, content) for pair in content.lane("conflict")])]
    if domestic := content.lane("domestic"):
        shown.append(("Domestic", PAIR_COLUMNS, [_pair(pair, content) for pair in domestic]))
    shown.append(("Events", EVENT_COLUMNS, [_event(pair, event) for pair in content.pairs for event in pair.events]))
    if content.previous_as_of:
        shown.append(("Left the list", LEFT_COLUMNS, [
            [pair.lane, pair.previous_rank, pair.names or "Names not repeated", pair.why, pair.partnership] for pair in content.left
        ]))  # fmt: skip
    if content.watched:
        shown.append(("On watch", WATCHED_COLUMNS, [
            [pair.rank, *(word for one in pair.people for word in (one.name, one.age, "Under 18" if one.is_under_18 else "")),
             pair.lane, pair.score, pair.why, pair.made_by, pair.made_on, pair.until, pair.district]
            for pair in content.watched
        ]))  # fmt: skip
    if content.feuds:
        shown.append(("Feuds", FEUD_COLUMNS, [
            [feud.rank, feud.district, "Warning" if feud.is_warning else "", chance(feud.score), feud.score, feud.people, feud.pairs, side.name,
             person.name, person.age, "Under 18" if person.is_under_18 else "", "Victim only" if person.only_victim else "", person.pair]
            for feud in content.feuds for side in feud.sides for person in side.people
        ]))  # fmt: skip
    return shown


PAIR_COLUMNS = (
    ("No.", NARROW), ("Who", 24), ("Age", NARROW), ("Notes", 18), ("Role", 30), ("And", 24), ("Age of the other", NARROW), ("Notes on the other", 18),
    ("Role of the other", 30), ("Status", 12), ("Chance", 16), ("Score", NARROW), ("How such scores have done", 40), ("District", 22), ("Partnership", 30),
    ("First flagged", 13), ("Score on the last list", 12), ("No. on the last list", 11), ("New events since", 11), ("Review", 22), ("On watch until", 13),
    ("Why", WIDE), ("What speaks against", 40), ("What would take it off the list", 40), ("Help for the first", 40), ("Help for the other", 40),
    ("Help for both", 24), ("Feud", NARROW), ("Reviews", 40), ("Pair in the analysts' database", 28),
)  # fmt: skip
EVENT_COLUMNS = (
    ("No.", NARROW), ("Pair", 40), ("Lane", 11), ("Date", 13), ("Known on, if late", 13), ("Source", 16), ("What", 34), ("Weapon", 14), ("Serious", 10),
    ("Who", 24), ("To whom", 24), ("Severity", 12), ("Grade", NARROW), ("Record", 16), ("Summary", WIDE),
)  # fmt: skip
LEFT_COLUMNS = (("Lane", 11), ("Was no.", NARROW), ("Who", 40), ("Why it left", WIDE), ("Partnership", 30))
WATCHED_COLUMNS = (
    ("No. on this list", NARROW), ("Who", 24), ("Age", NARROW), ("Under 18", 11), ("And", 24), ("Age of the other", NARROW), ("Other under 18", 11),
    ("Lane", 11), ("Score", NARROW), ("Why", WIDE), ("By", 20), ("On", 13), ("Until", 13), ("District", 22),
)  # fmt: skip
FEUD_COLUMNS = (
    ("Feud", NARROW), ("District", 22), ("Warning", 10), ("Chance", 16), ("Score", NARROW), ("People", NARROW), ("Pairs", NARROW), ("Side", 16),
    ("Name", 24), ("Age", NARROW), ("Under 18", 11), ("Victim only", 12), ("Pair no.", NARROW),
)  # fmt: skip


def _pair(pair: PairPage, content: ListContent) -> list[Cell]:
    one, other, change = pair.person_a, pair.person_b, pair.change
    return [
        pair.rank, *_person(one), *_person(other), STATUSES.get(pair.status, pair.status), chance(pair.score), pair.score,
        track_words(pair.track) if pair.track else "", pair.district, pair.partnership, pair.first_flagged,
        change.previous_score, change.previous_rank, change.new_events if content.previous_as_of else None, pair.mark, pair.watched_until,
        _joined(reason.text for reason in pair.reasons), _joined(pair.against), _joined(pair.off_list), _joined(one.help), _joined(other.help),
        _joined(pair.help_for_both), pair.feud,
        _joined(f"{review.decision} by {review.made_by} on {long_date(review.made_on)}{': ' + review.why if review.why else ''}" for review in pair.reviews),
        pair.pair_id,
    ]  # fmt: skip


def _person(person: PersonLine) -> list[Cell]:
    notes = [
        "Under 18" if person.is_under_18 else "Age not known" if person.age is None else "",
        "Victim only" if person.only_victim else "",
    ]
    return [person.name, person.age, _joined(filter(None, notes)), _joined(filter(None, (person.roles_recorded, person.roles_reported)))]


def _event(pair: PairPage, event: EventLine) -> list[Cell]:
    names = {"a": pair.person_a.name, "b": pair.person_b.name}
    who, whom = (names[side] for side in event.sides) if event.sides else (f"{names['a']} and {names['b']}", "")
    place = f"D{pair.rank}" if pair.lane == "domestic" else str(pair.rank)
    return [
        place, f"{names['a']} and {names['b']}", pair.lane, event.occurred_on, event.known_late_on, SOURCES.get(event.source, event.source),
        kind_words(event.kinds), event.weapon, "Serious" if event.is_serious else "", "" if event.is_protected else who,
        "" if event.is_protected else whom, band(event.severity), event.grade, event.record, event.summary,
    ]  # fmt: skip


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)
