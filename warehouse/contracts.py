"""The five extracts an agency may send: one definition that reading, typing, error messages and documents all follow."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["text", "date", "moment", "int", "code", "flag"]

# Words that agencies write for "we do not know", compared in upper case.
UNKNOWN_WORDS = ("UNKNOWN", "UNK", "N/K", "NOT KNOWN", "NULL")

_CODE_FOLDER = Path(__file__).parent / "codes"


@dataclass(frozen=True)
class CodeList:
    """The values a code column may hold: written here, or the `code` column of a file in warehouse/codes."""

    title: str
    listed: tuple[str, ...] = ()
    file: str | None = None
    is_padded: bool = False  # some systems write code 8N as 008N: zeros before a code carry no meaning

    def codes(self) -> tuple[str, ...]:
        """Every allowed code, upper case."""
        return self.listed if self.file is None else _codes_in(self.file)


@cache
def _codes_in(file: str) -> tuple[str, ...]:
    with (_CODE_FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return tuple(row["code"].upper() for row in csv.DictReader(lines))


@dataclass(frozen=True)
class Column:
    """One column of an extract. `never_rejects`: a value outside its code list becomes unknown and is counted."""

    name: str
    kind: Kind
    meaning: str
    required: bool = True
    codes: CodeList | None = None
    never_rejects: bool = False


@dataclass(frozen=True)
class Extract:
    """One kind of file: its name in the landing folder, the core table it becomes, what a row is, its key and columns."""

    name: str
    record: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def required_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def _optional(name: str, kind: Kind, meaning: str, codes: CodeList | None = None) -> Column:
    return Column(name, kind, meaning, required=False, codes=codes)


OFFENCES = CodeList("Home Office offence codes", file="offences.csv", is_padded=True)
REASONS = CodeList("DfE reasons for suspension or exclusion", file="exclusion_reasons.csv")
WEAPONS = CodeList("weapons", ("NONE", "KNIFE", "FIREARM", "CORROSIVE", "BLUNT", "OTHER"))
LOCATIONS = CodeList("location types", ("STREET", "DWELLING", "SCHOOL", "LICENSED", "SHOP", "TRANSPORT", "ONLINE", "OTHER"))
ROLES = CodeList("roles", ("SUSPECT", "VICTIM", "WITNESS", "INVOLVED", "EMERGENCY_WORKER", "STAFF"))
SEXES = CodeList("sexes", ("M", "F", "U"))
SOURCE_EVALUATIONS = CodeList("3x5x2 source evaluations", ("1", "2", "3"))
ASSESSMENTS = CodeList("3x5x2 intelligence assessments", ("A", "B", "C", "D", "E"))
HANDLING_CODES = CodeList("3x5x2 handling codes", ("P", "C"))
ORIGINS = CodeList("origins of intelligence", ("STREET", "ONLINE", "SCHOOL", "PRISON", "PARTNER", "OTHER"))
CATEGORIES = CodeList("exclusion categories", ("SUSP", "PERM"))
# The 16+1 self-defined codes of the 2001 census, and the four that forces added after the census of 2011.
ETHNICITIES = CodeList(
    "self-defined ethnicity codes",
    ("W1", "W2", "W9", "M1", "M2", "M3", "M9", "A1", "A2", "A3", "A9", "B1", "B2", "B9", "O1", "O9", "NS", "W3", "W4", "A4", "O2"),
)

RECORDED = Column("recorded_at", "moment", "when the agency knew it")
WITHDRAWN = _optional("withdrawn_at", "moment", "from when the agency no longer stands by the record")
SEX = _optional("sex", "code", "sex as recorded", SEXES)
POSTCODE = _optional("postcode", "text", "postcode of the home address as recorded")
ETHNICITY = Column(
    "ethnicity", "code", "self-defined ethnicity: kept apart, for the fairness audit alone", False, ETHNICITIES, never_rejects=True
)
PERSON = (
    _optional("nominal_ref", "text", "the force's own person number: often duplicated, sometimes wrong"),
    _optional("surname", "text", "surname as recorded"),
    _optional("forenames", "text", "forenames as recorded"),
    _optional("alias", "text", "another name or a street name"),
    _optional("date_of_birth", "date", "date of birth as recorded"),
    SEX,
)

INCIDENTS = Extract(
    "incidents", "incident", "a police crime or incident", ("incident_id",),
    (
        Column("incident_id", "text", "the force's reference of the incident"),
        RECORDED,
        Column("occurred_from", "moment", "when it happened, or the earliest it can have"),
        _optional("occurred_to", "moment", "the latest it can have happened"),
        Column("offence_code", "code", "what it was recorded as", codes=OFFENCES),
        _optional("offence_description", "text", "the offence in words"),
        Column("domestic", "flag", "flagged as domestic abuse"),
        _optional("weapon", "code", "weapon used or shown", WEAPONS),
        _optional("location_type", "code", "kind of place", LOCATIONS),
        _optional("postcode", "text", "postcode of the place"),
        Column("district", "code", "ONS code of the district it happened in"),
        _optional("school_urn", "text", "the school it happened at"),
        _optional("summary", "text", "what happened, in free text"),
        WITHDRAWN,
    ),
)  # fmt: skip

INCIDENT_PARTIES = Extract(
    "incident_parties", "incident_party", "a person's part in an incident", ("incident_id", "party_no"),
    (
        Column("incident_id", "text", "the force's reference of the incident"),
        Column("party_no", "int", "number of the person within the incident"),
        Column("role", "code", "the person's part in it", codes=ROLES),
        *PERSON,
        ETHNICITY,
        POSTCODE,
        RECORDED,
        WITHDRAWN,
    ),
)  # fmt: skip

INTELLIGENCE = Extract(
    "intelligence", "intelligence", "a sanitised 3x5x2 intelligence report", ("report_id",),
    (
        Column("report_id", "text", "reference of the report"),
        RECORDED,
        _optional("event_date", "date", "when what it tells of happened"),
        Column("source_evaluation", "code", "1 reliable, 2 untested, 3 not reliable", codes=SOURCE_EVALUATIONS),
        Column("intelligence_assessment", "code", "A known directly ... E suspected to be false", codes=ASSESSMENTS),
        Column("handling_code", "code", "P may be shared within the lawful partnership, C only under conditions", codes=HANDLING_CODES),
        _optional("handling_conditions", "text", "the conditions of handling code C"),
        _optional("origin", "code", "where the intelligence came from", ORIGINS),
        Column("text", "text", "the sanitised report"),
        WITHDRAWN,
    ),
)  # fmt: skip

INTELLIGENCE_SUBJECTS = Extract(
    "intelligence_subjects", "intelligence_subject", "a person named as a subject of a report", ("report_id", "subject_no"),
    (
        Column("report_id", "text", "reference of the report"),
        Column("subject_no", "int", "number of the person within the report"),
        *PERSON,
        POSTCODE,
        WITHDRAWN,
    ),
)  # fmt: skip

EXCLUSIONS = Extract(
    "exclusions", "exclusion", "a suspension or permanent exclusion from school", ("upn", "school_urn", "start_date"),
    (
        Column("upn", "text", "unique pupil number: for tracing a record back, never for a list"),
        Column("surname", "text", "the pupil's legal surname"),
        Column("forename", "text", "the pupil's forename"),
        _optional("preferred_surname", "text", "the surname the pupil goes by"),
        Column("date_of_birth", "date", "the pupil's date of birth"),
        Column("sex", "code", "the pupil's sex as recorded", codes=SEXES),
        ETHNICITY,
        POSTCODE,
        Column("school_urn", "text", "the school's unique reference number"),
        _optional("school_name", "text", "the school's name"),
        Column("category", "code", "suspended or permanently excluded", codes=CATEGORIES),
        Column("reason_1", "code", "the main reason", codes=REASONS),
        _optional("reason_2", "code", "a second reason", REASONS),
        _optional("reason_3", "code", "a third reason", REASONS),
        Column("start_date", "date", "first day out of school"),
        _optional("sessions", "int", "half days out of school"),
        _optional("year_group", "text", "national curriculum year"),
        RECORDED,
        WITHDRAWN,
    ),
)  # fmt: skip

EXTRACTS = (INCIDENTS, INCIDENT_PARTIES, INTELLIGENCE, INTELLIGENCE_SUBJECTS, EXCLUSIONS)
EXTRACT_BY_NAME = {extract.name: extract for extract in EXTRACTS}
