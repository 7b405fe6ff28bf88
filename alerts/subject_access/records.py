"""The sections of what was received: the person's own rows, the incidents they stand in, the reports that tell of them."""

from __future__ import annotations

from collections.abc import Iterable

from alerts.subject_access.export import Row, Section
from warehouse.subject_access.others import WITHHELD, Redaction
from warehouse.subject_access.received import HeldOn, Received

TEXTS = ("summary", "text", "handling_conditions")
TITLES = {
    "incident_party": (
        "Police records: your part in incidents",
        "What the police recorded of you in each incident. A role is as recorded, and is no finding of guilt.",
    ),
    "intelligence_subject": ("Police intelligence: reports that list you", "What reports say of who you are. A report is an assessment, not a fact."),
    "exclusion": (
        "School records: suspensions and exclusions",
        "As the education authority sent them. The pupil number (UPN) is held to tell pupils apart, and is in no export.",
    ),
    "incident": ("The incidents", "The police record of each incident in which you have a part."),
    "intelligence": (
        "The intelligence reports",
        "Reports that list or name you, each with its 3x5x2 grade: source 1 reliable, 2 untested, 3 not reliable; information A to E, E suspected false.",
    ),
}  # fmt: skip


def record_sections(held: HeldOn, redaction: Redaction) -> list[Section]:
    """A section a source: every version received, with who sent it, when, and on what lawful basis."""
    own_postcodes = {_folded(row.said.get("postcode", "")) for row in held.own}
    rows: dict[str, list[Row]] = {source: [] for source in TITLES}
    for one in (*held.own, *held.wholes):
        rows[one.source].append(_row(one, redaction, own_postcodes, is_mention=one.whole in held.mentions))
    return [Section(*TITLES[source], tuple(rows[source])) for source in TITLES]


def _row(one: Received, redaction: Redaction, own_postcodes: set[str], *, is_mention: bool) -> Row:
    said = {name: _shown(one, name, value, redaction, own_postcodes) for name, value in one.said.items()}
    why = {"about you because": "its text names you"} if is_mention and one.source == "intelligence" else {}
    return {**said, **why, "sent by": one.agency or "not recorded", "lawful basis": one.lawful_basis or "not recorded",
            "received in": f"{one.file}, line {one.line}"}  # fmt: skip


def _shown(one: Received, name: str, value: str, redaction: Redaction, own_postcodes: set[str]) -> str:
    """Texts without others; of an incident at somebody's home the place only if it is the person's own."""
    if name in TEXTS or name.startswith("also sent"):
        return redaction.of(value, one.whole)
    if one.source == "incident" and name == "postcode" and one.said.get("location_type", "").strip().upper() not in {"STREET", "SCHOOL"}:
        return value if _folded(value) in own_postcodes else WITHHELD
    return value


def _folded(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def count(sections: Iterable[Section]) -> int:
    """How many rows there are in all."""
    return sum(len(one.rows) for one in sections)
