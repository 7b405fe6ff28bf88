"""People's names in free text, in the forms and the case in which they come; places, schools, brands and quoted threats are no names."""

from __future__ import annotations

import pytest

from warehouse.people.agreement import Agreement
from warehouse.people.mentions import NamedRecord, Reader, make_lexicon
from warehouse.people.names_in_text import Lexicon, find_names

KNOWN = [
    NamedRecord(f"K{n}", forename, (forename,), surname, tuple(sorted({surname, *surname.split()})), street_name)
    for n, (forename, surname, street_name) in enumerate([
        ("lee", "holmes", "hench"), ("mason", "green", None), ("aisha", "khan", None), ("victoria", "park", None), ("ian", "hall", None),
        ("reece", "cox smith", None), ("kacper", "nowak", "tank"), ("emma", "weir", None), ("james", "king", None), ("will", "young", None),
    ])
]  # fmt: skip
ORDINARY = "the report says that he will park at the hall and the young people will not be moved from the green park"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return make_lexicon(KNOWN, [f"Report: {ORDINARY}."] * 5)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lee Holmes was seen with Aisha Khan.", ["Lee Holmes", "Aisha Khan"]),
        ("HOLMES Lee and KHAN, Aisha argued.", ["HOLMES Lee", "KHAN, Aisha"]),
        ("lee holmes is said to have hit aisha khan.", ["lee holmes", "aisha khan"]),
        ("LEE HOLMES IS IN DISPUTE WITH KHAN, AISHA OVER MONEY.", ["LEE HOLMES", "KHAN, AISHA"]),
        ("L. Holmes owes A. Khan money.", ["L. Holmes", "A. Khan"]),
        ("Reece COX-SMITH left.", ["Reece COX-SMITH"]),
        ("He fears 'Hench' and his friends.", ["'Hench'"]),
        ("Kacper Nowak ('Tank') was there.", ["Kacper Nowak"]),
        ("NOWAK Kacper, Emma Weir and James King travelled together.", ["NOWAK Kacper", "Emma Weir", "James King"]),
        ("Mason Green lives near the shops.", ["Mason Green"]),
        ("Aisha Zzyx was there.", ["Aisha Zzyx"]),
        ("It was mason green who spoke to J. Hall.", ["mason green", "J. Hall"]),
        ("THEY SAY THAT KACPER NOWAAK LEFT.", ["KACPER NOWAAK"]),
        ("He was seen on Victoria Park with a knife.", []),
        ("A fight near Green Park Road was reported.", []),
        ("Pupils at James Weir School and King Hall Academy.", []),
        ("He drives a silver Mason Green.", []),
        ("He told others that he 'is going to get it'.", []),
        ("It is said that they will park at the hall.", []),
        ("Reported by a young person in James Street.", []),
    ],
)
def test_names_found(lexicon: Lexicon, text: str, names: list[str]) -> None:
    assert [text[name.start : name.end] for name in find_names(text, lexicon)] == names


def test_the_parts_of_a_name_are_told_whatever_the_order(lexicon: Lexicon) -> None:
    for text in ("Lee Holmes", "HOLMES Lee", "HOLMES, Lee", "holmes lee", "LEE HOLMES"):
        (name,) = find_names(f"{text} left." if text.isupper() is False else f"{text} LEFT.", lexicon)
        assert (name.forename, name.surname) == ("lee", "holmes"), text


def _subject(number: int, forename: str | None, surname: str | None, street_name: str | None = None) -> NamedRecord:
    return NamedRecord(f"R1/{number}", forename, (forename,) if forename else (), surname, (surname,) if surname else (), street_name)


@pytest.mark.parametrize(
    ("text", "subjects", "read"),
    [
        ("Lee Holmes hit Aisha Khan.", [("lee", "holmes")], {"R1/1": ["Lee Holmes"], "n1": ["Aisha Khan"]}),
        ("Lee Holmes hit Aisha Khan. Lee Holmes ran off.", [], {"n1": ["Lee Holmes", "Lee Holmes"], "n2": ["Aisha Khan"]}),
        ("Lee Holmse hit Aisha Khan.", [("lee", "holmes")], {"R1/1": ["Lee Holmse"], "n1": ["Aisha Khan"]}),
        ("Lee Holmes hit Aisha Khan.", [(None, "khan")], {"n1": ["Lee Holmes"], "R1/1": ["Aisha Khan"]}),
        ("'Hench' hit Aisha Khan.", [("lee", "holmes", "hench")], {"R1/1": ["'Hench'"], "n1": ["Aisha Khan"]}),
        ("Mr Holmes hit Aisha Khan.", [("lee", "holmes")], {"R1/1": ["Holmes"], "n1": ["Aisha Khan"]}),
        (
            "Mason Green, not to be confused with Mason Green of Leeds, hit Aisha Khan.",
            [("mason", "green")],
            {"R1/1": ["Mason Green"], "n1": ["Mason Green"], "n2": ["Aisha Khan"]},
        ),
        ("Lee Holmes hit James King.", [("lee", "holmes"), ("emma", "weir")], {"R1/1": ["Lee Holmes"], "n1": ["James King"]}),
    ],
)
def test_subjects_are_located_and_others_numbered(
    lexicon: Lexicon, text: str, subjects: list[tuple[str, ...]], read: dict[str, list[str]]
) -> None:
    listed = [_subject(number, *subject) for number, subject in enumerate(subjects, start=1)]
    found = Reader(lexicon, Agreement()).read_mentions("R1", text, listed)
    assert {m.subject or f"n{m.number}": [text[start:end] for start, end in m.spans] for m in found} == read


def test_an_age_beside_a_name_is_read(lexicon: Lexicon) -> None:
    (found,) = Reader(lexicon, Agreement()).read_mentions("R1", "Lee Holmes is about 17 years old.", [])
    assert found.ages == [17]
