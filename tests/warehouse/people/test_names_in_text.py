"""People's names in free text, in the forms and the case in which they come; places, schools, brands and quoted threats are no names."""

from __future__ import annotations

import pytest

from warehouse.people.agreement import Agreement
from warehouse.people.mention import NamedRecord
from warehouse.people.mentions import Reader, make_lexicon
from warehouse.people.names_in_text import find_names
from warehouse.people.written_names import Lexicon

KNOWN = [
    NamedRecord(f"K{n}", forename, (forename,), surname, tuple(sorted({surname, *surname.split()})), street_name)
    for n, (forename, surname, street_name) in enumerate([
        ("lee", "holmes", "hench"), ("mason", "green", None), ("aisha", "khan", None), ("victoria", "park", None), ("ian", "hall", None),
        ("reece", "cox smith", None), ("kacper", "nowak", "tank"), ("emma", "weir", None), ("james", "king", None), ("will", "young", None),
        ("omar", "bin laden", None), ("jan", "van dijk", None), ("liam", "oconnor", "spud"), ("john", "paul", None), ("john", "holmes", "ghost"),
        ("mohammed", "ul haq", None), ("john", "lewis", None), ("qadir", "mcholmes", None), ("martin", "king", None), ("jack", "west", None), ("aston", "lee", None),
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Subject 1 (HOLMES, John b. 2004) v Subject 2 (KHAN, Aisha)", ["HOLMES, John", "KHAN, Aisha"]),
        ("N1 = John HOLMES dob 01/02/2003. N1 threatened N2 = Aisha KHAN", ["John HOLMES", "Aisha KHAN"]),
        ("poss assoc w/ John Holmes & R Khan re drugs", ["John Holmes", "R Khan"]),
        ("Source states that John Holmes/Aisha Khan/Kacper Nowak are ragging", ["John Holmes", "Aisha Khan", "Kacper Nowak"]),
        ("1. John Holmes\n2. Aisha Khan", ["John Holmes", "Aisha Khan"]),
        ("john holmes told aisha khan hes coming for her", ["john holmes", "aisha khan"]),
        ("John Holmes's brother is after Aisha Khan’s cousin", ["John Holmes", "Aisha Khan"]),
        ("John 🔥 Holmes and Aisha Khan 😡 beefing", ["John 🔥 Holmes", "Aisha Khan"]),
        ("HOLMES J and KHAN, A. fell out", ["HOLMES J", "KHAN, A."]),
        ("John Lee Holmes and J.P. Holmes and HOLMES John Mason", ["John Lee Holmes", "J.P. Holmes", "HOLMES John Mason"]),
        ("John 'Ghost' Holmes and Liam “Spud” O’CONNOR", ["John 'Ghost' Holmes", "Liam “Spud” O’CONNOR"]),
        ("Omar Bin Laden, Jan van Dijk and Mohammed ul-Haq", ["Omar Bin Laden", "Jan van Dijk", "Mohammed ul-Haq"]),
        ("OMAR BIN LADEN MET JAN VAN DIJK", ["OMAR BIN LADEN", "JAN VAN DIJK"]),
        ("Mr John Holmes and Ms Aisha Khan", ["John Holmes", "Aisha Khan"]),
        ("Ghost is after Aisha Khan", ["Ghost", "Aisha Khan"]),
        ("A male known only as Shadow has a blade", ["Shadow"]),
        ("a lad called Tank, street name Spud", ["Tank", "Spud"]),
        ("HE GOES BY GHOST", ["GHOST"]),
        ("This is not the John Holmes who lives here", ["John Holmes"]),
        ("Seen by DC John Holmes and PC 123 Lee Holmes", []),
        ("The Martin Luther King Drive and St John Ambulance", []),
        ("He is known as a dealer in an area called Kings Heath", []),
        ("The James King pub and the ghost tank in James Weir's School", []),
        ("He wore Hugo Boss, supports Aston Villa and drinks Jack Daniels", []),
        ("Stolen from John Lewis in April", []),
        ("John Lewis hit Aisha Khan", ["John Lewis", "Aisha Khan"]),
        ("Operation Martin King began", []),
        ("Holmes, John and Khan, Aisha argued", ["Holmes, John", "Khan, Aisha"]),
        ("HOLMES (John) is after Khan (Aisha)", ["HOLMES (John", "Khan (Aisha"]),
        ("Emma Weir, James King", ["Emma Weir", "James King"]),
        ("john holmes told mason green that will park left", ["john holmes", "mason green"]),
        ("John Qadir Holmes and Omar el-Khan", ["John Qadir Holmes", "Omar el-Khan"]),
        ("It was A KHAN who left", ["A KHAN"]),
        ("McHOLMES Qadir and MacKHAN Omar left", ["McHOLMES Qadir", "MacKHAN Omar"]),
        ("OIC: DC Paul Holmes. John Holmes was seen", ["John Holmes"]),
        ("Reported to PC 4471. John Holmes was seen", ["John Holmes"]),
        ("Insp. John Holmes, A/Sgt Lee Holmes and Headteacher Mrs Aisha Khan met", []),
        ("Social worker Aisha Khan and form tutor Mr Lee Holmes say that James King left", ["James King"]),
        ("Submitted by: Lee Holmes", []),
        ("Near Holmes Meadows, the Park Lane Boys", []),
    ],
)
def test_names_found_however_a_force_writes(lexicon: Lexicon, text: str, names: list[str]) -> None:
    assert [text[name.start : name.end] for name in find_names(text, lexicon)] == names


@pytest.mark.parametrize(
    ("text", "street_name"),
    [
        ("John Holmes aka Ghost", "ghost"),
        ("John Holmes, also known as 'Shady'", "shady"),
        ("John Holmes (street name: Ghost)", "ghost"),
        ("John 'Ghost' Holmes", "ghost"),
        ("HOLMES John (Ghost)", "ghost"),
        ("'Ghost' is believed to be John Holmes", "ghost"),
        ("Spud (real name John Holmes)", "spud"),
        ("John Holmes who goes by Spud", "spud"),
        ("John Holmes (known to police)", None),
        ("John Holmes is known as a bully", None),
    ],
)
def test_a_street_name_beside_a_name_is_its_own(lexicon: Lexicon, text: str, street_name: str | None) -> None:
    assert [name.street_name for name in find_names(text, lexicon)] == [street_name]


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
        (
            "Lee Holmes, no relation to Aisha Holmes, hit James King.",
            [("lee", "holmes"), ("aisha", "holmes")],
            {"R1/1": ["Lee Holmes"], "R1/2": ["Aisha Holmes"], "n1": ["James King"]},
        ),
        ("Lee Holmes hit James King.", [("lee", "holmes"), ("emma", "weir")], {"R1/1": ["Lee Holmes"], "n1": ["James King"]}),
        (
            "Lee HOLMES met Aisha KHAN. HOLMES hit KHAN.",
            [("lee", "holmes")],
            {"R1/1": ["Lee HOLMES", "HOLMES"], "n1": ["Aisha KHAN", "KHAN"]},
        ),
        ("Lee Holmes met Aisha Holmes. Lee hit Holmes.", [], {"n1": ["Lee Holmes", "Lee"], "n2": ["Aisha Holmes"]}),
        ("Lee Holmes lives on Holmes Street with the Holmes family in Holmes.", [], {"n1": ["Lee Holmes"]}),
    ],
)
def test_subjects_are_located_and_others_numbered(
    lexicon: Lexicon, text: str, subjects: list[tuple[str, ...]], read: dict[str, list[str]]
) -> None:
    listed = [_subject(number, *subject) for number, subject in enumerate(subjects, start=1)]
    found = Reader(lexicon, Agreement()).read_mentions("R1", text, listed)
    assert {m.subject or f"n{m.number}": [text[start:end] for start, end in m.spans] for m in found} == read


@pytest.mark.parametrize(
    ("text", "ages", "births"),
    [
        ("Lee Holmes is about 17 years old.", [17], []),
        ("Lee Holmes is about 17.", [17], []),
        ("Lee Holmes, 17, left", [17], []),
        ("Lee Holmes (17) left", [17], []),
        ("Lee Holmes (M, 17) left", [17], []),
        ("Lee Holmes (b. 2004) left", [], [2004]),
        ("HOLMES Lee 12/03/2004 left", [], [2004]),
        ("Lee Holmes born on 12.03.2004 left", [], [2004]),
        ("Lee Holmes d.o.b. 12/03/2004 left", [], [2004]),
        ("Lee Holmes\n2. left", [], []),
        ("Lee Holmes 10:30 left", [], []),
        ("Lee Holmes and 2 others left", [], []),
        ("Lee Holmes 17yrs left", [17], []),
        ("17-year-old Lee Holmes left", [17], []),
        ("A 17yo boy, Lee Holmes", [17], []),
        ("Lee Holmes (Y10) left", [15], []),
        ("Year 10 pupil Lee Holmes left", [15], []),
        ("Lee Holmes [2004] left", [], [2004]),
    ],
)
def test_what_is_said_of_an_age_beside_a_name(lexicon: Lexicon, text: str, ages: list[int], births: list[int]) -> None:
    (found,) = Reader(lexicon, Agreement()).read_mentions("R1", text, [])
    assert (list(found.said.ages), list(found.said.births)) == (ages, births)


@pytest.mark.parametrize(
    ("text", "schools", "sexes"),
    [
        ("Lee Holmes, a Year 10 pupil at Hall School, left", ["hall school"], []),
        ("Lee Holmes of the Hall Academy left", ["hall academy"], []),
        ("Lee Holmes from the same school left", [], []),
        ("Lee Holmes hit a boy. He attends Hall School.", ["hall school"], ["M"]),
        ("A female known as Lee Holmes", [], ["F"]),
        ("Mr Lee Holmes", [], ["M"]),
        ("Lee Holmes (F, 17) left", [], ["F"]),
        ("Lee Holmes is a 17-year-old girl", [], ["F"]),
        ("Lee Holmes says that he left", [], ["M"]),
        ("Lee Holmes hit a female", [], []),
    ],
)
def test_what_is_said_of_a_school_and_of_sex(lexicon: Lexicon, text: str, schools: list[str], sexes: list[str]) -> None:
    (found,) = Reader(lexicon, Agreement()).read_mentions("R1", text, [])
    assert (list(found.said.schools), list(found.said.sexes)) == (schools, sexes)


def test_he_is_whoever_the_sentence_before_named_first(lexicon: Lexicon) -> None:
    lee, aisha = Reader(lexicon, Agreement()).read_mentions("R1", "Lee Holmes hit J. Khan. She is 17. He is 19.", [])
    assert (lee.said.ages, aisha.said.ages) == ((17, 19), ())


@pytest.mark.parametrize("text", [".", "-", "12/03/2026", "…", ""])
def test_a_text_without_a_word_names_nobody(lexicon: Lexicon, text: str) -> None:
    assert Reader(lexicon, Agreement()).read_mentions("R1", text, KNOWN[:2]) == []
    assert make_lexicon(KNOWN, [text]).common_words == frozenset()
