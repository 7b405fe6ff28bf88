"""The list's words: chances, dates, kinds of event, roles, grades. One place, so that the same thing is always called the same."""

from datetime import date

ODDS = [(19, 20), (9, 10), (4, 5), (3, 4), (2, 3), (3, 5), (1, 2), (2, 5), *[(1, n) for n in (3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50)],
        *[(1, n) for n in (60, 80, 100, 150, 200, 300, 500, 1000)]]  # fmt: skip

# A kind of event: its letter in the drawing, and its words. The same letter stands for the same kind on every page.
KINDS = {
    "serious_assault": ("S", "Serious assault"),
    "assault": ("A", "Assault"),
    "school_assault": ("A", "Assault at school"),
    "weapon_threat": ("W", "Threat with a weapon"),
    "threat": ("T", "Threat"),
    "school_threat": ("T", "Threat at school"),
    "online_threat": ("O", "Threat or insult online"),
    "harassment": ("H", "Harassment"),
    "robbery": ("R", "Robbery"),
    "damage": ("C", "Criminal damage"),
    "disorder": ("D", "Disorder"),
    "dispute": ("Q", "Dispute"),
    "looking_for": ("L", "Looking for the other"),
    "fear": ("F", "In fear of the other"),
    "peace": ("P", "Said to be at peace"),
    "acquisitive": ("B", "Theft or burglary"),
    "ally": ("Y", "On the same side"),
    "staff": ("E", "Hurt at work"),
    "protected_intelligence": ("", "Protected intelligence"),
}
SOURCES = {"incident": "Police record", "intelligence": "Intelligence", "exclusion": "School record"}
STATUSES = {"new": "New", "escalating": "Escalating", "persisting": "Persisting", "cooling": "Cooling"}
STATUS_SIGNS = {"new": "●", "escalating": "▲", "persisting": "■", "cooling": "▼"}
SEXES = {"M": "male", "F": "female"}
WEAPONS = {"KNIFE": "knife", "FIREARM": "firearm", "CORROSIVE": "corrosive substance", "BLUNT": "blunt weapon", "OTHER": "other weapon"}
# Upper bounds on the ONS harm weight, of which common assault has 14, assault with injury 189, grievous bodily harm with intent about 2,000.
BANDS = [(15.0, "low"), (150.0, "medium"), (1000.0, "high"), (float("inf"), "very high")]


def odds(score: float) -> tuple[int, int]:
    """The nearest of a few plain odds, as (k, n) for k in n."""
    return min(ODDS, key=lambda pair: abs(pair[0] / pair[1] - score))


def chance(score: float) -> str:
    """A probability in words: 'about 1 in 6'."""
    if score < 0.001:
        return "less than 1 in 1,000"
    if score > 0.97:
        return "more than 19 in 20"
    hits, of = odds(score)
    return f"about {hits} in {of:,}"


def percent(score: float) -> str:
    """A probability as a percentage that is no more exact than it deserves: '17 %', '2.4 %'."""
    share = score * 100
    return f"{share:.0f} %" if share >= 9.95 else f"{share:.1f} %"


def day(when: date) -> str:
    """'3 May 2026'."""
    return f"{when.day} {when:%B %Y}"


def short_day(when: date) -> str:
    """'3 May 26'."""
    return f"{when.day} {when:%b %y}"


def kind_letter(kind: str) -> str:
    """The letter for a kind in the drawing; an unlisted kind has its own first letter."""
    return KINDS.get(kind, (kind[:1].upper(), ""))[0]


def kind_words(kind: str) -> str:
    """The words for a kind; an unlisted kind reads as it is written."""
    return KINDS.get(kind, ("", kind.replace("_", " ").capitalize()))[1]


def band(severity: float) -> str:
    """The severity band of an ONS harm weight."""
    return next(name for limit, name in BANDS if severity < limit)


def counted(number: int, thing: str) -> str:
    """'1 event', '3 events', 'no events'."""
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def clipped(text: str, length: int = 220) -> str:
    """Text cut at a word when it is too long for a table."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + " …"
