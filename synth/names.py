"""Who is called what: forenames and surnames by community, with each community's way of naming."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from faker.providers.person.en_IE import Provider as Irish
from faker.providers.person.en_IN import Provider as Indian
from faker.providers.person.pl_PL import Provider as Polish
from faker.providers.person.ro_RO import Provider as Romanian
from faker.providers.person.yo_NG import Provider as Yoruba

from synth.chance import Bools, Ints, Rng, Strings, falling, pick

COMMUNITIES = ("british", "irish", "polish", "romanian", "muslim", "sikh", "hindu", "west_african", "somali", "eritrean", "caribbean")
COMMUNITY_SHARES = (0.745, 0.028, 0.034, 0.018, 0.068, 0.030, 0.018, 0.019, 0.008, 0.004, 0.028)
ETHNICITIES: dict[str, tuple[tuple[str, ...], tuple[float, ...]]] = {
    "british": (("W1", "W9", "M9", "NS"), (0.93, 0.02, 0.02, 0.03)),
    "irish": (("W2", "W1", "W3"), (0.6, 0.2, 0.2)),
    "polish": (("W9", "NS"), (0.96, 0.04)),
    "romanian": (("W9", "O9", "NS"), (0.88, 0.08, 0.04)),
    "muslim": (("A2", "A3", "A9", "NS"), (0.66, 0.22, 0.08, 0.04)),
    "sikh": (("A1", "A9"), (0.95, 0.05)),
    "hindu": (("A1", "A9"), (0.93, 0.07)),
    "west_african": (("B2", "B9"), (0.92, 0.08)),
    "somali": (("B2", "O9"), (0.93, 0.07)),
    "eritrean": (("B2", "O9"), (0.9, 0.1)),
    "caribbean": (("B1", "M1", "B9"), (0.62, 0.28, 0.10)),
}
OLD, MID, NEW = 0, 1, 2  # born before 1965, 1965 to 1989, later


@dataclass(frozen=True)
class Pools:
    """Forenames of one community by sex and generation, and its surnames."""

    men: tuple[Sequence[str], Sequence[str], Sequence[str]]
    women: tuple[Sequence[str], Sequence[str], Sequence[str]]
    surnames: Sequence[str]


def _one(men: Sequence[str], women: Sequence[str], surnames: Sequence[str]) -> Pools:
    return Pools((men, men, men), (women, women, women), surnames)


@cache
def name_lists() -> dict[str, list[str]]:
    """The lists of names.toml."""
    read = tomllib.loads((files("synth") / "names.toml").read_text(encoding="utf-8"))
    return {name: names.split() for name, names in read.items() if isinstance(names, str)}


@cache
def short_forms() -> dict[str, tuple[str, ...]]:
    """What people of a forename are also called."""
    read = tomllib.loads((files("synth") / "names.toml").read_text(encoding="utf-8"))
    return {name: tuple(forms.split()) for name, forms in read["nicknames"].items()}


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """For a name, the other spellings of it."""
    read = tomllib.loads((files("synth") / "names.toml").read_text(encoding="utf-8"))
    groups = [group.split() for group in read["variants"]]
    return {name: tuple(other for other in group if other != name) for group in groups for name in group}


def british_surnames() -> list[str]:
    """The common ones, then a long tail of rarer names made of places."""
    lists = name_lists()
    made = [root + end for end in lists["place_ends"] for root in lists["place_roots"]]
    return list(dict.fromkeys([*lists["british_surnames"], *made]))


@cache
def pools() -> dict[str, Pools]:
    """The pools of every community, the commonest names first."""
    lists = name_lists()
    polish_women = [n for n in Polish.first_names_female if n.isalpha()]
    return {
        "british": Pools(
            (lists["men_old"], lists["men_mid"], lists["men_new"]),
            (lists["women_old"], lists["women_mid"], lists["women_new"]),
            british_surnames(),
        ),
        "irish": Pools(
            (lists["irish_men"],) * 2 + (lists["irish_men"] + lists["men_new"][:25],),
            (lists["irish_women"],) * 2 + (lists["irish_women"] + lists["women_new"][:25],),
            lists["irish_surnames"] + [n for n in Irish.last_names[:400:9] if n.isascii()],
        ),
        "polish": _one(
            list(Polish.first_names_male), polish_women, list(Polish.male_last_names[:90]) + list(Polish.unisex_last_names[:60])
        ),
        "romanian": _one(list(Romanian.first_names_male[::4]), list(Romanian.first_names_female[::5]), list(Romanian.last_names)),
        "muslim": _one(lists["muslim_men"], lists["muslim_women"], lists["muslim_surnames"]),
        "sikh": _one(lists["sikh_forenames"], lists["sikh_forenames"], lists["sikh_surnames"]),
        "hindu": _one(list(Indian.first_names_male[:70]), list(Indian.first_names_female[:70]), lists["hindu_surnames"]),
        "west_african": _one(
            lists["west_african_men"] + list(Yoruba.first_names_male[:20]),
            lists["west_african_women"] + list(Yoruba.first_names_female[:20]),
            lists["west_african_surnames"],
        ),
        "somali": _one(lists["somali_men"], lists["somali_women"], lists["somali_men"]),
        "eritrean": _one(lists["eritrean_men"], lists["eritrean_women"], lists["eritrean_men"]),
        "caribbean": Pools(
            (lists["caribbean_men"],) * 2 + (lists["caribbean_men"] + lists["men_new"][:20],),
            (lists["caribbean_women"],) * 2 + (lists["caribbean_women"] + lists["women_new"][:20],),
            lists["caribbean_surnames"],
        ),
    }


def by_community(community: Ints, draw: Callable[[str, Ints], Strings]) -> Strings:
    """Fills one array by asking for each community's rows in turn."""
    out = np.full(community.size, "", dtype=object)
    for number, name in enumerate(COMMUNITIES):
        rows = np.flatnonzero(community == number)
        if rows.size:
            out[rows] = draw(name, rows)
    return out


def forenames(rng: Rng, community: Ints, is_male: Bools, generation: Ints) -> Strings:
    """A forename for each person by community, sex and generation."""

    def draw(name: str, rows: Ints) -> Strings:
        out = np.full(rows.size, "", dtype=object)
        for male, by_age in ((True, pools()[name].men), (False, pools()[name].women)):
            for age, pool in enumerate(by_age):
                here = np.flatnonzero((is_male[rows] == male) & (generation[rows] == age))
                out[here] = pick(rng, pool, here.size, falling(len(pool)))
        return out

    return by_community(community, draw)


def surnames(rng: Rng, community: Ints) -> Strings:
    """A surname for each household or person by community, as a man would bear it."""
    return by_community(
        community, lambda name, rows: pick(rng, pools()[name].surnames, rows.size, falling(len(pools()[name].surnames), 0.5))
    )


def ethnicities(rng: Rng, community: Ints) -> Strings:
    """A self-defined 16+1 code for each person."""
    return by_community(community, lambda name, rows: pick(rng, ETHNICITIES[name][0], rows.size, ETHNICITIES[name][1]))


def as_a_woman_bears_it(surname: str) -> str:
    """Polish surnames in -ski, -cki and -dzki end in -a for a woman."""
    return surname[:-1] + "a" if surname.endswith(("ski", "cki", "dzki")) else surname


def middle_names(rng: Rng, community: Ints, is_male: Bools, generation: Ints) -> Strings:
    """A middle name for about two in five; Singh or Kaur for nearly every Sikh; Mohammed or a woman's last name in Muslim families."""
    other = forenames(rng, community, is_male, generation)
    out = np.where(rng.random(community.size) < 0.4, other, "").astype(object)
    sikh, muslim = community == COMMUNITIES.index("sikh"), community == COMMUNITIES.index("muslim")
    out[sikh] = np.where(rng.random(sikh.sum()) < 0.9, np.where(is_male[sikh], "Singh", "Kaur"), "")
    out[muslim] = ""
    return out


def street_names(rng: Rng, size: int, share: float) -> Strings:
    """A street name for a share of people."""
    return np.where(rng.random(size) < share, pick(rng, name_lists()["street_names"], size), "").astype(object)


def nicknames(forename: str) -> tuple[str, ...]:
    """What people called `forename` are also called."""
    return short_forms().get(forename, ())
