"""A million records of invented people, with the dirt of police recording; made the same from the same seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from synth.chance import Ints, Rng, Strings, falling, pick_index, stream
from synth.errors import POLICE, observe
from synth.people import People, make_people
from synth.period import Period
from synth.places import DISTRICTS

RECORDS = 1_000_000
RECORDS_A_PERSON = 2.5
PERIOD = Period(date(2026, 9, 27), 4)
# A county's few hundred surnames are too few for so many people: half of all families have one out of a long tail.
TAIL = 20_000
IN_TAIL = 0.5
SYLLABLES = ("bar", "bel", "cor", "den", "fen", "gar", "hul", "kel", "lin", "mar", "nor", "pel", "ros", "sel", "tor", "wen")
ENDINGS = ("by", "croft", "den", "field", "gate", "ham", "ley", "man", "more", "ridge", "shaw", "son", "stone", "ton", "well", "wick")


def million_records(seed: int = 1, count: int = RECORDS) -> pl.DataFrame:
    """record_id, true_person, and the columns of an incident's party with the incident and its district (context_id, district)."""
    people = _with_rarer_surnames(make_people(seed, round(count / RECORDS_A_PERSON), PERIOD), stream(seed, "surnames"))
    rng = stream(seed, "records")
    person = _who(rng, people, count)
    days = np.datetime64(PERIOD.start, "D") + rng.integers(0, (PERIOD.end - PERIOD.start).days, count).astype("timedelta64[D]")
    noted = observe(rng, people, person, days, POLICE).drop("ethnicity")
    incident = _incidents(person)
    place = people.district[person[np.searchsorted(incident, incident)]]  # where the first of its parties lives
    return noted.select(pl.all().replace("", None)).with_columns(
        pl.format("I{}/{}", pl.Series(incident), pl.int_range(1, pl.len() + 1).over(pl.Series(incident))).alias("record_id"),
        pl.Series("true_person", person).cast(pl.String),
        pl.format("I{}", pl.Series(incident)).alias("context_id"),
        pl.Series("district", np.array(DISTRICTS)[place].tolist()),
        pl.lit("INVOLVED").alias("role"),
        pl.Series("known_from", days).cast(pl.Datetime("us")),
    )


def _with_rarer_surnames(people: People, rng: Rng) -> People:
    rank = pick_index(rng, TAIL, int(people.household.max()) + 1, falling(TAIL))[people.household]
    moved = (rng.random(int(people.household.max()) + 1) < IN_TAIL)[people.household]
    rare = np.array([_rare_surname(number) for number in range(TAIL)], dtype=object)[rank]
    keeps = people.later_surname == people.surname
    surname: Strings = np.where(moved, rare, people.surname)
    return replace(people, surname=surname, later_surname=np.where(keeps, surname, people.later_surname))


def _rare_surname(number: int) -> str:
    a, b = divmod(number % (len(SYLLABLES) ** 2), len(SYLLABLES))
    end = number // len(SYLLABLES) ** 2
    between = SYLLABLES[end // len(ENDINGS) - 1] if end >= len(ENDINGS) else ""
    return (SYLLABLES[a] + SYLLABLES[b] + between + ENDINGS[end % len(ENDINGS)]).capitalize()


def _who(rng: Rng, people: People, count: int) -> Ints:
    """The person of each record: most people have one or two, a few have dozens; each two records of an incident are of two people."""
    often = rng.lognormal(0.0, 1.0, people.count)
    return pick_index(rng, people.count, count, often)


def _incidents(person: Ints) -> Ints:
    """An incident for each two records that follow each other, and one more where both would be one person."""
    pair = np.arange(person.size) // 2
    same = np.append(person[1:] == person[:-1], False) & (np.arange(person.size) % 2 == 0)
    starts = np.append(True, pair[1:] != pair[:-1]) | np.append(False, same[:-1])
    incident: Ints = np.cumsum(starts) - 1
    return incident
