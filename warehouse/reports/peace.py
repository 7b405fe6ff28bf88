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
        r"|support|confirm|believe|link|connect|implicate)|(?:held|found) to (?:link|connect|implicate)|that"
        r"|of)\b|\b(?:not|n['’]t) (?:believed|thought|considered|felt|the case) (?:that|to)\b"
        rf"|\b{SAID_OF_IT}\b[^.]*\b(?:is|are|was|were|be|been|proved|proven|turned out)\s+(?:to be )?(?:\w+ )?(?:false|untrue"
        rf"|not true|wrong|baseless|a lie|lies|a hoax"
        r"|nonsense|discredited|disproved|disproven|discounted|unsubstantiated)\b|\b(?:ruled out|disproved|disproven|discounted"
        r"|cleared (?:\w+ ){0,3}of|acquitted|not guilty|not (?:to )?link(?:ed)? to|nothing (?:to )?link\w*|eliminated from)\b"
        r"|\bit (?:was|is)(?: not|n['’]t)\s+who\b|\bno (?:\w+ )?(?:interest in|malice|resentment|animosity"
        r"|bad feeling|bad blood|grudge|quarrel|ill[- ]will|hard feelings)\b",
    ),
    cue(
        "denied",
        "mutual",
        "around",
        r"\bno (?:truth|substance|evidence|basis)\b|\bnothing (?:in (?:it|this|that|the)|untoward|came of)\b"
        r"|\bnot (?:borne out|credible|corroborated)\b|\bno credib\w+|\b(?:un)?founded rumou?r|\bunfounded"
        r"|\bbaseless|\bmistaken\b(?!\W+(?:\w+ )?for\b)",
    ),
    cue(
        "denied",
        "mutual",
        "around",
        r"\b(?:denie[sd]|not true|untrue|incorrect|malicious(?:ly)? report|made[- ]up (?:story|rumou?r)"
        r"|retract\w*|(?:withdrew|withdrawn|dropped|drops) (?:the|his|her|their|an|all) (?:allegations?|statement|complaint"
        r"|accusations?|claims?)|(?:played|had|took) no part"
        r"|(?:wrongly|mistakenly|incorrectly) \w+|mistaken identity|(?:has|have|had) nothing against|never (?:touched|hit|hurt|threatened|laid"
        r"|lays) a (?:finger|hand)|did(?: not|n['’]t) happen|never happened|fabricat\w*|made it up|falsely|nothing to do with"
        r"|no intention (?:of|to)"
        r"|contrary to rumou?rs?|not support\w* by (?:cctv|the footage)|(?:all|just|simply|only) a (?:misunderstanding"
        r"|joke|mix[- ]up|wind[- ]up)|case of mistaken|hearsay only|nowhere near (?:when|at the time)|elsewhere (?:when"
        r"|at the time)|alibi|could not have (?:been|done)|(?:could not|could(?: not|n['’]t)) care less"
        r"|wrong person|(?:in custody|in prison|abroad|on holiday|in hospital|at work|in school) (?:at the time"
        r"|when)|(?:made up|invent\w*|concoct\w*|exaggerat\w*|fabricat\w*) (?:the|a|this|that|his|her) (?:story"
        r"|stories|allegations?|account|claims?|whole thing|complaint|report))\b",
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
        r"|made (?:up(?! (?:\w+ )?(?:lies|stor(?:y|ies)|rumou?rs?|allegations?|things))|(?:his |her |their )?peace)"
        r"|friends again|apologi[sz]\w*|apology|truce"
        r"|settled(?! (?:in|into|down|at|near)\b)"
        r"|patched (?:it|things) up"
        r"|forgiv(?:en|es|e)|forgave|said sorry|say(?:ing)? sorry|clear(?:ed|ing) (?:things|it|everything) up|just banter"
        r"|(?:agreed|decided) to (?:move on|leave|stay (?:away|out)|keep away"
        r"|draw a line|end)"
        r"|(?:(?:is|are|has|have|being|been) )?done with (?:the|it|all|this|their|his|her) ?(?:feud|beef|dispute|trouble)?"
        r"|moved on|drawn a line under|drew a line under"
        r"|cleared the air|used to be (?:rivals|enemies|in dispute|at odds)|(?:is|are|was|were|has been|have been|now) (?:all )?sorted\b"
        r"|now getting (?:on|along)|getting (?:on|along)(?: \w+)? (?:now|again)"
        r"|(?:now|made|become|became) (?:good |close |best )?(?:friends|mates)|on friendly terms|made amends|ended (?:the|their"
        r"|his|her|this) (?:\w+ )?(?:feud|dispute|beef|war|row|quarrel|argument)|hugged|getting on (?:well|better|fine)"
        r"|(?:is|are) (?:all )?(?:cool|fine|good|okay|ok)(?: \w+)? now|all is (?:well|good|fine)|dropped (?:the|his|her"
        r"|their) (?:threats?|beef|grudge|issue)|peace (?:has been|between|was made)"
        r"|sorted (?:it|things|this|everything|their differences) out|(?:sorted|settled|resolved) (?:it|this"
        r"|things|matters) (?:between|among)\w*|sorted out (?:their|the|any)|called it quits|put to bed"
        r"|(?:things|it|tempers) (?:have |has )?(?:all )?(?:calmed|cooled|blown over)|(?:died|calmed|cooled) down"
        r"|are (?:now )?cool (?:now|again|with)"
        r"|no longer an? (?:problem|threat)|water under the bridge"
        r"|bygones|ironed (?:it|things|everything|out)|smoothed (?:it|things|over|everything)|slate clean|mend\w* (?:fences"
        r"|bridges)|blown over|blew over|died a death|kissed and made up"
        r"|(?:talking|speaking|mates|friends|pals|ok|okay|fine|cool|civil|amicable) (?:again|now|once more"
        r"|these days)|(?:on|to) (?:civil|amicable) terms|amicabl\w+"
        r"|(?:gets?|got|get) on (?:well|fine|ok|okay|great) (?:now|again|these days)|in the past now|all in the past"
        r"|(?:left|leave) it in the past|let it go|no longer (?:bothered|worried|concerned|scared|afraid|frightened)"
        r"|come to an (?:agreement|understanding)|came to an (?:agreement|understanding)|reached an (?:agreement"
        r"|understanding)|agreed to disagree|got past it|over it now|paid (?:off|back|in full)|debt (?:is|has been"
        r"|was) (?:now )?(?:paid|cleared|settled|written off)"
        r"|back (?:together )?(?:as )?(?:friends|mates)|on (?:good|speaking|friendly|better) terms again|back on (?:good"
        r"|speaking|friendly) terms|no longer (?:looking|after"
        r"|want\w*))\b",
    ),
    cue(
        "reconciled",
        "mutual",
        "around",
        r"\b(?:beef|feud|dispute|argument|issues?|matter|row|trouble|it|things?)\b[^.]{0,40}\b(?:is|are|was|were|has|have|been"
        r"|now)\b(?:(?!\b(?:not|never|far from|nowhere near)\b)[^.]){0,15}"
        r"\b(?:dead|finished|ended|dropped|done with|behind (?:them|him|her)|over(?=\W*(?:$|now|and|with\W*$"
        r"|in (?:minutes|seconds|moments|no time)|within|quickly|almost)))",
    ),
    cue(
        "reconciled",
        "mutual",
        "around",
        # What was once, and what is now: used to bully him but they sit together these days.
        r"\b(?:used to|were|was|had|previously|in the past|last year|year \d+|historic\w*|once|formerly)\b[^.]*(?:\bbut\b"
        r"|;|,|\band\b|\balthough\b)[^.]*"
        r"(?:\b(?:now|these days|nowadays|today)\b[^.]*\b(?:together|friends?|fine|well|ok|okay|happily|without|sit|share|play|get along)\b"
        r"|\b(?:together|friends?|fine|well|ok|okay|happily)\b[^.]{0,25}\b(?:now|these days|nowadays|again)\b)"
        r"|\bno (?:\w+ )?(?:concerns?|incidents?|issues?|problems?|repeat|trouble|contact|disputes?)\b[^.]{0,25}\b(?:since"
        r"|to date|thereafter|for (?:over|more|\w+ (?:weeks|months|years)))\b"
        r"|\b(?:same|share[sd]?|sharing|together)\b[^.]*\bwithout (?:any |a )?(?:problems?|incidents?|issues?|trouble)\b"
        r"|\b(?:fizzled|petered|burn(?:t|ed) itself) out\b|\bcome to nothing\b|\bcame to nothing\b|\bsimmered down\b"
        r"|\b(?:cleared|settled|repaid|paid|written off)\b(?! to\b)[^.]{0,12}\bdebt\b(?! (?:to be|under))"
        r"|\b(?:moved|got|gotten|gone|come) (?:on|past|beyond)(?: from)? (?:it|this|that|things|all that|their)\b"
        r"|\b(?:lift|remov|rescind|revok|withdr[ae]w|end)\w*\b[^.]{0,15}\b(?:keep[- ]aparts?|non[- ]assoc\w*"
        r"|markers?|restrictions?|separation|stay away)\b|\b(?:bump\w* fists|fist[- ]?bump\w*|high[- ]?fiv\w*"
        r"|embrac\w*|hugged|shared a joke|laughing together|joking together)\b|\bforgotten (?:all )?about\b"
        r"|\b(?:is|are|was|now) (?:all |long |best )?forgotten\b|\b(?:feel\w*|felt|is|now) (?:quite |perfectly "
        r"|now |much )?safe(?:r)? (?:around|with|near|again)\b|\bget on with their lives\b|\b(?:bury|burying"
        r"|bur(?:y|ied)) the hatchet\b|\bno longer (?:seen|regarded|considered|viewed|thought|sees?|regards?|considers?|poses?|feels?)\b|\b(?:fully"
        r"|long since|now) (?:recover\w*|over|behind)\b|\b(?:peaceful\w*|harmon\w+|cordial\w*|rapprochement"
        r"|conciliat\w*|pacif\w*|appeas\w*)\b|\bnothing outstanding\b|\bsh(?:ook|aken|ake) (?:his|her|their"
        r"|each other['’]s)?\W*(?:['’]s )?hands?\b|\blaughed (?:it )?off\b|\b(?:it|that) is (?:all )?done\b",
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
