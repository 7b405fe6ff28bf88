"""What a reviewer can decide about a pair, and the reasons and pathways to choose from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path


class Decision(StrEnum):
    """The decisions, in the words that the command and the workbook use."""

    agree = "agree"
    dismiss = "dismiss"
    managed = "managed"
    wrong_link = "wrong_link"
    refer = "refer"
    nominate = "nominate"
    withdraw = "withdraw"


MEANINGS = {
    Decision.agree: "the evidence was looked at and the warning is agreed with",
    Decision.dismiss: "the pair is not heading for violence; it stays off the list until something new and worse happens",
    Decision.managed: "somebody is already working with the two; the pair stays on the list, marked so",
    Decision.wrong_link: "the records are of other people; the pair stays off the list until something new and worse happens",
    Decision.refer: "the pair goes to a pathway; it stays on the list, marked so",
    Decision.nominate: "the pair is put on watch until a date, whatever its score",
    Decision.withdraw: "an earlier decision is taken back",
}
STAYS_OFF = (Decision.dismiss, Decision.wrong_link)

DISMISSALS = {
    "no_conflict": "the two are not in conflict",
    "resolved": "the conflict is over",
    "one_off": "a single event that will not go on",
    "mistaken_record": "a record is wrong or suspected to be false",
    "cannot_meet": "one of the two is in custody, has moved away or has died",
    "other": "something else, as the note says",
}
"""Why a pair can be dismissed. A code goes into the database, its words onto the list."""


class ReviewRefused(ValueError):
    """A review lacks what its decision needs, or names what is not there; the message says what to give."""


@dataclass(frozen=True)
class Review:
    """One decision about a pair by a named person; `evidence_seen`: whether that person had looked at the pair's evidence before.

    Raises ReviewRefused.
    """

    pair_id: str
    decision: Decision
    made_by: str
    made_at: datetime
    reason: str | None = None
    pathway: str | None = None
    note: str | None = None
    until: date | None = None
    list_as_of: date | None = None
    score: float | None = None
    withdraws: str | None = None
    evidence_seen: bool | None = None

    def __post_init__(self) -> None:
        for is_wrong, said in self._checks():
            if is_wrong:
                raise ReviewRefused(f"{self.pair_id}: {said}")

    def _checks(self) -> tuple[tuple[bool, str], ...]:
        lacks_note = not (self.note or "").strip()
        return (
            (not self.made_by.strip(), "a review needs a name: say who decided"),
            (
                self.decision is Decision.dismiss and self.reason not in DISMISSALS,
                f"a dismissal needs a reason, one of {', '.join(DISMISSALS)}",
            ),
            (
                self.decision is Decision.dismiss and self.reason == "other" and lacks_note,
                "the reason 'other' needs a note that says which",
            ),
            (self.decision is not Decision.dismiss and self.reason is not None, "only a dismissal has a reason: write a note instead"),
            (self.decision is Decision.refer and not self.pathway, "a referral needs a pathway"),
            (self.decision is not Decision.refer and self.pathway is not None, "only a referral has a pathway"),
            (
                self.decision is Decision.nominate and (self.until is None or lacks_note),
                "a nomination needs a note that says why, and a day until when",
            ),
            (self.decision is Decision.withdraw and (self.withdraws is None or lacks_note), "to take a review back, name it and say why"),
            (self.until is not None and self.until < self.made_at.date(), f"until {self.until} is in the past"),
        )


@dataclass(frozen=True)
class Pathway:
    """A help that exists here: its code, its name, for whom it is meant, and whether it brings the two people together."""

    code: str
    name: str
    ages: tuple[int, int]
    roles: tuple[str, ...]
    joint: bool = False


class PathwaysUnreadable(Exception):
    """The pathways file cannot be used; the message says what to mend in it."""


def read_pathways(path: Path) -> tuple[Pathway, ...]:
    """The pathways of a TOML file, in its order. Raises PathwaysUnreadable."""
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8")).get("pathway", [])
        found = tuple(
            Pathway(one["code"], one["name"], (one["ages"][0], one["ages"][1]), tuple(one["roles"]), one.get("joint", False))
            for one in listed
        )
    except OSError as error:
        raise PathwaysUnreadable(f"{path}: cannot be read ({error.strerror}); give the path of a pathways file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PathwaysUnreadable(f"{path}: not valid TOML ({error}); mend that line") from error
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        wanted = 'each [[pathway]] needs code, name, ages = [from, to] and roles = ["aggressor", "victim"]'
        raise PathwaysUnreadable(f"{path}: {wanted} (missing or wrong: {error})") from error
    twice = {one.code for one in found if sum(other.code == one.code for other in found) > 1}
    if twice:
        raise PathwaysUnreadable(f"{path}: pathway {min(twice)} is there twice; keep one")
    return found
