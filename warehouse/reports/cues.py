"""The words by which a report says what is between two people, as a list that a reader can check line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Where = Literal["between", "after", "around"]
"""Where the words must stand: between the two names, between them or after the second, or anywhere in the sentence."""
Points = Literal["forward", "backward", "mutual"]
"""Who acts: the one named first on the one named second, the other way round, or each on the other."""


@dataclass(frozen=True)
class Cue:
    """One way of saying a thing: its kind of event, who acts on whom, where the words stand, and the words."""

    kind: str
    points: Points
    where: Where
    words: re.Pattern[str]


def _cue(kind: str, points: Points, where: Where, words: str) -> Cue:
    return Cue(kind, points, where, re.compile(words, re.IGNORECASE))


_WEAPON = (
    r"(?:kni(?:fe|ves)|blades?|machetes?|zombie|sword|axe|bat\b|hammer|knuckle ?dusters?|fire ?arms?|guns?\b|pistol|shotgun|revolver"
    r"|acid|ammonia|corrosive|shank|weapons?|stab(?:bed|bing|s)?\b|shoot|shot\b|armed)"
)
_HARM = (
    r"(?:assault\w*|attack\w*|beat\w*|batter\w*|hit\b|hurt|harm|kill|get (?:him|her|them)|do (?:him|her|them) in|hospitali[sz]e|jump(?:ed)?"
    r"|smash\w*|sort (?:him|her|them) out)"
)
_STRUCK = (
    r"(?:assault|attack|punch|slap|kick|beat|batter|headbutt|chas|jump|struck|strik|stamp|bottl|stab|slash|push|spat|spit|bull(?:y|ied)"
    r"|hit\b|robb?|smash|follow|corner|confront)\w*"
)
_TOLD = r"(?:threat\w*|intimidat\w*|warn\w*|menac\w*|blackmail\w*)"

# A cue further up wins. The first group takes a dispute back, the next are adverse from worst to mildest, the last are ties.
CUES: tuple[Cue, ...] = (
    _cue(
        "denied",
        "mutual",
        "around",
        r"\bno (?:truth|substance|evidence|basis)\b|\b(?:un)?founded rumou?r|\bunfounded|\bbaseless|\bmistaken\b",
    ),
    _cue("denied", "mutual", "around", r"\b(?:denie[sd]|not true|untrue|incorrect|malicious(?:ly)? report|made[- ]up (?:story|rumou?r))\b"),
    _cue(
        "denied",
        "mutual",
        "between",
        r"\b(?:is|are|was|were|has|have|had|does|do|did)(?: not|n['’]t)\b[^.]{0,40}"
        r"(?:disput|feud|involv|threat|intend|looking|any (?:issue|problem|quarrel)|responsib|fall\w* out|assault|attack)",
    ),
    _cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:resolved|reconcil\w*|made (?:up|peace)|friends again|apologi[sz]\w*|apology|truce|settled)\b",
    ),
    _cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:no (?:further|more|longer any) (?:issues?|problems?|trouble|incidents?)|no longer (?:in dispute|an issue))",
    ),
    _cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:mediation|restorative|shook hands|shaken hands|squashed|buried the hatchet|put (?:it|this|things) behind)",
    ),
    _cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:regarded as (?:finished|over)|matter is (?:closed|finished|over)|no contact (?:with|between|since)|moved away)\b",
    ),
    _cue(
        "reported_weapon",
        "backward",
        "between",
        rf"\b(?:was|were|been|being|got)\b[^.]{{0,30}}\b(?:{_TOLD}|{_STRUCK})[^.]{{0,40}}{_WEAPON}[^.]{{0,20}}\bby\b",
    ),
    _cue(
        "reported_weapon",
        "forward",
        "after",
        rf"\b(?:will|would|going to|wants? to|plans? to|threat\w* to)\b[^.]{{0,25}}\b(?:be )?{_WEAPON}",
    ),
    _cue(
        "reported_weapon",
        "forward",
        "between",
        rf"\b(?:carr\w*|hid\w*|hold\w*|got|has|have|asked|want\w*|bought|buy\w*|seen|armed)\b[^.]{{0,60}}{_WEAPON}",
    ),
    _cue("reported_weapon", "mutual", "around", rf"\bboth\b[^.]{{0,80}}\b(?:carry\w*|armed)\b[^.]{{0,25}}{_WEAPON}"),
    _cue("reported_weapon", "forward", "between", rf"{_WEAPON}[^.]{{0,50}}\b(?:for|because of|against|protection|naming|to use on)\b"),
    _cue(
        "looking_for",
        "forward",
        "between",
        r"\b(?:looking|searching|hunting|out) for\b|\bafter\W*$|\bafter him\b|\btrying to find\b|\bwants? to (?:find|fight)\b",
    ),
    _cue("looking_for", "forward", "between", rf"\b(?:intends?|intending|plans?|planning|wants?|going|vow\w*|swor\w*) (?:on |to )?{_HARM}"),
    _cue(
        "looking_for",
        "forward",
        "after",
        r"\b(?:reveng\w*|retaliat\w*|pay ?back|get(?:ting)? (?:even|his own back|her own back)|score to settle|reprisal\w*)",
    ),
    _cue("looking_for", "forward", "between", r"\b(?:believes?|blames?|holds?|suspects?)\b[^.]{0,40}$"),
    _cue(
        "reported_threat",
        "backward",
        "between",
        rf"\b(?:was|were|been|being|is|gets?|got)\b[^.]{{0,20}}\b{_TOLD}[^.]{{0,50}}\bby\b|\bthreats? from\b",
    ),
    _cue("reported_threat", "forward", "between", rf"\b{_TOLD}\b"),
    _cue(
        "reported_threat",
        "forward",
        "after",
        r"\b(?:going to get (?:it|him|her|them)|is (?:dead|finished)|watch (?:his|her|their) back|bounty|will (?:be )?(?:kill|hurt|get))",
    ),
    _cue("reported_threat", "backward", "between", r"\bowes?\b|\bin debt to\b|\bowing\b"),
    _cue(
        "fear",
        "backward",
        "between",
        r"\b(?:in fear of|fears?|afraid of|scared of|frightened of|hiding from|avoiding|terrified of|worried about)\b",
    ),
    _cue("fear", "forward", "after", r"\b(?:is|has been) (?:terrified|frightened|scared|afraid)\b"),
    _cue("reported_assault", "backward", "between", rf"\b(?:was|were|been|being|got)\b[^.]{{0,20}}\b{_STRUCK}[^.]{{0,50}}\bby\b"),
    _cue(
        "reported_damage",
        "forward",
        "between",
        r"\b(?:brick|window|damag\w*|torch\w*|set fire|arson|slash\w* (?:the )?tyres?|keyed|vandal\w*)\b",
    ),
    _cue(
        "arranged_fight",
        "mutual",
        "around",
        r"\b(?:arranged?|organis\w*|planned|planning|talk\w* of|straightener|one[- ]on[- ]one)\b[^.]{0,40}\bfight|\bfight (?:is |has been )?(?:arranged|planned)",
    ),
    _cue("reported_assault", "forward", "between", rf"\b{_STRUCK}"),
    _cue(
        "reported_assault",
        "mutual",
        "around",
        r"\b(?:altercation|scuffle|brawl|fought|fighting|came to blows|fight (?:took place|broke out|between)|physical confrontation)\b",
    ),
    _cue(
        "online_insult",
        "forward",
        "between",
        r"\b(?:insult\w*|taunt\w*|diss(?:ing|ed|es)?\b|drill (?:track|video)|mock\w*|goad\w*|provok\w*|call\w* out|troll\w*|disrespect\w*)",
    ),
    _cue(
        "dispute",
        "mutual",
        "around",
        r"\b(?:feud\w*|disput\w*|bad blood|fall(?:en|ing)?[- ]out|fell out|tensions?|rival\w*|beef\w*|vendetta|quarrel\w*|grudge|row\b|rowing"
        r"|conflict|at odds|ongoing (?:issues?|problems?)|trouble between|hostil\w*|animosity)\b",
    ),
    _cue("dispute", "mutual", "between", r"^\W*(?:v|vs|versus)\W*$|\b(?:grassed|snitched|informed on|against)\b"),
    _cue(
        "associates",
        "mutual",
        "around",
        r"\b(?:associat\w*|friends?|mates?|relationship|girlfriend|boyfriend|partner|cousins?|brothers?|sisters?|sons?|daughters?|uncle"
        r"|related|married|lives with)\b",
    ),
    _cue(
        "associates",
        "mutual",
        "around",
        r"\b(?:together|travell?ed|works? (?:at|with|for)|often at the home|stays? (?:with|there|at)|lets? .{0,20}use|driven by|vehicle|spend most)\b",
    ),
    _cue(
        "associates",
        "mutual",
        "between",
        r"\b(?:supplie[sd]|running (?:drugs )?for|buys?|sells? to|deal\w* for|stash\w* for|lends?|employ\w*)\b",
    ),
    _cue("associates", "mutual", "between", r"^\W*(?:and|with|&|,)\W*$"),
)
NOT_THE_SAME = re.compile(
    r"\b(?:not (?:to be )?(?:confused|mistaken) (?:with|for)|no relation (?:to|of)|not related to|is not the same)\b", re.IGNORECASE
)
UNRELATED = re.compile(r"\bunrelated\b|\bwitness(?:ed)? (?:to|of)\b", re.IGNORECASE)
