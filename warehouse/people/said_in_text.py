"""What a text says of somebody beside the name: age, birth, school, sex; right before it, right behind it, or of the he or she that comes next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

YOUNGEST = 5
AGE_IN_YEAR_1 = 6
SAID_WITHIN = 120
YEARS = r"(?:[- ]?years?[- ]olds?|[- ]?yrs?(?:[- ]old)?|[- ]?y/?o)\b"
YEAR_GROUP = r"\by(?:ea)?r?\.? ?(\d{1,2})\b"
AGE = re.compile(
    r"^[^\S\n]*[,;(\[]*[^\S\n]*(?:(?:male|female|m|f)\b[,/ ]*)?(?:(?:is|who is|was)\b)?\s*(?:believed to be|thought to be|said to be)?\s*"
    r"(?:aged?|about|around|approximately|approx\.?|a)?\s*(?:about|around)?\s*(?<![\d\n])(\d{1,2})(?!\d)(?![:/]|\.\d|[-–]\d)"
    rf"(?={YEARS}|\s*(?:years|[.,;)\]]|$))",
    re.IGNORECASE,
)
AGE_BEFORE = re.compile(rf"(?<!\d)(\d{{1,2}}){YEARS}[\s,]*(?:[a-z]+[\s,]+)?\Z", re.IGNORECASE)
IN_YEAR = re.compile(rf"^[\s,(\[]*(?:is |who is |was )?(?:an? )?(?:in )?{YEAR_GROUP}", re.IGNORECASE)
IN_YEAR_BEFORE = re.compile(rf"{YEAR_GROUP}\s*(?:pupils?|students?|boy|girl|male|female|child)?[\s,:]*\Z", re.IGNORECASE)
BORN = re.compile(
    r"^[\s,;(\[]*(?:is |was |who was )?(?:b\.?|born|d\.?o\.?b\.?|date of birth|yob)[\s:.]*(?:in |on |c\.? ?|circa )?"
    r"(?:\d{1,2}[/.\-]\d{1,2}[/.\-])?((?:19|20)\d\d)\b|^[\s,;(\[]*\d{1,2}[/.\-]\d{1,2}[/.\-]((?:19|20)\d\d)\b"
    r"|^\s*[(\[]((?:19|20)\d\d)[)\]]",
    re.IGNORECASE,
)
SCHOOL = re.compile(
    rf"^[\s,(]*(?:who\s+)?(?:(?:is|was)\s+)?(?:an?\s+)?(?:\d{{1,2}}{YEARS}\s*)?(?:{YEAR_GROUP}[\s,]*)?"
    r"(?:attends|goes to|at|of|from|(?:pupil|student)\s+(?:at|of|from|in))\s+"
    r"(?!(?:the\s+)?(?:same|an?|his|her|their|another|other|local|nearby|behind|outside|near)\b)"
    r"((?:[\w'’.&-]+\s+){1,5}?(?:school|academy|college)\b)",
    re.IGNORECASE,
)
SEX_WORDS = (
    r"(?:(?P<{0}m>mr|male|man|boy|lad|bloke|brother|son|father|uncle|nephew|husband|boyfriend)"
    r"|(?P<{0}f>mrs|miss|ms|female|woman|girl|lady|sister|daughter|mother|aunt|niece|wife|girlfriend))\b"
)
SEX_BEFORE = re.compile(
    rf"\b{SEX_WORDS.format('')}\.?[\s,:'\"‘“(]*(?:(?:who|is|was|only|also|locally|simply|known|as|called|named|aka|using|the|street|name|nick-?named?"
    r"|going|goes|by|they|call)\b[\s,:'\"‘“(]*)*\Z",
    re.IGNORECASE,
)
SEX_BEHIND = re.compile(
    rf"^[^\S\n]*[,(\[][^\S\n]*(?:an?\s)?(?:\d{{1,2}}{YEARS}[\s,]*)?(?:(?P<m>m)\b|(?P<f>f)\b|{SEX_WORDS.format('long_')})"
    rf"|^\s(?:is|was)\san?\s(?:\d{{1,2}}{YEARS}\s*)?{SEX_WORDS.format('said_')}",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
PRONOUN = re.compile(r"\W*(?:(he)|(she))\b", re.IGNORECASE)
HE, SHE = re.compile(r"\b(?:he|himself)\b", re.IGNORECASE), re.compile(r"\b(?:she|herself)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """Ages, years of birth, schools and sexes (M or F), as far as a text says them."""

    ages: tuple[int, ...] = ()
    births: tuple[int, ...] = ()
    schools: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()

    def __add__(self, other: Said) -> Said:
        """Both, each once."""
        pairs = ((self.ages, other.ages), (self.births, other.births), (self.schools, other.schools), (self.sexes, other.sexes))
        return Said(*(tuple(dict.fromkeys((*one, *more))) for one, more in pairs))


def school_name(written: str) -> str:
    """A school's name as schools are compared: lower case, no punctuation, no article."""
    return " ".join(re.sub(r"[^\w\s]", "", written.lower()).split()).removeprefix("the ")


def said_beside(text: str, start: int, end: int) -> Said:
    """What the words right before and right behind a name say."""
    before = text[max(start - SAID_WITHIN, 0) : start]
    led_by = SEX_BEFORE.search(before)
    told = _said_behind(text[end : end + SAID_WITHIN])
    ages = [int(found[1]) for found in (AGE_BEFORE.search(before),) if found]
    ages += [int(found[1]) + AGE_IN_YEAR_1 - 1 for found in (IN_YEAR_BEFORE.search(before),) if found]
    return told + Said(tuple(age for age in ages if age >= YOUNGEST), sexes=_sexes(led_by))


def _said_behind(after: str) -> Said:
    age, year, born, school = (sign.match(after) for sign in (AGE, IN_YEAR, BORN, SCHOOL))
    ages = [int(age[1])] if age else []
    ages += [int(year[1]) + AGE_IN_YEAR_1 - 1] if year else []
    births = next((int(one) for one in born.groups() if one), None) if born else None
    return Said(
        tuple(one for one in ages if one >= YOUNGEST),
        () if births is None else (births,),
        (school_name(school[school.lastindex or 0]),) if school else (),
        _sexes(SEX_BEHIND.match(after)),
    )


def _sexes(found: re.Match[str] | None) -> tuple[str, ...]:
    return () if found is None or found.lastgroup is None else ("M" if found.lastgroup.endswith("m") else "F",)


def said_of_pronouns(text: str, names: Sequence[tuple[int, int]]) -> Iterator[tuple[int, Said]]:
    """What sentences say of he or she: at their beginning whoever the last sentence with a name named first, else the only one who is named in it."""
    last = None
    for start, end in _sentences(text, names):
        sentence = text[start:end]
        here = [place for place, name in enumerate(names) if start <= name[0] < end]
        begins = PRONOUN.match(sentence)
        if begins and last is not None:
            yield last, _said_behind(sentence[begins.end() :]) + Said(sexes=("M" if begins[1] else "F",))
        elif len(here) == 1:
            sexes = [sex for sex, word in (("M", HE), ("F", SHE)) if word.search(sentence)]
            if len(sexes) == 1:
                yield here[0], Said(sexes=(sexes[0],))
        last = here[0] if here and not begins else last


def _sentences(text: str, names: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in SENTENCE.finditer(text):
        if not any(begins < stop.end() and stop.start() < end for begins, end in names):  # J. Smith
            yield start, stop.start()
            start = stop.end()
    yield start, len(text)
