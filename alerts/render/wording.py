"""The list's words: chances, dates, kinds of event, roles, grades. One place, so that the same thing is always called the same."""

from collections.abc import Iterable

from alerts.english import counted
from alerts.render.content import TrackBand

LEAST_ENTRIES = 30  # fewer settled entries of a band tell nothing
ODDS = [(19, 20), (9, 10), (4, 5), (3, 4), (2, 3), (3, 5), (1, 2), (2, 5), *[(1, n) for n in (3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50)],
        *[(1, n) for n in (60, 80, 100, 150, 200, 300, 500, 1000)]]  # fmt: skip

# A kind of event: its letter in the drawing, and its words; the gravest first. A letter stands for the same thing on every page.
KINDS = {
    "serious_assault": ("S", "Serious assault"),
    "assault": ("A", "Assault"),
    "reported_assault": ("A", "Assault or fight"),
    "school_assault": ("A", "Both suspended for assault"),
    "robbery": ("R", "Robbery"),
    "reported_weapon": ("W", "A weapon"),
    "threat": ("T", "Threat"),
    "reported_threat": ("T", "Threats"),
    "school_threat": ("T", "Both suspended for threats"),
    "harassment": ("H", "Harassment"),
    "looking_for": ("L", "Looking for the other, or wanting revenge"),
    "arranged_fight": ("G", "A fight arranged"),
    "disorder": ("D", "Disorder between them"),
    "dispute": ("Q", "Dispute"),
    "fear": ("F", "Fear of the other"),
    "online_insult": ("O", "Insults online"),
    "damage": ("C", "Criminal damage"),
    "reported_damage": ("C", "Damage"),
    "reconciled": ("P", "Peace made, or parted"),
    "denied": ("P", "Dispute said to be untrue"),
    "sexual": ("X", "Sexual offence"),
    "acquisitive": ("B", "Offence for gain"),
    "other_offence": ("Z", "Other offence"),
    "both_involved": ("I", "Both involved, roles not known"),
    "co_suspect": ("Y", "Suspected together"),
    "co_victim": ("V", "Victims together"),
    "associates": ("Y", "Associates"),
    "named_together": ("N", "Named together"),
    "protected_intelligence": ("", "Protected intelligence"),
}
# How a kind reads in the middle of a sentence, where its words in the table would not.
NOUNS = {
    "serious_assault": "a serious assault",
    "assault": "an assault",
    "reported_assault": "an assault or fight",
    "school_assault": "that both were suspended for assault",
    "robbery": "a robbery",
    "reported_weapon": "a weapon",
    "threat": "a threat",
    "reported_threat": "threats",
    "school_threat": "that both were suspended for threats",
    "looking_for": "one looking for the other, or wanting revenge",
    "arranged_fight": "a fight arranged",
    "disorder": "disorder",
    "dispute": "a dispute",
    "fear": "fear",
    "reconciled": "peace was made, or they parted",
    "denied": "the dispute is said to be untrue",
    "sexual": "a sexual offence",
    "acquisitive": "an offence for gain",
    "other_offence": "another offence",
    "both_involved": "an incident that involved both",
}
SHORT = {
    "looking_for": "looking for the other",
    "both_involved": "both involved",
    "school_assault": "both suspended",
    "school_threat": "both suspended",
}
SOURCES = {"incident": "Police record", "intelligence": "Intelligence", "exclusion": "School record"}
STATUSES = {"new": "New", "escalating": "Escalating", "persisting": "Persisting", "cooling": "Cooling"}
STATUS_SIGNS = {"new": "●", "escalating": "▲", "persisting": "■", "cooling": "▼"}
SEXES = {"M": "male", "F": "female"}
WEAPONS = {"KNIFE": "knife", "FIREARM": "firearm", "CORROSIVE": "corrosive substance", "BLUNT": "blunt weapon", "OTHER": "other weapon"}
# Upper bounds on the ONS harm weight, of which common assault has 14, assault with injury 189, grievous bodily harm with intent about 2,000.
BANDS = [(0.1, "none"), (15.0, "low"), (150.0, "medium"), (1000.0, "high"), (float("inf"), "very high")]


def odds(score: float) -> tuple[int, int]:
    """The nearest of a few plain odds, as (k, n) for k in n."""
    return min(ODDS, key=lambda pair: abs(pair[0] / pair[1] - score))


def chance(score: float | None) -> str:
    """A probability in words: 'about 1 in 6'; nothing where it may not be known."""
    if score is None:
        return ""
    if score < 0.001:
        return "less than 1 in 1,000"
    if score > 0.97:
        return "more than 19 in 20"
    hits, of = odds(score)
    return f"about {hits} in {of:,}"


def percent(score: float) -> str:
    """A probability as a percentage that is no more exact than it deserves: '17%', '2.4%'."""
    share = score * 100
    return f"{share:.0f}%" if share >= 9.95 else f"{share:.1f}%"


def band_words(band: TrackBand) -> str:
    """A band of scores: '5% to 10%'."""
    if band.low == 0:
        return f"less than {band.high:.0%}"
    return f"{band.low:.0%} or more" if band.high > 1 else f"{band.low:.0%} to {band.high:.0%}"


def is_enough(band: TrackBand) -> bool:
    """Whether a band holds enough settled entries to say anything."""
    return band.entries >= LEAST_ENTRIES


def track_words(band: TrackBand) -> str:
    """How the scores of a band have done, or that it is too early to say."""
    if not is_enough(band):
        few = counted(band.entries, "entry", "entries")
        return f"too little to tell yet ({few} of settled lists had a chance of {band_words(band)})."
    share = percent(band.followed / band.entries)
    return f"of {band.entries} entries of settled lists with a chance of {band_words(band)}, serious violence followed {band.followed} ({share})."


def roughly(number: float) -> str:
    """A number that is expected on average: 'about 7', and 'none or one' below one and a half."""
    return f"about {number:.0f}" if number >= 1.5 else "none or one"


def kind_letter(kind: str) -> str:
    """The letter for a kind in the drawing; an unlisted kind has its own first letter."""
    return KINDS.get(kind, (kind[:1].upper(), ""))[0]


def gravity(kind: str) -> int:
    """Orders kinds from the gravest; unlisted ones last."""
    return list(KINDS).index(kind) if kind in KINDS else len(KINDS)


def kind_words(kinds: Iterable[str]) -> str:
    """The words for the kinds that a record speaks of; an unlisted kind reads as it is written."""
    named = [KINDS.get(kind, ("", kind.replace("_", " ").capitalize()))[1] for kind in kinds]
    return "; ".join([*named[:1], *(words[:1].lower() + words[1:] for words in named[1:])])


def kind_short(kind: str) -> str:
    """The words for a kind where there is room for few."""
    return SHORT.get(kind, kind_words([kind]).lower())


def kind_noun(kinds: Iterable[str]) -> str:
    """The gravest of the kinds that a record speaks of, for the middle of a sentence."""
    kind = next(iter(kinds), "")
    return NOUNS.get(kind, kind_words([kind]).lower()) if kind else "an event"


def band(severity: float | None) -> str:
    """The severity band of an ONS harm weight; nothing where the weight may not be known."""
    return "" if severity is None else next(name for limit, name in BANDS if severity < limit)


def is_child(age: int | None) -> bool:
    """Whether somebody is known to be under 18."""
    return age is not None and age < 18


def clipped(text: str, length: int = 220) -> str:
    """Text cut at a word when it is too long for a table."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + " …"
