"""How people are written down: what each agency notes of a person, with the mistakes that it makes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from synth import names
from synth.chance import Bools, Ints, Moments, Rng, Strings, pick, strings
from synth.people import People
from synth.recording import NOBODY
from synth.slips import alike, each, half, hit, nickname, respelt, some, typo, without_accents, wrong_digit

UNKNOWN_WORDS = ("UNKNOWN", "UNK", "N/K", "NOT KNOWN", "NULL")
COPIED = ("surname", "forenames", "date_of_birth", "sex")


@dataclass(frozen=True)
class Care:
    """How carefully one agency notes people: the share of rows with each fault."""

    nominal: float = 0.62  # has a nominal number at all
    copied: float = 0.55  # of those, details copied from what is on file under that number
    wrong_nominal: float = 0.012  # someone else's
    second_nominal: float = 0.12  # the number of a duplicate record of the same person
    typo: float = 0.05
    alike: float = 0.03  # written as it sounds
    respelt: float = 0.12  # another spelling of the same name, of those that have several
    called: float = 0.35  # Mohammed left out, of those called by their second name; Singh or Kaur for the family name, of a third as many
    nickname: float = 0.08
    swapped_names: float = 0.012
    middle: float = 0.35  # forenames with the middle name
    half_double: float = 0.3  # half of a double surname
    capitals: float = 0.35  # surname in capitals
    all_capitals: float = 0.10
    lower: float = 0.015
    spaces: float = 0.012
    plain_letters: float = 0.7  # accents lost
    alias: float = 0.5  # the street name noted, of those who have one
    no_forename: float = 0.012
    no_birth: float = 0.12
    unknown_word: float = 0.25  # of what is missing, written as a word
    swapped_date: float = 0.02
    wrong_digit: float = 0.025
    first_of_january: float = 0.01
    nonsense_date: float = 0.003
    no_sex: float = 0.012
    wrong_sex: float = 0.004
    no_postcode: float = 0.3
    old_postcode: float = 0.1
    ethnicity: float = 0.7


POLICE = Care()
INTELLIGENCE = Care(
    nominal=0.42,
    copied=0.45,
    typo=0.06,
    alike=0.04,
    nickname=0.14,
    middle=0.15,
    no_birth=0.35,
    no_postcode=0.55,
    alias=0.75,
    no_forename=0.02,
)
SCHOOL = Care(
    copied=0.0,
    typo=0.025,
    alike=0.01,
    nickname=0.03,
    swapped_names=0.004,
    middle=0.05,
    called=0.15,
    respelt=0.02,
    half_double=0.12,
    capitals=0.1,
    all_capitals=0.03,
    plain_letters=0.5,
    no_forename=0.0,
    no_birth=0.0,
    swapped_date=0.008,
    wrong_digit=0.01,
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
        "alias": np.where((people.alias[row] != "") & hit(rng, size, care.alias), people.alias[row], ""),
        "date_of_birth": _births(rng, people, row, care),
        "sex": np.where(
            hit(rng, size, care.no_sex),
            "U",
            np.where(hit(rng, size, care.wrong_sex), np.where(people.sex[row] == "M", "F", "M"), people.sex[row]),
        ),
        "ethnicity": np.where(hit(rng, size, care.ethnicity), people.ethnicity[row], ""),
        "postcode": _postcodes(rng, people, row, when, care),
    }
    source = _copied_from(rng, nominal, is_right, care)
    for column in COPIED:
        frame[column] = frame[column][source]
    word = pick(rng, ("UNKNOWN", "", "UNKNOWN MALE", "N/K"), size)
    for column, value in frame.items():
        blank = word if column in ("surname", "forenames") else np.where(hit(rng, size, 0.5), "U", "") if column == "sex" else ""
        frame[column] = np.where(person == NOBODY, blank, value).astype(object)
    return pl.DataFrame({name: pl.Series(name, values.tolist(), dtype=pl.String) for name, values in frame.items()})


def _copied_from(rng: Rng, nominal: Strings, is_right: Bools, care: Care) -> Ints:
    """For each row the row that its details come from: itself, or the first row with the same nominal number, mistakes and all."""
    rows = np.flatnonzero(is_right)
    _, first, group = np.unique(nominal[rows].astype(str), return_index=True, return_inverse=True)
    source = np.arange(nominal.size)
    copies = hit(rng, rows.size, care.copied)
    source[rows] = np.where(copies, rows[first[group]], rows) if rows.size else rows
    return source


def _nominal(rng: Rng, people: People, row: Ints, care: Care) -> tuple[Strings, Bools]:
    """The force's own number: most have one, some have two, a few rows bear another person's. Also which rows bear one that is right."""
    wrong = hit(rng, row.size, care.wrong_nominal)
    number = np.where(wrong, rng.integers(0, people.count, row.size), row)
    has = hit(rng, row.size, care.nominal)
    second = hit(rng, row.size, care.second_nominal)
    reference = (number * 2_654_435 + 97_001) % 9_999_991 * 10 + np.where(second, 1 + number % 3, 0)
    written = strings([f"N{value:08d}" for value in reference.tolist()])
    return np.where(has, written, "").astype(object), has & ~wrong


def _names(rng: Rng, people: People, row: Ints, when: Moments, care: Care) -> tuple[Strings, Strings]:
    size = row.size
    first, last, middle = people.forename[row].copy(), people.surname_on(row, when), people.middle[row]
    first, last = _as_called(rng, first, middle, last, care)
    first, last = some(rng, first, care.respelt, respelt(rng)), some(rng, last, care.respelt, respelt(rng))
    first = some(rng, first, care.nickname, nickname(rng))
    last = some(rng, last, care.half_double, half(rng), where=np.char.count(last.astype(str), "-") > 0)
    for share, change in ((care.typo, typo(rng)), (care.alike, alike(rng))):
        first, last = some(rng, first, share * 0.7, change), some(rng, last, share, change)
    spare = (middle != "") & (middle != first) & (middle != last)
    first = np.where(spare & hit(rng, size, care.middle), first + " " + middle, first).astype(object)
    swap = hit(rng, size, care.swapped_names)
    first, last = np.where(swap, last, first).astype(object), np.where(swap, first, last).astype(object)
    plain = hit(rng, size, care.plain_letters)
    first, last = (np.where(plain, each(column, without_accents), column).astype(object) for column in (first, last))
    shout, caps, small = hit(rng, size, care.all_capitals), hit(rng, size, care.capitals), hit(rng, size, care.lower)
    last = np.where(shout | caps, each(last, str.upper), np.where(small, each(last, str.lower), last)).astype(object)
    first = np.where(shout, each(first, str.upper), np.where(small, each(first, str.lower), first)).astype(object)
    first = np.where(hit(rng, size, care.spaces), first + "  ", first).astype(object)
    last = np.where(hit(rng, size, care.spaces), " " + last, last).astype(object)
    missing = np.where(hit(rng, size, 0.5), "", pick(rng, UNKNOWN_WORDS, size))
    return np.where(hit(rng, size, care.no_forename), missing, first).astype(object), last


def _as_called(rng: Rng, first: Strings, middle: Strings, last: Strings, care: Care) -> tuple[Strings, Strings]:
    """Mohammed Imran Khan is called Imran Khan; Gurpreet Kaur Gill is written down as Gurpreet Kaur."""
    second = np.isin(first.astype(str), names.name_lists()["mohammed"]) & (middle != "") & hit(rng, first.size, care.called)
    religious = np.isin(middle.astype(str), ["Singh", "Kaur"]) & hit(rng, first.size, care.called / 3)
    return np.where(second, middle, first).astype(object), np.where(religious, middle, last).astype(object)


def _births(rng: Rng, people: People, row: Ints, care: Care) -> Strings:
    """ISO dates: day and month swapped, a digit wrong, 1 January for a guess, or missing."""
    out = people.born[row].astype("datetime64[D]").astype(str).astype(object)
    day = np.array([int(text[8:]) for text in out.tolist()] or [0])[: row.size]
    swap = hit(rng, row.size, care.swapped_date) & (day <= 12)
    out[swap] = [f"{text[:4]}-{text[8:]}-{text[5:7]}" for text in out[swap].tolist()]
    guess = hit(rng, row.size, care.first_of_january)
    out[guess] = [f"{text[:4]}-01-01" for text in out[guess].tolist()]
    out = some(rng, out, care.wrong_digit, wrong_digit(rng))
    out = np.where(hit(rng, row.size, care.nonsense_date), pick(rng, ("approx 25", "1990", "31/02/1988", "00/00/0000"), row.size), out)
    missing = np.where(hit(rng, row.size, care.unknown_word), pick(rng, UNKNOWN_WORDS, row.size), "")
    return np.where(hit(rng, row.size, care.no_birth), missing, out).astype(object)


def _postcodes(rng: Rng, people: People, row: Ints, when: Moments, care: Care) -> Strings:
    out = np.where(hit(rng, row.size, care.old_postcode), people.postcode[row], people.postcode_on(row, when)).astype(object)
    out = some(rng, out, 0.15, lambda code: code.replace(" ", ""))
    out = some(rng, out, 0.03, str.lower)
    return np.where(hit(rng, row.size, care.no_postcode), "", out).astype(object)
