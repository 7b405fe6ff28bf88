"""The content laid out as a workbook to sort and filter. Nothing in it is taken for a formula, and the same content gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import xlsxwriter

from alerts.english import long_date, sentence
from alerts.marking import MARKING
from alerts.render.content import EventLine, ListContent, PairPage, PersonLine
from alerts.render.foretold import how_lists_did, what_to_expect
from alerts.render.seen import Seen
from alerts.render.wording import SOURCES, STATUSES, band, band_words, chance, is_enough, kind_words, roughly, track_words
from models.outcome import HORIZON_DAYS

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDE, NARROW = 60, 9
PROTECTED = "Protected intelligence"
DOMESTIC = (
    "For the specialist route only: no mediation, no joint meeting, no contact with both. Where it was measured, serious violence in such pairs was rare, "
    "and what is on record hardly announced it: the order of this list, and being on it or not, tells little of who is in danger."
)
Cell = str | int | float | date | None
Columns = Sequence[
    tuple[str, int, str]
]  # a column's head, its width, and what a profile must show for it to be there; nothing: it always is
Table = tuple[str, Columns, list[list[Cell]]]  # a sheet's name, its columns, its rows


def render_workbook(seen: Seen, revision: int, fingerprint: str) -> bytes:
    """The workbook of a list as issued: a first sheet that says what it is, then a sheet for each kind of thing on it."""
    content = seen.content
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
        _first_sheet(book, form, seen, revision, fingerprint)
        for name, columns, rows in _tables(content):
            there = [place for place, (_, _, need) in enumerate(columns) if not need or need in seen.shows]
            if there:
                _sheet(book, form, (name, [columns[n] for n in there], [[row[n] for n in there] for row in rows]), seen)
    return out.getvalue()


def _first_sheet(book: Any, form: dict[str, Any], seen: Seen, revision: int, fingerprint: str) -> None:
    content, shows = seen.content, seen.shows
    sheet = book.add_worksheet("Read first")
    sheet.set_column(0, 0, 28, form["text"])
    sheet.set_column(1, 1, 100, form["text"])
    horizon = long_date(content.as_of + timedelta(days=HORIZON_DAYS))
    whose = content.partnership or ("the domestic-abuse lead" if content.only_lane == "domestic" else "the whole county")
    flagged = ", flagged as domestic," if content.only_lane == "domestic" else ""
    places = " Numbers are places on the county-wide list." if "rank" in shows else ""
    said: list[tuple[str, str]] = [
        (MARKING, _handling(seen)),
        ("What this is", f"The weekly list as of {long_date(content.as_of)}{', revision ' + str(revision) if revision > 1 else ''}, for {whose}.{places}"),
        ("What it is not", "Evidence. It proves nothing about anyone and must not be the ground for an arrest, a search, a charge, bail, a court application, "
         "or a decision by a school, landlord or employer. People decide. Open the records behind an entry first."),
        *([("Chance", f"The assessed probability of recorded serious violence{flagged} between the two by {horizon}.")] if "chance" in shows else []),
        *((what, text) for what, text in (("What to expect", what_to_expect(content)), how_lists_did(content, shows)) if text),
        ("Under 18", "A child: safeguarding first, support and protection, not enforcement."),
        ("Victim only", "Known only as a victim in what is between the two: someone at risk, not a party."),
        *([("Domestic", DOMESTIC)] if content.lane("domestic") else []),
        *(("Gap in the data", sentence(warning)) for warning in content.warnings),
        ("Content sha256", fingerprint),
    ]  # fmt: skip
    for line, (what, text) in enumerate(said):
        sheet.write_string(line, 0, what, form["bold"])
        sheet.write_string(line, 1, text, form["text"])
    _dress(sheet, content)


def _handling(seen: Seen) -> str:
    return f"{seen.handling} Destroy securely once the next list is issued."


def _sheet(book: Any, form: dict[str, Any], table: Table, seen: Seen) -> None:
    name, columns, rows = table
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, f"{MARKING} · {_handling(seen)}", form["bold"])
    for place, (column, width, _) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(1, place, column, form["head"])
    for line, row in enumerate(rows, start=2):
        for place, value in enumerate(row):
            _write(sheet, form, line, place, value)
    sheet.autofilter(1, 0, max(len(rows), 1) + 1, len(columns) - 1)
    sheet.freeze_panes(2, min(2, len(columns)))
    sheet.repeat_rows(0, 1)
    _dress(sheet, seen.content)


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
    shown: list[Table] = []
    if content.only_lane != "domestic":
        shown.append(("Conflict", PAIR_COLUMNS, [_pair(pair, content) for pair in content.lane("conflict")]))
    if content.only_lane != "conflict" and (domestic := content.lane("domestic")):
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
    if any(is_enough(one) for one in content.track):
        shown.append(("Scores so far", TRACK_COLUMNS, [
            [band_words(one), one.entries, one.followed, roughly(one.expected), one.followed / one.entries if is_enough(one) else "too few to tell"]
            for one in content.track if one.entries
        ]))  # fmt: skip
    return shown


PAIR_COLUMNS: Columns = (
    ("No.", NARROW, ""), ("Who", 24, "name"), ("Age", NARROW, "age"), ("Notes", 18, ""), ("Role", 30, "roles"), ("And", 24, "name"),
    ("Age of the other", NARROW, "age"), ("Notes on the other", 18, ""), ("Role of the other", 30, "roles"), ("Status", 12, "status"),
    ("Chance", 16, "chance"), ("Score", NARROW, "chance"), ("How such scores have done", 40, "chance"), ("District", 22, "district"),
    ("Partnership", 30, "partnership"), ("First flagged", 13, "first_flagged"), ("In short", WIDE, "story"), ("Score on the last list", 12, "change"),
    ("No. on the last list", 11, "change"), ("New events since", 11, "change"), ("Review", 22, "reviews"), ("On watch until", 13, "watched"),
    ("Why", WIDE, "reasons"), ("What speaks against", 40, "against"), ("What would take it off the list", 40, "off_list"),
    ("Help for the first", 40, "help"), ("Help for the other", 40, "help"), ("Help for both", 24, "help"), ("Feud", NARROW, "feud"),
    ("Reviews", 40, "reviews"), ("Pair in the analysts' database", 28, "pair_id"),
)  # fmt: skip
EVENT_COLUMNS: Columns = (
    ("No.", NARROW, "date"), ("Pair", 40, "name"), ("Lane", 11, "date"), ("Date", 13, "date"), ("Known on, if late", 13, "change"),
    ("Source", 16, "source"), ("What", 34, "kind"), ("Weapon", 14, "weapon"), ("Serious", 10, "severity"), ("Who", 24, "direction"),
    ("To whom", 24, "direction"), ("Severity", 12, "severity"), ("Grade", NARROW, "grade"), ("Record", 16, "record"), ("Summary", WIDE, "summary"),
)  # fmt: skip
LEFT_COLUMNS: Columns = (
    ("Lane", 11, "left"),
    ("Was no.", NARROW, "left"),
    ("Who", 40, "left"),
    ("Why it left", WIDE, "left"),
    ("Partnership", 30, "left"),
)
WATCHED_COLUMNS: Columns = tuple((head, width, "watched") for head, width in (
    ("No. on this list", NARROW), ("Who", 24), ("Age", NARROW), ("Under 18", 11), ("And", 24), ("Age of the other", NARROW), ("Other under 18", 11),
    ("Lane", 11), ("Score", NARROW), ("Why", WIDE), ("By", 20), ("On", 13), ("Until", 13), ("District", 22),
))  # fmt: skip
FEUD_COLUMNS: Columns = tuple((head, width, "feuds") for head, width in (
    ("Feud", NARROW), ("District", 22), ("Warning", 10), ("Chance", 16), ("Score", NARROW), ("People", NARROW), ("Pairs", NARROW), ("Side", 16),
    ("Name", 24), ("Age", NARROW), ("Under 18", 11), ("Victim only", 12), ("Pair no.", NARROW),
))  # fmt: skip
TRACK_COLUMNS: Columns = tuple((head, 22, "chance") for head in (
    "Chance said", "Entries", "Serious violence followed", "Expected by the chances", "Share",
))  # fmt: skip


def _pair(pair: PairPage, content: ListContent) -> list[Cell]:
    one, other, change = pair.person_a, pair.person_b, pair.change
    return [
        pair.rank, *_person(one), *_person(other), STATUSES.get(pair.status, pair.status), chance(pair.score), pair.score,
        track_words(pair.track) if pair.track else "", pair.district, pair.partnership, pair.first_flagged, " ".join(pair.story),
        change.previous_score, change.previous_rank, change.new_events if content.previous_as_of else None, pair.mark, pair.watched_until,
        _joined(reason.text for reason in pair.reasons), _joined(pair.against), _joined(pair.off_list), _joined(one.help), _joined(other.help),
        _joined(pair.help_for_both), pair.feud,
        _joined(f"{review.decision} by {review.made_by} on {long_date(review.made_on)}{': ' + review.why if review.why else ''}" for review in pair.reviews),
        pair.pair_id,
    ]  # fmt: skip


def _person(person: PersonLine) -> list[Cell]:
    notes = ["Under 18" if person.is_under_18 else "", "Victim only" if person.only_victim else ""]
    age = "not known" if person.age is None and not person.is_withheld else person.age
    return [person.name, age, _joined(filter(None, notes)), _joined(filter(None, (person.roles_recorded, person.roles_reported)))]


def _event(pair: PairPage, event: EventLine) -> list[Cell]:
    names = {"a": pair.person_a.name, "b": pair.person_b.name}
    who, whom = (names[side] for side in event.sides) if event.sides else (f"{names['a']} and {names['b']}", "")
    place = f"D{pair.rank}" if pair.lane == "domestic" else str(pair.rank)
    return [
        place, f"{names['a']} and {names['b']}", pair.lane, event.occurred_on, event.known_late_on, SOURCES.get(event.source, event.source),
        PROTECTED if event.is_protected else kind_words(event.kinds), event.weapon, "Serious" if event.is_serious else "", "" if event.is_protected else who,
        "" if event.is_protected else whom, band(event.severity), event.grade, event.record, event.summary,
    ]  # fmt: skip


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)
