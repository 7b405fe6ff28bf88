"""Which forenames stand for one another: nicknames of a public library, and the forms that it lacks, by who uses them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from nicknames import NickNamer

# The library is North American; the list adds British, Irish, Polish, Romanian, South Asian and West African usage, as general knowledge.
OTHER_FORMS = Path(__file__).with_name("forename_forms.csv")


@cache
def _other_forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    with OTHER_FORMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row["formal"], *row["forms"].split()):
                forms.setdefault(name, set()).add(row["formal"])
    return {name: frozenset(roots) for name, roots in forms.items()}


@cache
def _namer() -> NickNamer:
    return NickNamer()


@cache
def roots_of(forename: str) -> frozenset[str]:
    """The formal names that a forename may stand for, itself included; two forenames that share a root may be one person's.

    >>> bool(roots_of("bob") & roots_of("robbie"))
    True
    """
    return frozenset({forename, *_namer().canonicals_of(forename)}) | _other_forms().get(forename, frozenset())
