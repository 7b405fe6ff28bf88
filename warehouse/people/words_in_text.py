"""The words of a text, how each is written, and which are never, or not always, part of a person's name."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from warehouse.people.cleaning import name_tokens


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


PLACE_WORDS = _words("""
street road lane avenue close drive way park school academy college gardens garden crescent court place square terrace grove hill row mews walk rise
green common field fields estate house hall centre center station bridge university hospital church mosque temple club pub inn arms hotel store stores
shop supermarket market precinct parade flats tower towers library gym primary secondary infant junior high grammar sixth town city village county
meadow meadows view farm lodge vale wharf croft cafe takeaway barbers garage surgery clinic nursery playground roundabout stadium arena restaurant
district north south east west constabulary police council prison hmp industrial recreation ground heath wood woods canal river bank
""")
PLACE_PREPOSITIONS = _words("""
on at near in around outside along off
""")
# Never part of a name, however they are written.
FUNCTION_WORDS = _words("""
an the and or but of to in on at by for with from near about over under is are was were be been being has have had do does did not no he she they it
his her their its who whom which that this these those there here when where while after before following between against into onto out off up down
would can could may might must should shall both either neither each other another some any all source sources information intelligence report reports
believed said seen known unknown male female males females person people subject suspect victim police officer youths youth group gang mother father
brother sister cousin uncle aunt friend girlfriend boyfriend partner ex mr mrs miss ms dr aged about approximately also further more requires none as
than then they if because since until monday tuesday wednesday thursday friday saturday sunday january february march july september october november
december christmas easter st saint operation op utd rovers albion wanderers athletic prince princess
""")
# Not names where they are written small, but surnames or forenames where they are written large.
ORDINARY_WORDS = _words("""
a will new old young black white asian silver blue red grey green brown gold dark light april may june august mark grant hope grace long short
""")
# Of these, what a small letter leaves a surname behind a forename: emily white, but not emily will.
COLOURS_AND_SIZES = _words("""
young black white silver grey green brown gold dark light short long
""")
# What stands before a thing, not before a person's name.
LEADS_TO_THING = _words("""
a an the his her their its silver blue red grey black white green gold dark light new old stolen
""")
# Surnames may begin with these.
PARTICLES = _words("""
bin ibn bint al el ul ur van von der den de da dos das del della di du la le mc mac ter ten
""")
# Who stands behind one of these is at work. In capitals, or written out further, the short ones are nobody's name.
SHORT_RANKS = _words("""
pc dc ds di dci dsu wpc pcso sgt insp supt oic sio cllr
""")
RANKS = SHORT_RANKS | _words("""
sergeant inspector constable detective superintendent officer councillor judge coroner teacher headteacher tutor lecturer worker mentor nurse
doctor dr paramedic caretaker senco dsl
""")
TITLES = _words("""
mr mrs ms miss
""")
# Clubs, brands, drinks, shops and other things with a person's name; of those that people are called too, see what leads to them.
THINGS = frozenset(
    """aston villa|west ham|west brom|man united|man utd|man city|jack daniels|jim beam|johnnie walker|stella artois|hugo boss|ralph lauren
tommy hilfiger|calvin klein|jack wills|harvey nichols|fred perry|henri lloyd|dr martens|paddy power|tim hortons|john deere|harley davidson
ronnie scotts|louis vuitton|ray ban|air max|nike air|michael kors|vivienne westwood|marks spencer|lloyds bank|tommy jeans""".replace(
        "\n", "|"
    ).split("|")
)
THINGS_ALSO_PEOPLE = frozenset(("john lewis", "paul smith", "ted baker", "ben sherman", "william hill", "lee cooper", "charles tyrwhitt"))
THING_LEADS = _words("""
a an at in from outside inside near wearing wore wears drinking drinks supports support like
""")
PARTS = re.compile(r"['’\-]")
POSSESSIVE = ("'s", "’s")
WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


class Word(NamedTuple):
    """A word of a text, as names are compared (its tokens, and these together as `name`), and how it is written."""

    start: int
    end: int
    tokens: tuple[str, ...]
    name: str
    shape: str
    gap: str


@cache
def _facts(word: str) -> tuple[tuple[str, ...], str, str]:
    is_large = word[0].isupper() or any(part[:1].isupper() for part in PARTS.split(word)[1:])
    shape = "upper" if word.removeprefix("Mac").removeprefix("Mc").isupper() and len(word) > 1 else "title" if is_large else "lower"
    tokens = name_tokens(word)
    return tokens, tokens[0] if len(tokens) == 1 else " ".join(tokens), shape


@lru_cache(maxsize=2)  # one text is asked about more than once in a row
def split_words(text: str) -> list[Word]:
    """The words of a text; `gap` is what stands between a word and the next. The 's of a possessive is no part of its word."""
    found = [match.span() for match in WORD.finditer(text)]
    found = [(start, end - 2 if end - start > 3 and text[end - 2 : end].lower() in POSSESSIVE else end) for start, end in found]
    nexts = [*(start for start, _ in found[1:]), len(text)]  # of a text without a word, such as a full stop, there is an end but no word
    return [Word(start, end, *_facts(text[start:end]), text[end:after]) for (start, end), after in zip(found, nexts, strict=False)]


def written_case(words: list[Word]) -> str:
    """`upper` or `lower` for a text written in one case throughout, else `mixed`."""
    shapes = {word.shape for word in words if len(word.name) > 1}
    return shapes.pop() if len(shapes) == 1 and shapes != {"title"} else "mixed"
