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
    r"|acid|ammonia|corrosive|shank\w*|tooled up|weapons?|stab(?:bed|bing|s)?\b|shoot|shot\b|armed)"
)
_HARM = (
    r"(?:assault\w*|attack\w*|beat\w*|batter\w*|hit\b|hurt|harm|kill|get (?:him|her|them)|do (?:him|her|them) in|hospitali[sz]e"
    r"|jump(?:ed)?|fight|confront|stab|shoot|batter"
    r"|smash\w*|sort (?:him|her|them) out)"
)
_STRUCK = (
    r"(?:assault|attack|punch|slap|kick|beat|batter|headbutt|chas|jump|struck|strik|stamp|bottl|stab|slash|push|spat|spit|bull(?:y|ied)"
    r"|hit\b|robb?|smash|follow|corner|confront|glass(?=ed)|shank|mugg|chinn|nutt|floor(?=ed)|set (?:about|upon)|laid into|lays? into"
    r"|knocked (?:out|down)|(?:pulled|dragged) off|(?:ran|run|drove) (?:at|into|over)|chef(?=fed)|juk|wet up|splash(?=ed))\w*"
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
    _cue(
        "denied",
        "mutual",
        "around",
        r"\b(?:denie[sd]|not true|untrue|incorrect|malicious(?:ly)? report|made[- ]up (?:story|rumou?r)"
        r"|retract\w*|did(?: not|n['’]t) happen|never happened|fabricat\w*|made it up|falsely|nothing to do with|no intention (?:of|to)"
        r"|contrary to rumou?rs?)\b",
    ),
    _cue(
        "denied",
        "mutual",
        "between",
        r"\b(?:is|are|was|were|has|have|had|does|do|did)(?: not|n['’]t)\b(?:(?!\b(?:and|but|so)\b)[^.,]){0,40}"
        r"(?:disput|feud|involv|threat|intend|looking|any (?:issue|problem|quarrel)|responsib|fall\w* out|assault|attack)",
    ),
    _cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:resolved|reconcil\w*|made (?:up|peace)|friends again|apologi[sz]\w*|apology|truce|settled|patched (?:it|things) up"
        r"|sorted (?:it|things|this|everything|their differences) out|sorted out (?:their|the|any)|called it quits|put to bed"
        r"|water under the bridge"
        r"|on (?:good|speaking|friendly|better) terms again|back on (?:good|speaking|friendly) terms|no longer (?:looking|after"
        r"|want\w*)|(?:things|it|tempers) (?:have |has )?(?:all )?(?:calmed|cooled|blown over)|getting (?:along|on) (?:again|now|well|fine)"
        r"|now getting (?:along|on)|are (?:now )?cool (?:now|again|with)|no longer an? (?:problem|threat))\b",
    ),
    _cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:beef|feud|dispute|argument|issues?|matter|row|trouble|it|things?)\b[^.]{0,40}\b(?:is|are|was|were|has|have|been"
        r"|now)\b(?:(?!\b(?:not|never|far from|nowhere near)\b)[^.]){0,15}"
        r"\b(?:dead|finished|ended|dropped|done with|behind (?:them|him|her)|over(?=\W*(?:$|now|and|with\W*$)))",
    ),
    _cue("reconciled", "mutual", "around", r"\bno (?:issues?|problems?|beef|trouble)\b[^.]{0,30}\b(?:any ?more|any longer|now)\b"),
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
        r"\b(?:mediation|restorative|shook hands|shaken hands|squashed|buried (?:the hatchet|their differences)|put (?:it|this|things) behind)",
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
        "reported_weapon", "backward", "between", r"\b(?:was|were|been|got)\b[^.]{0,30}\b(?:stab|shot|slash|knif|shank)\w*[^.]{0,40}\bby\b"
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
        rf"\b(?:carr\w*|hid\w*|hold\w*|pull\w*|drew|produc\w*|brandish\w*|wav\w*|point\w*|got|has|have|asked|want\w*|bought|buy\w*|seen"
        rf"|armed)\b[^.]{{0,60}}{_WEAPON}",
    ),
    _cue(
        "reported_weapon",
        "forward",
        "between",
        r"\b(?:threw|throw\w*|chuck\w*|squirt\w*|pour\w*)\b[^.]{0,30}\b(?:acid|ammonia|corrosive|petrol)\b",
    ),
    _cue("reported_weapon", "forward", "after", rf"\b(?:outside|past|waiting (?:at|by|near|for)|turned up)\b[^.]{{0,80}}\b{_WEAPON}"),
    _cue("reported_weapon", "mutual", "around", rf"\bboth\b[^.]{{0,80}}\b(?:carry\w*|armed)\b[^.]{{0,25}}{_WEAPON}"),
    _cue(
        "reported_weapon", "forward", "between", r"\b(?:is|are|now|been|started) carrying (?:for|because of|on account of)\b|\btooled up\b"
    ),
    _cue("reported_weapon", "forward", "between", r"\bnot (?:afraid|scared|frightened) to (?:stab|shoot|cut|slash|use)\b"),
    _cue(
        "reported_weapon",
        "forward",
        "between",
        rf"{_WEAPON}[^.]{{0,60}}\b(?:for|because of|against|protection|mention\w*|naming|to use on)\b",
    ),
    _cue(
        "looking_for",
        "forward",
        "between",
        r"\b(?:looking|searching|hunting|out) for\b|\bafter\W*$|\bafter him\b|\b(?:after|out to get|gunning for|come for|coming for"
        r"|asking (?:around )?(?:for|after|where)|hunt\w* (?:down|for)|out for)\W*$|\btrying to find\b|\bwants? to (?:find|fight)\b",
    ),
    _cue(
        "looking_for",
        "forward",
        "after",
        r"\bon sight\b|\bwants?\W+(?:to be )?(?:hurt|dead|killed|done|sorted|beaten|stabbed|in hospital)\b"
        r"|\b(?:wants?|going|gonna|intends?|plans?|planning|vow\w*|swor\w*|will|would) (?:to )?do\s+(?:in|over)\b"
        r"|\bask\w* where\b.*\b(?:liv|is|stay)\w*",
    ),
    _cue(
        "looking_for",
        "forward",
        "between",
        r"\b(?:has|have|had|having|got) it in for\W*$|\bbaying for\W*$"
        r"|\b(?:driv\w*|drove|hang\w*|wait\w*|loiter\w*|lurk\w*) (?:\w+ ){0,2}(?:past|outside)\W*$",
    ),
    _cue(
        "looking_for",
        "forward",
        "after",
        r"\bneeds? (?:dealing with|sorting(?: out)?|teaching|to be (?:dealt with|sorted|taught))\b"
        r"|\bturned up (?:at|outside)\b.*\b(?:shouting|demanding|looking for|threat\w*|kick\w*|bang\w*|removed)\b"
        r"|\bsettle (?:things|it|this|matters|the score|scores?)\b",
    ),
    _cue("looking_for", "forward", "between", rf"\b(?:intends?|intending|plans?|planning|wants?|going|vow\w*|swor\w*) (?:on |to )?{_HARM}"),
    _cue(
        "looking_for",
        "forward",
        "after",
        r"\b(?:reveng\w*|retaliat\w*|pay ?back|get(?:ting)? (?:even|his own back|her own back)|scores? to settle|reprisal\w*)",
    ),
    _cue(
        "fear",
        "backward",
        "after",
        r"\b(?:believes?|thinks?|fears?|worried|scared|afraid)\b[^.]{0,25}\b(?:will|would|is going to)\b[^.]{0,20}\b(?:come for|get|hurt"
        r"|find|attack|kill) (?:him|her|them)",
    ),
    _cue("looking_for", "backward", "between", r"\b(?:looked for|sought|hunted|being followed|being chased)\b[^.]{0,20}\bby\b"),
    _cue("looking_for", "forward", "between", r"\b(?:believes?|blames?|holds?|suspects?)\b[^.]{0,40}$"),
    _cue(
        "reported_threat",
        "backward",
        "between",
        rf"\b(?:was|were|been|being|is|gets?|got)\b[^.]{{0,20}}\b{_TOLD}[^.]{{0,50}}\bby\b|\bthreats? (?:from|off)\b",
    ),
    _cue(
        "reported_threat",
        "forward",
        "between",
        r"\b(?:said|says|saying|told|tells|telling|boast\w*|promis\w*|claim\w*)\b[^.]{0,40}\b(?:kill|hurt|batter|smash|get|burn|shoot"
        r"|do in)\W*$",
    ),
    _cue("dispute", "mutual", "between", r"\b(?:warned|told) to (?:stay away|keep away|stop contact\w*)\b"),
    _cue("reported_threat", "forward", "between", rf"\b{_TOLD}\b"),
    _cue(
        "reported_threat",
        "forward",
        "after",
        r"\b(?:would|will|going to|gonna) (?:put|get|have)\b.{0,6}\b(?:in (?:a )?hospital|done)\b|\b(?:is|are) (?:going to get"
        r"|gonna get) done\b"
        r"|\bhe is dead\b|\bshe is dead\b",
    ),
    _cue(
        "reported_threat",
        "forward",
        "after",
        r"\b(?:going to get (?:it|him|her|them)|is (?:dead|finished)|watch (?:his|her|their) back"
        r"|watch (?:him|her|them)sel(?:f|ves)|or else\b|bounty|will (?:be )?(?:kill|hurt|get))",
    ),
    _cue("reported_threat", "backward", "between", r"\bowes?\b|\bin debt to\b|\bowing\b"),
    _cue("reported_threat", "forward", "between", r"\b(?:is|was|being) owed\b[^.]{0,30}\bby\b"),
    _cue(
        "fear",
        "backward",
        "between",
        r"\b(?:in fear of|fearful of|petrified of|intimidated by|wary of|living in fear|fears?|afraid of|scared of|frightened of"
        r"|hiding from|avoiding|terrified of|worried about)\b",
    ),
    _cue(
        "fear",
        "backward",
        "between",
        r"\b(?:stopped|stops|staying elsewhere|carrying protection|refus\w* to|will not|won['’]t|too \w+ to|moved)\b[^.]{0,60}\b(?:because of|due to"
        r"|on account of)\b",
    ),
    _cue("fear", "forward", "after", r"\b(?:is|has been) (?:terrified|frightened|scared|afraid)\b"),
    _cue("reported_assault", "backward", "between", rf"\b(?:was|were|been|being|got)\b[^.]{{0,20}}\b{_STRUCK}[^.]{{0,50}}\bby\b"),
    _cue(
        "reported_damage",
        "forward",
        "between",
        r"\b(?:brick|windows?|petrol[- ]bomb\w*|fire ?bomb\w*|damag\w*|torch\w*|set fire|arson|slash\w* (?:the )?tyres?|keyed|vandal\w*)\b",
    ),
    _cue(
        "arranged_fight",
        "mutual",
        "around",
        r"\b(?:arranged?|organis\w*|planned|planning|talk\w* of|straightener|one[- ]on[- ]one|meet\w*|due)\b[^.]{0,40}\bfight"
        r"|\bstraightener\b|\boffered\s+out\b|\bfight (?:is |has been )?(?:arranged|planned)",
    ),
    _cue("reported_assault", "forward", "between", rf"\b{_STRUCK}"),
    _cue(
        "reported_assault",
        "forward",
        "after",
        r"\b(?:gave|given|giving)\s+(?:an? )?(?:\w+ )?(?:kicking|slap\w*|hiding|beating|pasting|battering|black eye)\b"
        r"|\b(?:ran|run|drove|driven|forced)\s+off the road\b|\bwet\s+up\b",
    ),
    _cue("reported_assault", "backward", "between", r"\b(?:black eye|injur\w*|broken \w+)\b[^.]{0,40}\b(?:by|from)\b"),
    _cue(
        "reported_assault",
        "mutual",
        "around",
        r"\b(?:altercation|scuffle|brawl|fought|fighting|had to be (?:separated|pulled apart)|got into it"
        r"|came to blows|fight (?:took place|broke out|between)|had an? (?:fight|scrap"
        r"|ruck|punch[- ]up)|physical confrontation)\b",
    ),
    _cue(
        "online_insult",
        "forward",
        "after",
        r"(?<!being )\bcall\w*\s+(?:out\b|an? (?:snitch|grass|rat|nonce|coward|pussy|\w*head)\b)"
        r"|\bpost\w*\W+(?:s\W+)?(?:home )?address\b|\b(?:tell\w*|told|say\w*|said|spread\w*|put\w*)\b[^.]{0,40}\bis an? (?:snitch|grass|rat|nonce)\b",
    ),
    _cue(
        "online_insult",
        "forward",
        "between",
        r"\b(?:insult\w*|taunt\w*|diss(?:ing|ed|es)?\b|drill (?:track|video)|mock\w*|goad\w*|provok\w*|call\w* out|troll\w*|ragg?(?:ing"
        r"|ed)|cuss\w*|slat(?:ing|ed)|slag\w* off|mugg\w* off|disrespect\w*)",
    ),
    _cue(
        "dispute",
        "mutual",
        "around",
        r"\b(?:feud\w*|disput\w*|bad blood|fall(?:en|ing)?[- ]out|fell out|tensions?|rival\w*|beef\w*|vendetta|quarrel\w*|grudge"
        r"|(?:a|an|the|ongoing|in) (?:\w+ )?row (?:with|over|between|about)"
        r"|rowing"
        r"|conflict|at odds|ongoing (?:issues?|problems?)|trouble between|hostil\w*|animosity"
        r"|on bad terms|not on (?:good|speaking) terms|(?:do(?:es)?(?: not|n['’]t)|never) get (?:on|along)|(?:cannot|can['’]?t"
        r"|can not) (?:stand|be in the same)|hates? (?:each other|one another)"
        r"|opps?|(?:ill|bad)[- ]feeling|loggerheads|each other['’]s throats?|had words"
        r"|(?:not|never|n['’]t|far from|nowhere near)(?: yet| been| at all| quite){0,2} (?:over|finished|done with|forgotten|gone away|dropped)"
        r"|at war|kicking off|trouble (?:is )?(?:brewing|expected|likely|anticipated|feared)"
        r"|(?:violence|reprisals?|clash\w*) (?:between|against|by|from)"
        r"|(?:risk|danger) (?:of (?:\w+ ){0,3}(?:harm|violence|injury) )?(?:to|from)|not let (?:it|this|things) (?:go|drop|lie)"
        r"|refus\w* to (?:shake|make up|apologi[sz]e|meet)"
        r"|not forgiven|unresolved|arguing|arguments?)\b",
    ),
    _cue("dispute", "mutual", "between", r"\b(?:issues?|problems?|trouble|beef) with\b|\b(?:hates?|snaked|despises?)\b"),
    _cue("dispute", "mutual", "between", r"^\W*(?:v|vs|versus)\W*$|\b(?:grassed|snitched|informed on|(?<!case )(?<!evidence )against)\b"),
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
        r"\b(?:together|travell?ed|works? (?:at|with|for)|often at the home|hang\w* (?:around|about|out)|knock\w* (?:about|around)"
        r"|assoc\b|in (?:a|the same) (?:gang|group|crew)|on good terms|(?:runs?|rolls?) with|stays? (?:with|there|at)|lets? .{0,20}use"
        r"|driven by|vehicle|spend most)\b",
    ),
    _cue(
        "associates",
        "mutual",
        "between",
        r"\b(?:supplie[sd]|running (?:drugs )?for|buys?|sells? to|deal\w* for|stash\w* for|lends?|employ\w*)\b",
    ),
    # Something is between the two, and these words do not say what: no tie for their being joined by "and".
    _cue("named_together", "mutual", "around", r"\bbetween\s+and\b"),
    _cue("associates", "mutual", "between", r"^\W*(?:and|with|&|,)\W*$"),
)
NOT_THE_SAME = re.compile(
    r"\b(?:not (?:to be )?(?:confused|mistaken) (?:with|for)|no relation (?:to|of)|not related to|is not the same)\b", re.IGNORECASE
)
UNRELATED = re.compile(r"\bunrelated\b|\bwitness(?:ed)? (?:to|of)\b", re.IGNORECASE)

# Words that turn a cue which comes right after them into its opposite: within three words, and not across a new clause.
NEGATED = re.compile(
    r"(?:\b(?:not|never|nor|neither|cannot|without|denies|denied|denying|no(?! (?:doubt|reason|one|longer|further)\b))|n['’]t)\b"
    r"(?:(?!\b(?:but|and|so|because|that|until|unless|as|who|which|only|just)\b)[^.,;:]){0,28}\Z",
    re.IGNORECASE,
)
NO_LONGER = re.compile(r"\bno longer\b[^.,;:]{0,28}\Z|\bnot\b[^.,;:]{0,28}\bany ?more\b", re.IGNORECASE)
WITHIN_WORDS = 3
# What shows that a peace was not made.
NOT_MADE = re.compile(
    r"\b(?:fail\w*|broke(?:n)? down|declin\w*|refus\w*|reject\w*|fell through|(?:was|were|been) offered|but\b.{0,40}\bstill"
    r"|not (?:yet )?(?:been )?accept\w*|unwilling)\b",
    re.IGNORECASE,
)
TIES, TAKEN_BACK = ("associates", "named_together"), ("denied", "reconciled")
