"""The columns that no source may send: the Serious Violence Duty gives no gateway for health or social-care information."""

from __future__ import annotations

import re

# How a word of a column's name begins, or, from "health" on, what it holds anywhere.
_BEGINNINGS = (
    "nhs", "medic", "diagnos", "disab", "psychiat", "psycholog", "prescri", "hospital", "pregnan", "autis", "adhd", "suicid", "therap",
    "counsell", "addict", "camhs", "snomed", "ehc", "foster",
)  # fmt: skip
_ANYWHERE = ("health", "socialcare", "socialwork", "lookedafter", "childprotection", "childinneed", "careleaver")

# Words that tell of it wherever they stand, and names that do when they are the whole name.
_WORDS = frozenset({"gp", "sen", "lac", "cla", "icd", "icd10", "cpp"})
_WHOLE_NAMES = frozenset({"send", "cin", "care"})

_PHRASES = (
    "social care", "social work", "social worker", "social services", "care status", "care leaver", "care home", "care order", "care plan",
    "care placement", "in care", "leaving care", "kinship care", "looked after", "child protection", "protection plan", "child in need",
    "children in need", "cin status", "cin plan", "cin flag", "cp plan", "cp status", "early help", "self harm", "substance misuse",
    "drug treatment", "alcohol treatment", "learning difficulty", "learning difficulties", "special needs", "special educational",
    "send status", "send provision", "send need", "send needs", "send support", "send code", "send flag", "is send", "primary need",
)  # fmt: skip


def refused_columns(header: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the header's names that tell of health or social care."""
    return tuple(name for name in header if _is_refused(name))


def _is_refused(name: str) -> bool:
    words = _words(name)
    spaced = f" {' '.join(words)} "
    return (
        any(word.startswith(_BEGINNINGS) or word in _WORDS or any(part in word for part in _ANYWHERE) for word in words)
        or any(f" {phrase} " in spaced or phrase.replace(" ", "") in words for phrase in _PHRASES)
        or spaced.strip() in _WHOLE_NAMES
    )


def _words(name: str) -> list[str]:
    """The words of a name, told apart by signs and capitals: `NHSNumber`, `nhs_number` and `Nhs Number` alike."""
    capitals = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return re.findall(r"[a-z0-9]+", capitals.lower())
