"""The columns that no source may send: the Serious Violence Duty gives no gateway for health or social-care information."""

from __future__ import annotations

import re

# A word of a column's name, alone.
_WORDS = frozenset({"nhs", "gp", "sen", "send", "ehc", "ehcp", "lac", "cla", "camhs", "adhd", "icd", "snomed", "cpp"})

# Anywhere in a column's name once everything but letters and digits is taken out.
_PARTS = (
    "nhsn", "health", "medical", "medicat", "diagnos", "disabil", "disorder", "psychiat", "psycholog", "prescri", "hospital", "pregnan",
    "autis", "suicid", "selfharm", "substancemisuse", "drugtreatment", "alcoholtreatment", "gpsurgery", "gppractice", "learningdifficult",
    "specialeduc", "specialneed", "senstatus", "senprovision", "senneed", "sensupport", "educationhealthcare",
    "socialcare", "socialwork", "socialservice", "carestatus", "careleaver", "carehome", "careorder", "incare", "foster", "lookedafter",
    "childprotection", "protectionplan", "childinneed", "childreninneed", "earlyhelp",
)  # fmt: skip


def refused_columns(header: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the header's names that tell of health or social care."""
    return tuple(name for name in header if _is_refused(name))


def _is_refused(name: str) -> bool:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    words = re.findall(r"[a-z]+|[0-9]+", spaced.lower())
    squashed = "".join(words)
    return not _WORDS.isdisjoint(words) or any(part in squashed for part in _PARTS)
