"""The people of a county."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from stdnum.gb import upn as pupil_number

from synth import families, names
from synth.chance import Bools, Floats, Ints, Moments, Rng, Strings, pick, pick_index, stream, strings
from synth.period import Period
from synth.places import DISTRICT_SHARES, DISTRICTS, Schools, make_schools, postcodes

LOCAL_AUTHORITY = "937"
EXCLUDABLE_SCHOOL_AGES = (4.5, 17.0)
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class People:
    """One row per person, by position; `surname` holds until `renamed_on`, `postcode` until `moved_on`."""

    sex: Strings
    born: Moments
    forename: Strings
    middle: Strings
    surname: Strings
    later_surname: Strings
    renamed_on: Moments
    alias: Strings
    community: Ints
    ethnicity: Strings
    district: Ints
    household: Ints
    place: Ints
    is_child: Bools
    is_twin: Bools
    postcode: Strings
    later_postcode: Strings
    moved_on: Moments
    upn: Strings
    school: Ints  # position in `schools`, -1 for none
    volatility: Floats  # how readily this person gets into a fight; nothing to do with community
    light_fingers: Floats  # how readily this person steals
    is_staff: Bools  # works where staff get hurt: shops, hospitals, police
    schools: Schools

    @property
    def count(self) -> int:
        """How many people."""
        return self.sex.size

    def age_on(self, day: np.datetime64 | Moments, rows: Ints | slice = slice(None)) -> Floats:
        """Age in years."""
        return np.asarray((day - self.born[rows]).astype("timedelta64[D]").astype(float) / DAYS_A_YEAR)

    def surname_on(self, rows: Ints, day: Moments) -> Strings:
        """The surname borne on that day."""
        return np.where(day >= self.renamed_on[rows], self.later_surname[rows], self.surname[rows]).astype(object)

    def postcode_on(self, rows: Ints, day: Moments) -> Strings:
        """The postcode lived at on that day."""
        return np.where(day >= self.moved_on[rows], self.later_postcode[rows], self.postcode[rows]).astype(object)


def person_ids(rows: Ints) -> Strings:
    """The truth's identifiers of people."""
    return strings([f"T{row:07d}" for row in rows.tolist()])


def make_people(seed: int, count: int, period: Period) -> People:
    """The people of a county, their families, homes and schools."""
    rng = stream(seed, "people")
    made_on = np.datetime64(period.end, "D")
    homes = families.make_households(rng, count)
    houses = int(homes.household.max()) + 1
    community = pick_index(rng, len(names.COMMUNITIES), houses, names.COMMUNITY_SHARES)[homes.household]
    mixed = (homes.place == 1) & (rng.random(count) < 0.07)
    community = np.where(mixed, pick_index(rng, len(names.COMMUNITIES), count, names.COMMUNITY_SHARES), community)
    district = pick_index(rng, len(DISTRICTS), houses, DISTRICT_SHARES)
    is_male = np.where((homes.place == 0) & ~homes.is_child, rng.random(count) < 0.62, rng.random(count) < 0.5)
    partner = (homes.place == 1) & ~homes.is_child & (homes.kind != families.SHARED)
    is_male = np.where(partner & (rng.random(count) < 0.95), ~np.roll(is_male, 1), is_male)
    born = families.birth_dates(homes, made_on)
    forename, middle, surname = _names(rng, homes, community, is_male, born)
    home = postcodes(rng, district)
    schools = make_schools(count)
    is_pupil = _ever_a_pupil(born, period)
    volatility = _volatility(rng, is_male, (made_on - born).astype(float) / DAYS_A_YEAR)
    later_surname, renamed_on = _renamed(rng, surname, is_male, homes, period)
    later_postcode, moved_on = _moved(rng, home[homes.household], district[homes.household], period)
    return People(
        sex=np.where(is_male, "M", "F").astype(object),
        born=born,
        forename=forename,
        middle=middle,
        surname=surname,
        later_surname=later_surname,
        renamed_on=renamed_on,
        alias=names.street_names(rng, count, 0.07),
        community=community,
        ethnicity=names.ethnicities(rng, community),
        district=district[homes.household],
        household=homes.household,
        place=homes.place,
        is_child=homes.is_child,
        is_twin=homes.is_twin,
        postcode=home[homes.household],
        later_postcode=later_postcode,
        moved_on=moved_on,
        upn=_pupil_numbers(rng, is_pupil, born),
        school=_schools_of(rng, is_pupil, district[homes.household], schools),
        volatility=volatility,
        light_fingers=np.where(rng.random(count) < 0.015, rng.lognormal(1.5, 1.0, count), 0.02) * (homes.age > 12),
        is_staff=(homes.age > 21) & (homes.age < 62) & (rng.random(count) < 0.03),
        schools=schools,
    )


def _names(rng: Rng, homes: families.Households, community: Ints, is_male: Bools, born: Moments) -> tuple[Strings, Strings, Strings]:
    """Forename, middle name and surname of everyone."""
    generation = np.digitize(born.astype("datetime64[Y]").astype(int) + 1970, [1965, 1990])
    forename = names.forenames(rng, community, is_male, generation)
    forename = families.name_after_father(rng, homes, is_male, forename)
    forename = _twins_differ(rng, homes.is_twin, forename, is_male=is_male, community=community, generation=generation)
    surname = families.family_names(rng, homes, community, is_male, forename)
    return *_full_forenames(rng, community, is_male, generation, forename), surname


def _twins_differ(rng: Rng, is_twin: Bools, forename: Strings, *, is_male: Bools, community: Ints, generation: Ints) -> Strings:
    """A twin is never given the other's forename, but often one with the same initial."""
    for row in np.flatnonzero(is_twin):
        pool = names.pools()[names.COMMUNITIES[community[row]]]
        choice = [n for n in (pool.men if is_male[row] else pool.women)[generation[row]] if n != forename[row - 1]]
        alike = [n for n in choice if n[0] == forename[row - 1][0]]
        chosen = alike if alike and rng.random() < 0.35 else choice
        forename[row] = chosen[int(rng.integers(len(chosen)))]
    return forename


def _full_forenames(rng: Rng, community: Ints, is_male: Bools, generation: Ints, forename: Strings) -> tuple[Strings, Strings]:
    """Many Muslim men are registered as Mohammed first, and called by the second name, which then stands as the middle one."""
    middle = names.middle_names(rng, community, is_male, generation)
    middle = np.where(middle == forename, "", middle).astype(object)
    rows = np.flatnonzero(
        np.isin(community, [names.COMMUNITIES.index("muslim"), names.COMMUNITIES.index("somali")])
        & is_male
        & (rng.random(forename.size) < 0.33)
    )
    middle[rows] = forename[rows]
    forename = forename.copy()
    forename[rows] = pick(rng, names.name_lists()["mohammed"], rows.size)
    return forename, np.where(middle == forename, "", middle).astype(object)


def _volatility(rng: Rng, is_male: Bools, age: Floats) -> Floats:
    """Peaks at about eighteen; a few have most of it; men have three times as much as women."""
    by_age = np.exp(-(((age - 19.0) / np.where(age < 19, 4.5, 13.0)) ** 2) / 2) + 0.06 * (age > 15)
    return np.asarray(rng.lognormal(0.0, 1.0, age.size) * by_age * np.where(is_male, 1.0, 0.34) * (age > 11))


def _ever_a_pupil(born: Moments, period: Period) -> Bools:
    first, last = np.datetime64(period.first, "D"), np.datetime64(period.last, "D")
    youngest, oldest = EXCLUDABLE_SCHOOL_AGES
    return np.asarray(((last - born).astype(float) / DAYS_A_YEAR > youngest) & ((first - born).astype(float) / DAYS_A_YEAR < oldest))


def _schools_of(rng: Rng, is_pupil: Bools, district: Ints, schools: Schools) -> Ints:
    """A school in the home district for most, anywhere in the county for the others."""
    out = np.full(district.size, -1, dtype=np.int64)
    for number in range(len(DISTRICTS)):
        rows = np.flatnonzero(is_pupil & (district == number))
        near = np.flatnonzero(schools.district == number)
        out[rows] = near[rng.integers(0, near.size, rows.size)]
    far = np.flatnonzero(is_pupil & (rng.random(district.size) < 0.08))
    out[far] = rng.integers(0, schools.urn.size, far.size)
    return out


def _pupil_numbers(rng: Rng, is_pupil: Bools, born: Moments) -> Strings:
    """Unique pupil numbers with their check letter: authority, first school, year of birth plus four, serial."""
    out = np.full(is_pupil.size, "", dtype=object)
    rows = np.flatnonzero(is_pupil)
    order = rng.permutation(rows.size)
    for serial, row in zip(order.tolist(), rows.tolist(), strict=True):
        year = (int(born[row].astype("datetime64[Y]").astype(int)) + 1974) % 100
        out[row] = pupil_number_for(serial, year)
    return out


def pupil_number_for(serial: int, year: int, schools_from: int = 2000) -> str:
    """A valid unique pupil number: check letter, authority, school, year and serial."""
    digits = f"{LOCAL_AUTHORITY}{schools_from + serial // 999 % 2000:04d}{year:02d}{serial % 999 + 1:03d}"
    return str(pupil_number.calc_check_digit(digits)) + digits


def _renamed(rng: Rng, surname: Strings, is_male: Bools, homes: families.Households, period: Period) -> tuple[Strings, Moments]:
    """Some women take another surname, some children the step-parent's."""
    chance = np.where(~is_male & (homes.age > 20) & (homes.age < 50), 0.05, np.where(homes.is_child, 0.02, 0.003))
    renamed = rng.random(surname.size) < chance
    other = surname[rng.permutation(surname.size)]
    day = np.datetime64(period.first, "D") + rng.integers(0, period.days, surname.size).astype("timedelta64[D]")
    return np.where(renamed, other, surname).astype(object), np.where(renamed, day, _never(period)).astype("datetime64[D]")


def _moved(rng: Rng, home: Strings, district: Ints, period: Period) -> tuple[Strings, Moments]:
    """One in eight a year moves within the county; of several moves only one is kept."""
    moved = rng.random(home.size) < 1 - np.exp(-0.12 * period.simulated_years)
    day = np.datetime64(period.first, "D") + rng.integers(0, period.days, home.size).astype("timedelta64[D]")
    return np.where(moved, postcodes(rng, district), home).astype(object), np.where(moved, day, _never(period)).astype("datetime64[D]")


def _never(period: Period) -> np.datetime64:
    """A day that the simulation does not reach."""
    return np.datetime64(period.last, "D") + np.timedelta64(36500, "D")


def people_truth(people: People) -> pl.DataFrame:
    """The truth's table of people."""
    rows = np.arange(people.count)
    renamed = people.later_surname != people.surname
    return pl.DataFrame(
        {
            "person": person_ids(rows),
            "sex": people.sex,
            "born": people.born,
            "forename": people.forename,
            "middle": people.middle,
            "surname": people.surname,
            "later_surname": np.where(renamed, people.later_surname, ""),
            "alias": people.alias,
            "community": [names.COMMUNITIES[c] for c in people.community.tolist()],
            "ethnicity": people.ethnicity,
            "district": people.district,
            "household": people.household,
            "upn": people.upn,
            "staff": people.is_staff,
        }
    )
