"""Districts, postcodes, schools and the places that reports speak of. None of them exists."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from synth.chance import Ints, Rng, Strings, pick, strings

DISTRICTS = ("E07000218", "E07000219", "E07000220", "E07000221", "E07000222")
DISTRICT_SHARES = (0.11, 0.26, 0.22, 0.20, 0.21)
POSTCODE_AREA = "ZC"  # passes any format check, belongs to no place
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
PEOPLE_PER_SECONDARY = 7000
SCHOOL_FIRST = (
    "Arden",
    "Hollybrook",
    "Queensmead",
    "Larkfield",
    "St Wulstan's",
    "Millrace",
    "Thornhill",
    "Copsewood",
    "Bishop Latimer",
    "Fosse Way",
    "Highcross",
    "Abbotsleigh",
    "Brindley",
    "Kingsbrook",
    "Meadowbank",
    "Oldfield",
    "Ryefield",
    "Saltersford",
    "Waverton",
    "Priory Grange",
)
SCHOOL_LAST = ("Academy", "School", "High School", "Community School", "College")
STREETS = (
    "Tannery Row",
    "Cobden Street",
    "Larch Avenue",
    "Foundry Lane",
    "Manor Rise",
    "Bell Walk",
    "Windmill Close",
    "Sorrel Drive",
    "Ropewalk",
    "Gasworks Lane",
    "Jubilee Crescent",
    "Orchard Way",
    "Plover Road",
    "Station Approach",
    "Chandler's Court",
    "Weavers Hill",
    "Attleford Road",
    "Marl Pit Lane",
)
HAUNTS = (
    "the skate park",
    "the bandstand",
    "the underpass",
    "the retail park",
    "the multi-storey",
    "the bus interchange",
    "the canal towpath",
    "the leisure centre",
    "the chicken shop",
    "the car wash",
    "the precinct",
    "the rec",
    "the snooker hall",
    "the garages behind the flats",
    "the petrol station",
    "the market square",
)
SITES = ("Snapchat", "Instagram", "TikTok", "WhatsApp", "Facebook", "a group chat", "a gaming server")


@dataclass(frozen=True)
class Schools:
    """Secondary schools, one row each: register number, name, district (position in DISTRICTS)."""

    urn: Strings
    name: Strings
    district: Ints


def make_schools(people: int) -> Schools:
    """One secondary school for about every 7,000 people, and at least one in each district."""
    count = max(len(DISTRICTS), round(people / PEOPLE_PER_SECONDARY))
    number = np.arange(count)
    first, last = (
        strings(SCHOOL_FIRST)[number % len(SCHOOL_FIRST)],
        strings(SCHOOL_LAST)[(number * 3 + number // len(SCHOOL_FIRST)) % len(SCHOOL_LAST)],
    )
    return Schools(strings([str(990101 + 7 * n) for n in number]), first + " " + last, number % len(DISTRICTS))


def postcodes(rng: Rng, district: Ints) -> Strings:
    """A postcode for each household of the given districts: eight outward codes a district."""
    outward = district * 8 + rng.integers(1, 9, district.size)
    letters = list(INWARD_LETTERS)
    inward = (
        rng.integers(0, 10, district.size).astype(str).astype(object)
        + pick(rng, letters[:9], district.size)
        + pick(rng, letters, district.size)
    )
    return np.asarray(POSTCODE_AREA + outward.astype(str).astype(object) + " " + inward, dtype=object)
