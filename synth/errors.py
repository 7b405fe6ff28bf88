"""How people are written down: what each agency notes of a person, with the mistakes that it makes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from synth import names
from synth.chance import Bools, Ints, Moments, Rng, Strings, pick, strings
from synth.people import People
from synth.recording import NOBODY

UNKNOWN_WORDS = ("UNKNOWN", "UNK", "N/K", "NOT KNOWN", "NULL")
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
SOUNDS_ALIKE = (
    ("ph", "f"),
    ("ck", "k"),
    ("th", "t"),
    ("ie", "ei"),
    ("ee", "ea"),
    ("ll", "l"),
    ("tt", "t"),
    ("s", "z"),
    ("y", "i"),
    ("ou", "u"),
    ("c", "k"),
    ("nn", "n"),
)
COPIED = ("surname", "forenames", "date_of_birth", "sex")
NOT_LATIN = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "ı": "i"})


Change = Callable[[str], str]


@dataclass(frozen=True)
class Care:
    """How carefully one agency notes people: the share of rows with each fault."""

    nominal: float = 0.72  # has a nominal number at all
    copied: float = 0.55  # of those, details copied from what is on file under that number
    wrong_nominal: float = 0.006  # someone else's
    second_nominal: float = 0.09  # the number of a duplicate record of the same person
    typo: float = 0.035
    alike: float = 0.02  # written as it sounds
    nickname: float = 0.06
    swapped_names: float = 0.008
    middle: float = 0.35  # forenames with the middle name
    half_double: float = 0.3  # half of a double surname
    capitals: float = 0.35  # surname in capitals
    all_capitals: float = 0.10
    lower: float = 0.015
    spaces: float = 0.012
    plain_letters: float = 0.7  # accents lost
    alias: float = 0.5  # the street name noted, of those who have one
    no_forename: float = 0.012
    no_birth: float = 0.07
    unknown_word: float = 0.25  # of what is missing, written as a word
    swapped_date: float = 0.012
    wrong_digit: float = 0.014
    first_of_january: float = 0.006
    nonsense_date: float = 0.002
    no_sex: float = 0.012
    wrong_sex: float = 0.004
    no_postcode: float = 0.22
    old_postcode: float = 0.06
    ethnicity: float = 0.7


POLICE = Care()
INTELLIGENCE = Care(
    nominal=0.55,
    copied=0.45,
    typo=0.045,
    alike=0.03,
    nickname=0.10,
    middle=0.15,
    no_birth=0.18,
    no_postcode=0.4,
    alias=0.75,
    no_forename=0.02,
)
SCHOOL = Care(
    copied=0.0,
    typo=0.018,
    alike=0.006,
    nickname=0.03,
    swapped_names=0.004,
    middle=0.05,
    half_double=0.12,
    capitals=0.1,
    all_capitals=0.03,
    plain_letters=0.5,
    no_forename=0.0,
    no_birth=0.0,
    swapped_date=0.006,
    wrong_digit=0.006,
    nonsense_date=0.0,
    no_sex=0.003,
    no_postcode=0.15,
    ethnicity=0.9,
)


def observe(rng: Rng, people: People, person: Ints, when: Moments, care: Care) -> pl.DataFrame:
    """What is noted of each person: nominal_ref, surname, forenames, alias, date_of_birth, sex, ethnicity, postcode. NOBODY becomes an unknown person."""
    row = np.maximum(person, 0)
    size = person.size
    forename, surname = _names(rng, people, row, when, care)
    nominal, is_right = _nominal(rng, people, row, care)
    frame = {
        "nominal_ref": nominal,
        "surname": surname,
        "forenames": forename,
        "alias": np.where((people.alias[row] != "") & _hit(rng, size, care.alias), people.alias[row], ""),
        "date_of_birth": _births(rng, people, row, care),
        "sex": np.where(
            _hit(rng, size, care.no_sex),
            "U",
            np.where(_hit(rng, size, care.wrong_sex), np.where(people.sex[row] == "M", "F", "M"), people.sex[row]),
        ),
        "ethnicity": np.where(_hit(rng, size, care.ethnicity), people.ethnicity[row], ""),
        "postcode": _postcodes(rng, people, row, when, care),
    }
    source = _copied_from(rng, nominal, is_right, care)
    for column in COPIED:
        frame[column] = frame[column][source]
    word = pick(rng, ("UNKNOWN", "", "UNKNOWN MALE", "N/K"), size)
    for column, value in frame.items():
        blank = word if column in ("surname", "forenames") else np.where(_hit(rng, size, 0.5), "U", "") if column == "sex" else ""
        frame[column] = np.where(person == NOBODY, blank, value).astype(object)
    return pl.DataFrame({name: pl.Series(name, values.tolist(), dtype=pl.String) for name, values in frame.items()})


def _hit(rng: Rng, size: int, share: float) -> Bools:
    return rng.random(size) < share


def _copied_from(rng: Rng, nominal: Strings, is_right: Bools, care: Care) -> Ints:
    """For each row the row that its details come from: itself, or the first row with the same nominal number, mistakes and all."""
    rows = np.flatnonzero(is_right)
    _, first, group = np.unique(nominal[rows].astype(str), return_index=True, return_inverse=True)
    source = np.arange(nominal.size)
    copies = _hit(rng, rows.size, care.copied)
    source[rows] = np.where(copies, rows[first[group]], rows) if rows.size else rows
    return source


def _nominal(rng: Rng, people: People, row: Ints, care: Care) -> tuple[Strings, Bools]:
    """The force's own number: most have one, some have two, a few rows bear another person's. Also which rows bear one that is right."""
    wrong = _hit(rng, row.size, care.wrong_nominal)
    number = np.where(wrong, rng.integers(0, people.count, row.size), row)
    has = _hit(rng, row.size, care.nominal)
    second = _hit(rng, row.size, care.second_nominal)
    reference = (number * 2_654_435 + 97_001) % 9_999_991 * 10 + np.where(second, 1 + number % 3, 0)
    written = strings([f"N{value:08d}" for value in reference.tolist()])
    return np.where(has, written, "").astype(object), has & ~wrong


def _names(rng: Rng, people: People, row: Ints, when: Moments, care: Care) -> tuple[Strings, Strings]:
    size = row.size
    first, last, middle = people.forename[row].copy(), people.surname_on(row, when), people.middle[row]
    first = _some(rng, first, care.nickname, _nickname(rng))
    last = _some(rng, last, care.half_double, _half(rng), where=np.char.count(last.astype(str), "-") > 0)
    for share, change in ((care.typo, _typo(rng)), (care.alike, _alike(rng))):
        first, last = _some(rng, first, share * 0.7, change), _some(rng, last, share, change)
    first = np.where((middle != "") & _hit(rng, size, care.middle), first + " " + middle, first).astype(object)
    swap = _hit(rng, size, care.swapped_names)
    first, last = np.where(swap, last, first).astype(object), np.where(swap, first, last).astype(object)
    plain = _hit(rng, size, care.plain_letters)
    first, last = (np.where(plain, each(column, without_accents), column).astype(object) for column in (first, last))
    shout, caps, small = _hit(rng, size, care.all_capitals), _hit(rng, size, care.capitals), _hit(rng, size, care.lower)
    last = np.where(shout | caps, each(last, str.upper), np.where(small, each(last, str.lower), last)).astype(object)
    first = np.where(shout, each(first, str.upper), np.where(small, each(first, str.lower), first)).astype(object)
    first = np.where(_hit(rng, size, care.spaces), first + "  ", first).astype(object)
    last = np.where(_hit(rng, size, care.spaces), " " + last, last).astype(object)
    missing = np.where(_hit(rng, size, 0.5), "", pick(rng, UNKNOWN_WORDS, size))
    return np.where(_hit(rng, size, care.no_forename), missing, first).astype(object), last


def each(column: Strings, change: Change) -> Strings:
    """The column with every value changed."""
    out = np.empty(column.size, dtype=object)
    out[:] = [change(value) for value in column.tolist()]
    return out


def _some(rng: Rng, column: Strings, share: float, change: Change, where: Bools | None = None) -> Strings:
    """The column with a share of its values changed."""
    rows = np.flatnonzero(_hit(rng, column.size, share) & (True if where is None else where))
    out = column.copy()
    out[rows] = [change(value) for value in column[rows].tolist()]
    return out


def without_accents(text: str) -> str:
    """Letters without their marks: Ciarán becomes Ciaran, Wałęsa Walesa."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text.translate(NOT_LATIN)) if not unicodedata.combining(c))


def latin_1(text: str) -> str:
    """Only letters that Windows-1252 has; others lose their marks."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return "".join(c if c.encode("cp1252", "ignore") else without_accents(c) for c in text)
    return text


def _nickname(rng: Rng) -> Change:
    def change(name: str) -> str:
        options = names.nicknames(name)
        return options[int(rng.integers(len(options)))] if options else name

    return change


def _half(rng: Rng) -> Change:
    def change(name: str) -> str:
        halves = name.split("-")
        return halves[int(rng.integers(len(halves)))]

    return change


def with_typos(rng: Rng, column: Strings, share: float) -> Strings:
    """The column with slips of the keyboard in a share of its values."""
    return _some(rng, column, share, _typo(rng))


def _typo(rng: Rng) -> Change:
    """A letter left out, doubled, swapped with the next or replaced; never the first."""

    def change(name: str) -> str:
        if len(name) < 4:
            return name
        at, kind, letter = int(rng.integers(1, len(name) - 1)), int(rng.integers(4)), ALPHABET[int(rng.integers(26))]
        middle = ("", name[at] * 2, name[at + 1] + name[at], letter)[kind]
        return name[:at] + middle + name[at + (2 if kind == 2 else 1) :]

    return change


def _alike(rng: Rng) -> Change:
    def change(name: str) -> str:
        options = [(old, new) for pair in SOUNDS_ALIKE for old, new in (pair, pair[::-1]) if old in name[1:]]
        if not options:
            return name
        old, new = options[int(rng.integers(len(options)))]
        return name[0] + name[1:].replace(old, new, 1)

    return change


def _births(rng: Rng, people: People, row: Ints, care: Care) -> Strings:
    """ISO dates: day and month swapped, a digit wrong, 1 January for a guess, or missing."""
    out = people.born[row].astype("datetime64[D]").astype(str).astype(object)
    day = np.array([int(text[8:]) for text in out.tolist()] or [0])[: row.size]
    swap = _hit(rng, row.size, care.swapped_date) & (day <= 12)
    out[swap] = [f"{text[:4]}-{text[8:]}-{text[5:7]}" for text in out[swap].tolist()]
    guess = _hit(rng, row.size, care.first_of_january)
    out[guess] = [f"{text[:4]}-01-01" for text in out[guess].tolist()]
    out = _some(rng, out, care.wrong_digit, _wrong_digit(rng))
    out = np.where(_hit(rng, row.size, care.nonsense_date), pick(rng, ("approx 25", "1990", "31/02/1988", "00/00/0000"), row.size), out)
    missing = np.where(_hit(rng, row.size, care.unknown_word), pick(rng, UNKNOWN_WORDS, row.size), "")
    return np.where(_hit(rng, row.size, care.no_birth), missing, out).astype(object)


def _wrong_digit(rng: Rng) -> Change:
    """One digit of year or day off; always still a date."""

    def change(text: str) -> str:
        if rng.random() < 0.5:
            return f"{int(text[:4]) + int(rng.choice([-10, -1, 1])):04d}{text[4:8]}{min(int(text[8:]), 28):02d}"
        return text[:8] + f"{int(rng.integers(1, 29)):02d}"

    return change


def _postcodes(rng: Rng, people: People, row: Ints, when: Moments, care: Care) -> Strings:
    out = np.where(_hit(rng, row.size, care.old_postcode), people.postcode[row], people.postcode_on(row, when)).astype(object)
    out = _some(rng, out, 0.15, lambda code: code.replace(" ", ""))
    out = _some(rng, out, 0.03, str.lower)
    return np.where(_hit(rng, row.size, care.no_postcode), "", out).astype(object)
