"""A report's text, names replaced by placeholders, as sentences in which everybody who is meant is named: he, she, him, her, and who was said to be."""

from __future__ import annotations

import re

from warehouse.reports.vocabulary import INJURY

PERSON = re.compile(r"⟦(\d+)⟧")
ENDS = ".!?; "
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
HE = re.compile(
    r"\W*(?:(?:he|she)\b|(?=(?:states?|says|said|claims|believes|thinks|alleges|fears|feels|reports|denies|wants|refus\w+)\b))",
    re.IGNORECASE,
)
HIM = re.compile(
    r"\b(?:him|her|them)\b(?!sel)(?!\s+(?:own|to\b))|(?<=where )(?:he|she)\b"
    r"|\bhis\b(?=\s+(?:house|home|flat|car|van|bike|door|windows?|tyres|address|family|mother|mum|brother|sister|head|face|throat|nose)\b)",
    re.IGNORECASE,
)
# A man known as: no more than the name says.
INTRODUCED = re.compile(
    r"\b(?:an?|the|another)\s+(?:\w+\s+)?(?:male|female|man|woman|lad|boy|girl|youth|person|individual|lady)\s+(?:who is\s+)?"
    r"(?:known|called|named|nicknamed|aka)\b(?:\s+(?:only|locally|simply|as|by|the name))*\s*['\"“‘(]*(?=⟦)",
    re.IGNORECASE,
)
# What gives a reason goes on with the sentence before it.
GOES_ON = re.compile(
    r"\W*(?:this|it|that|which) (?:is|was|follows|relates|stems|came|happened)\b[^⟦]{0,20}(?:because|due to|over|about"
    r"|following|after|from|for)\b"
    r"|\W*(?:this|it|that|which)\b[^⟦]{0,40}\b(?:incorrect|false|untrue|not true|mistaken|unfounded|baseless|disproved|malicious)\b",
    re.IGNORECASE,
)
# A matter that is told to be settled in a sentence that names nobody.
SETTLED = re.compile(
    r"(?!.*⟦)(?!.*\b(?:not|never|yet|fail\w*|until|if|hop\w*|will|to be|need\w*)\b)"
    r"(?:.*\b(?:no (?:further |more |other )?(?:concerns?|incidents?|issues?|problems?|trouble)\b.*\bsince\b"
    r"|(?:now|since|all|fully|been) (?:been )?(?:resolved|sorted|settled"
    r"|squashed|reconciled|made up|friends again|put to bed)\b)"
    r"|\W*(?:both )?(?:now |since )?(?:resolved|sorted|settled|squashed|made up|friends again|shook hands)\b)",
    re.IGNORECASE,
)
RESPONSIBLE = re.compile(
    r"\b(?:responsible|to blame|behind (?:it|this|the attack)|did (?:it|this)|the one (?:doing|who|behind)"
    r"|the (?:attacker|offender|assailant|suspect"
    r"|culprit|perpetrator)|it was (?=⟦)|suspects (?=⟦))",
    re.IGNORECASE,
)
SUFFERED = re.compile(
    r"\b(?:is|was|were|been|being|got)\s+(?:\w+\s+)?(?:\w+(?:ed|en)|beat|hit|cut|shot|hurt|put|set)\b|\b(?:house|car|windows?|property)\b"
    rf"|\b(?:suffered|sustained|received|has|had|with|found)\b[^.]{{0,20}}{INJURY}",
    re.IGNORECASE,
)
NOT = re.compile(r"\bnot\b|n['’]t\b", re.IGNORECASE)
# Since the fight with B, A ...: what B has to do with it, before what A does.
LED_BY = re.compile(
    r"^\W*(?P<lead>(?:since|after|following|because of|due to|owing to|as a result of|in response to"
    r"|on account of)\b[^⟦]*⟦\d+⟧[^⟦,]{0,40}),\s*(?=⟦\d+⟧)",
    re.IGNORECASE,
)
# Behind one of these, the next name begins a clause, and him or her is somebody named before it.
CLAUSE = re.compile(
    r"(?:\b(?:that|says?|said|saying|states?|stated|alleg\w+|claim\w*|report\w*|disclos\w+|complain\w*|told \w+|tells \w+"
    r"|informed \w+|believ\w+|think\w*|thought|"
    r"fear\w*|after|because|as|when|where|if|in case|since|how|once|before|and|by whom)|[,:;–-])\s*(?:the |a )?(?:\w+ )?$",
    re.IGNORECASE,
)
# Behind one of these, what the sentence is about goes on to act; behind who, the one named last does.
GOES_ON_TO = re.compile(
    r"(?:\b(?:and|then|before|but|who|when)\s+|,\s*)(?!(?:the|an?|his|her|their|two|three|other\w*|some"
    r"|both|they|police|staff|he|she|it|is|was|were|are)\b)"
    r"(?=\w[^⟦]*\b(?:him|her|them|his|hers)\b)",
    re.IGNORECASE,
)
ACTING = r"(?:susp(?:ect)?|offender|perpetrator|perp|aggressor|attacker|assailant|accused|defendant)"
SUFFERING = r"(?:vic(?:tim)?|ip|i/p|injured party|aggrieved|complainant)"
ROLE = re.compile(
    rf"\b(?:(?P<acts>{ACTING})|(?P<suffers>{SUFFERING}))\b[\s:=–-]*(?:is |was )?(?=⟦(?P<before>\d+)⟧)"
    rf"|⟦(?P<behind>\d+)⟧(?:\s*[(\[]\s*|\s*[–-]\s+)(?:(?P<acts_too>{ACTING})|(?P<suffers_too>{SUFFERING}))\b\s*[)\]]?",
    re.IGNORECASE,
)


def sentences(whole: str) -> list[str]:
    """The sentences of a text; he, she, him or her is replaced by whom a sentence before names, and who is responsible stands where it was done."""
    told: list[str] = []
    last: list[str] = []
    for sentence in map(_doer_first, SENTENCE_END.split(INTRODUCED.sub("", whole))):
        begins, named = HE.match(sentence), _named(sentence)
        others = [one for one in last if one not in named]
        if told and len(named) == len(others) == 1 and _says_who_did_it(sentence, told[-1]):
            told[-1] = f"{told[-1].rstrip(ENDS)} by {named[0]}"
        elif begins and last and (last[0] not in named if named else len(last) == 2):
            whole_sentence = f"{last[0]}{'' if sentence[begins.end() - 1 : begins.end()].isalpha() else ' '}{sentence[begins.end() :]}"
            told.append(whole_sentence if named else _with_him(whole_sentence, last[1]))
            named = named or last
        elif told and last and (GOES_ON.match(sentence) or (len(last) == 2 and SETTLED.match(sentence))):
            told[-1] = f"{told[-1].rstrip(ENDS)} {sentence}"
            named = _named(told[-1])
        else:
            told.append(_with_him(sentence, others[0]) if len(named) == len(others) == 1 else sentence)
        last = named or last
    return told


def _doer_first(sentence: str) -> str:
    led = LED_BY.match(sentence)
    return f"{sentence[led.end() :].rstrip(ENDS)} {led['lead']}" if led else sentence


def _says_who_did_it(sentence: str, before: str) -> bool:
    return bool(RESPONSIBLE.search(sentence) and SUFFERED.search(before)) and not NOT.search(sentence)


def _named(sentence: str) -> list[str]:
    """The people named in a sentence, each once, in order."""
    return list(dict.fromkeys(found[0] for found in PERSON.finditer(sentence)))


def _with_him(sentence: str, other: str) -> str:
    """The sentence with the first him or her behind its name replaced."""
    found = HIM.search(sentence, PERSON.search(sentence).end())  # type: ignore[union-attr]
    if found is None:
        return sentence
    whose = "'s" if found[0].lower() == "his" else ""
    return f"{sentence[: found.start()]}{other}{whose}{sentence[found.end() :]}"


def as_told_of_another(sentence: str) -> str | None:
    """`A says that B hit him` as `says that B hit A`; None where no clause of a second person speaks of him or her."""
    named = list(PERSON.finditer(sentence))
    if len({found[0] for found in named}) != 2 or len(named) != 2:
        return None
    teller, doer = named
    clause = CLAUSE.search(sentence[teller.end() : doer.start()])
    him = HIM.search(sentence, doer.end())
    if clause is None or him is None:
        return None
    return f"{sentence[: teller.start()]}{sentence[teller.end() : him.start()]}{teller[0]}{sentence[him.end() :]}"


def as_gone_on(sentence: str) -> str | None:
    """`A lives with B and slaps him about` as `A slaps B about`, with who as `B slaps A`; None where nobody goes on to act."""
    named = list(PERSON.finditer(sentence))
    if len({found[0] for found in named}) != 2 or len(named) != 2:
        return None
    going_on = GOES_ON_TO.search(sentence, named[1].end())
    if going_on is None:
        return None
    doer, other = (named[1][0], named[0][0]) if "who" in going_on[0].lower() else (named[0][0], named[1][0])
    return _with_him(f"{doer} {sentence[going_on.end() :]}", other)


def roles(sentence: str) -> tuple[str, dict[str, str]]:
    """The sentence without words such as suspect and victim that stand beside a name, and who was said to act or to suffer."""
    told: dict[str, str] = {}
    for found in ROLE.finditer(sentence):
        who = found["before"] or found["behind"]
        told[who] = "acts" if found["acts"] or found["acts_too"] else "suffers"
    return ROLE.sub(lambda found: f"⟦{found['behind']}⟧" if found["behind"] else "", sentence), told
