"""The words by which a report says that there is nothing between two people, or nothing any more."""

from __future__ import annotations

from warehouse.reports.cue import Cue, cue
from warehouse.reports.vocabulary import SAID_OF_IT

PEACE: tuple[Cue, ...] = (
    cue(
        "denied",
        "mutual",
        "around",
        r"\b(?:nothing|no (?:\w+ )?(?:information|intelligence|indication|suggestion|reason to believe|sign"
        r"|proof))\b[^.]{0,20}\b(?:to (?:suggest|indicate|show|say"
        r"|support|confirm|believe)|that|of)\b|\b(?:not|n['’]t) (?:believed|thought|considered|felt|the case) (?:that|to)\b"
        rf"|\b{SAID_OF_IT}\b[^.]*\b(?:is|are|was|were|be|been|proved|proven|turned out)\s+(?:to be )?(?:\w+ )?(?:false|untrue"
        rf"|not true|wrong|baseless|a lie|lies|a hoax"
        r"|nonsense|discredited|disproved|disproven|discounted|unsubstantiated)\b|\b(?:ruled out|disproved|disproven|discounted"
        r"|cleared of|eliminated from)\b"
        r"|\bit (?:was|is)(?: not|n['’]t)\s+who\b|\bno (?:\w+ )?(?:interest in|grudge|quarrel|ill[- ]will|hard feelings)\b",
    ),
    cue(
        "denied",
        "mutual",
        "around",
        r"\bno (?:truth|substance|evidence|basis)\b|\b(?:un)?founded rumou?r|\bunfounded|\bbaseless|\bmistaken\b(?!\W+(?:\w+ )?for\b)",
    ),
    cue(
        "denied",
        "mutual",
        "around",
        r"\b(?:denie[sd]|not true|untrue|incorrect|malicious(?:ly)? report|made[- ]up (?:story|rumou?r)"
        r"|retract\w*|(?:withdrew|withdrawn|dropped|drops) (?:the|his|her|their|an|all) (?:allegations?|statement|complaint"
        r"|accusations?|claims?)|(?:played|had|took) no part"
        r"|(?:wrongly|mistakenly|incorrectly) \w+|mistaken identity|(?:has|have|had) nothing against|never (?:laid"
        r"|lays) a (?:finger|hand)|did(?: not|n['’]t) happen|never happened|fabricat\w*|made it up|falsely|nothing to do with"
        r"|no intention (?:of|to)"
        r"|contrary to rumou?rs?)\b",
    ),
    cue(
        "denied",
        "mutual",
        "between",
        r"\b(?:is|are|was|were|has|have|had|does|do|did)(?: not|n['’]t)\b(?:(?!\b(?:and|but|so)\b)[^.,]){0,40}"
        r"(?:disput|feud|involv|threat|intend|looking|any (?:issue|problem|quarrel)|responsib|fall\w* out|assault|attack)",
    ),
    cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:resolved(?! to\b)|reconcil\w*"
        r"|made (?:up(?! (?:\w+ )?(?:lies|stor(?:y|ies)|rumou?rs?|allegations?|things))|(?:his |her |their )?peace)|friends again|apologi[sz]\w*|apology|truce"
        r"|settled(?! (?:in|into|down|at|near)\b)"
        r"|patched (?:it|things) up"
        r"|forgiv(?:en|es|e)|forgave|said sorry|saying sorry|(?:agreed|decided) to (?:move on|leave|stay (?:away|out)|keep away"
        r"|draw a line|end)"
        r"|(?:(?:is|are|has|have|being|been) )?done with (?:the|it|all|this|their|his|her) ?(?:feud|beef|dispute|trouble)?"
        r"|moved on|drawn a line under|drew a line under"
        r"|cleared the air|used to be (?:rivals|enemies|in dispute|at odds)|(?:is|are|was|were|has been|have been|now) (?:all )?sorted\b"
        r"|now getting (?:on|along)|getting (?:on|along)(?: \w+)? (?:now|again)"
        r"|(?:now|made|become|became) (?:good |close |best )?(?:friends|mates)|on friendly terms|made amends|ended (?:the|their"
        r"|his|her|this) (?:\w+ )?(?:feud|dispute|beef|war|row|quarrel|argument)|hugged|getting on (?:well|better|fine)"
        r"|(?:is|are) (?:all )?(?:cool|fine|good|okay|ok)(?: \w+)? now|all is (?:well|good|fine)|dropped (?:the|his|her"
        r"|their) (?:threats?|beef|grudge|issue)|peace (?:has been|between|was made)"
        r"|sorted (?:it|things|this|everything|their differences) out|sorted out (?:their|the|any)|called it quits|put to bed"
        r"|(?:things|it|tempers) (?:have |has )?(?:all )?(?:calmed|cooled|blown over)|(?:died|calmed|cooled) down|are (?:now )?cool (?:now|again|with)"
        r"|no longer an? (?:problem|threat)|water under the bridge"
        r"|on (?:good|speaking|friendly|better) terms again|back on (?:good|speaking|friendly) terms|no longer (?:looking|after"
        r"|want\w*))\b",
    ),
    cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:beef|feud|dispute|argument|issues?|matter|row|trouble|it|things?)\b[^.]{0,40}\b(?:is|are|was|were|has|have|been"
        r"|now)\b(?:(?!\b(?:not|never|far from|nowhere near)\b)[^.]){0,15}"
        r"\b(?:dead|finished|ended|dropped|done with|behind (?:them|him|her)|over(?=\W*(?:$|now|and|with\W*$)))",
    ),
    cue("reconciled", "mutual", "around", r"\bno (?:issues?|problems?|beef|trouble)\b[^.]{0,30}\b(?:any ?more|any longer|now)\b"),
    cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:no (?:further|more|longer any) (?:issues?|problems?|trouble|incidents?)|no longer (?:in dispute|an issue))",
    ),
    cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:mediation|restorative|shook hands|shaken hands|squashed|buried (?:the hatchet|(?:their|any|all) (?:differences|grievances))"
        r"|(?:put|set|putting|setting|left) (?:it|this|things|everything|the past|(?:their|any|all) (?:differences|dispute"
        r"|issues)) (?:behind|aside))",
    ),
    cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:regarded as (?:finished|over)|matter is (?:closed|finished|over)|no contact (?:with|between|since)"
        r"|moved away(?![^.]*\b(?:because|due|fear|threat|scared|afraid|after being))"
        r"|no (?:more|further) (?:trouble|issues|problems|bother|bad blood))\b",
    ),
)
