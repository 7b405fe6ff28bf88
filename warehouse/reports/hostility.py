"""What is read last, where no plain cue says anything: words that show ill will, who keeps out of whose way, and who was set on whom."""

from __future__ import annotations

import re

from warehouse.reports.cue import Cue, cue
from warehouse.reports.vocabulary import BODY, HARM, STRUCK, THREW

# Words of ill will between two people, none of which is used of what two people do together to somebody else.
ANGER = (
    r"(?:ang(?:ry|er)|fuming|livid|furious|rage|raging|irate|aggress\w*|hostil\w*|seeth\w*|resent\w*|bitter(?:ly"
    r"|ness)?|hat(?:e|es|ed|red)\b|loath\w*|malicious\w*|spite\w*"
    r"|vindictive|nast(?:y|ily)|abusive|offensive|confrontation\w*|disrespect\w*|volatile|wound up|riled"
    r"|incensed|vexed|jealous\w*|envious|grievanc\w*|aggriev\w*|grudg\w*|vendetta|enmity|antipathy|contempt"
    r"|scorn\w*|detest\w*|despis\w*|hostilit\w*|wrath|menacing\w*|vengeful|displeas\w*|enraged|infuriat\w*"
    r"|irritat\w*|annoy\w*|aggrav\w*|agitat\w*|outrag\w*|exasperat\w*|offended|bad (?:books|terms)|wrong side of"
    r"|problem with|issues? with|beef\w*)"
)
UNKIND = (
    r"(?:blackmail\w*|extort\w*|dar(?:ed|ing)\b|wind\w* (?:\w+ )?up|provok\w*|antagoni\w*|goad\w*|belittl\w*"
    r"|mocking|ridicul\w*|sneer\w*|swear\w*|swore|insult\w*|slur\w*|racis\w*"
    r"|homophobic|names?[- ]call\w*|call\w* (?:him|her) names|deliberately|on purpose|nuisance|snatch\w*"
    r"|scam\w*|conned|tricked|double[- ]cross\w*|betray\w*|backstab\w*|blank(?:ed|s|ing)\b"
    r"|sabotag\w*|picking fights|start(?:ed|ing|s)? on|pick\w* a fight|broke into|trash\w*|humiliat\w*"
    r"|degrad\w*|ostraci\w*|exclud\w+ (?:him|her) from|gang\w* up|intrusive|unwanted|pester\w*"
    r"|nicked|stealing from|turn\w* (?:\w+ )?against|lies about|bad[- ]mouth\w*|rumours?|gossip\w*|stalk\w*"
    r"|spy\w*|filming|comments about|moan\w* about|fed up with|sick of|had enough"
    r"|re-?up|laid on|lay[- ]on|work\w* off|not paid|short on|unpaid|let (?:it|this|that|things) (?:slide"
    r"|go|lie)|evict\w*|run out of|forced out|driven out|hound\w*|victimi[sz]\w*|persecut\w*|scapegoat\w*"
    r"|undermin\w*|badger(?:ed|ing)\b|needl(?:ed|ing)|nag(?:s|ged|ging)\b|boo(?:ed|ing)|jeer\w*|heckl\w*"
    r"|squabbl\w*|bicker\w*|wrangl\w*|quarrel\w*|argu(?:e|es|ed|ing)\b|disagree\w*|confront\w*|challeng\w*"
    r"|cross(?:ed)? words|retort\w*|slander\w*|defam\w*|smear\w*|discredit\w*|trespass\w*|encroach\w*|obstruct\w*"
    r"|obsess\w*|fixat\w*|infatuat\w*|leer\w*|grop\w*|touch\w* (?:him|her) (?:in)?appropriately|coerc\w*"
    r"|control(?:s|led|ling)\b|manipulat\w*|exploit\w*|groom(?:s|ed|ing)\b|defraud\w*|swindl\w*|fleec\w*"
    r"|short[- ]chang\w*|helped (?:him|her)self|drove (?:him|her|them) out)"
)
DOOM = (
    r"(?:borrowed time|on (?:a|the) (?:hit )?list|marked man|fair game|in (?:his|her|their) sights|in for it"
    r"|for the (?:high jump|chop)|got (?:it|this) coming|not (?:getting|get) away with|not let (?:it|this"
    r"|that)|slipping|lacking|on (?:road|sight)|do time for|swing for|bury|end (?:him|her)|smoke (?:him"
    r"|her)|spin (?:him|her|the block)|slid(?:e|ing) (?:on|for)|ride out|get what(?:['’]s| is)|end up in"
    r"|wiped? out|take (?:him|her) out|make an example|example of|slit|cut (?:him|her)|break (?:his|her)"
    r"|knock (?:him|her)|rip (?:his|her)|dead man|dead meat|time (?:is|will be|was) (?:com\w+|up)|days are numbered"
    r"|better not|had better|better watch|regret|(?:his|her|their) face (?:round|in|around)"
    r"|see what happens|find out what|knows? what time|responsible for (?:his|her) actions|come outside"
    r"|come out\b|step out|what(?:['’]s| is| was) coming|not finished with|deal with|pay for (?:it|what)"
    r"|not safe|done for|on (?:his|her) toes|catch (?:him|her)|when (?:he|she) sees? (?:him|her)|next time"
    r"|wait till|wait until|life (?:a misery|hell))"
)
PEOPLE_SENT = (
    r"\b(?:urg\w*|egg\w*|encourag\w*|incit\w*|paid|pay\w*|ask\w*|tell\w*|told|sent|send\w*|l(?:in|o)\w*[- ]up"
    r"|recruit\w*|arrang\w*|organis\w*|gather\w*|round\w* up|got|get\w*)\b"
)
SET_APART = (
    r"(?:opposite (?:ends|sides)|(?:separate|different) (?:wings?|class\w*|vans?|cells?|transport|rooms?"
    r"|entrances?|times|appointments|sessions|days|units?|sides|areas?)|(?:keep|kept|stay\w*) (?:well )?(?:apart"
    r"|away|clear)"
    r"|(?:not|never) (?:to )?(?:go|come|be|get|sit|travel|walk)\w* (?:\w+ )?(?:near|together|alone)|out of each other['’]s way"
    r"|no[- ]contact|conflict of|pulled off|moved? away from each other"
    r"|(?:swap\w*|exchang\w*|trad\w*|hurl\w*) (?:insults|abuse|words|messages)|at (?:each other|one another)\b"
    r"|(?:setting|set) about each other|nose to nose|head to head|face to face off|squar\w* off|grievance"
    r"|hostilit\w*|ill[- ]feeling|acrimon\w*|antagonis\w*|animus|hatred|quarrel\w*|squabbl\w*|bicker\w*"
    r"|goad\w*|shov(?:e|ed|ing)|fall(?:ing)? foul|rift|split between|tit[- ]for[- ]tat|turf war|score[- ]settling"
    r"|power struggle|rivalr\w*|contretemps|fracas|melee|tussle|skirmish|flare[- ]?up|blow[- ]?up|bust[- ]?up"
    r"|kick[- ]?off|stare[- ]?(?:off|out))"
)

ILL_WILL: tuple[Cue, ...] = (
    cue(
        "fear",
        "backward",
        "against",
        r"\b(?:ask|request|want|beg|plead|appl|tr)\w*\b[^•.]{0,12}\b(?:mov\w*|chang\w*|transfer\w*|swap\w*"
        r"|leav\w*|get away|released early|escort\w*|separated)\b[^•.]{0,30}•"
        r"|\b(?:no longer|never|not|stopped|avoids?)\b (?:\w+ )?(?:walk\w*|go\w*|us\w+|tak\w*|gets?|getting"
        r"|com\w*|pass\w*|play\w*|cycl\w*)\b[^•.]{0,40}\b(?:past|near|by|through|along|round|around|outside"
        r"|where)\W*•"
        r"|\b(?:cannot|can['’]?t|unable|unwilling|too \w+) (?:to )?(?:\w+ )?(?:go|come|be|attend|leave|walk"
        r"|return|sleep|stay)\b[^•.]{0,40}\b(?:because|as|since|while|until|with|due)\b[^•.]{0,12}•"
        r"|\bstay\w* (?:\w+ )?(?:away|clear) (?:from|of)\W*•|\bgo\w* (?:out of (?:his|her) way|the long way)\b",
    ),
    cue(
        "reported_threat",
        "forward",
        "against",
        rf"{PEOPLE_SENT}[^•.]{{0,50}}\bto (?:\w+ )?(?:{HARM}|{STRUCK}|deal with|do over|see to|go after|sort out"
        r"|visit|frighten|scare|collect)\w*\W*•"
        rf"|\b(?:mak\w+|made)\W*•\W*(?:pay|suffer|sorry|regret|life)\b|•[^.]*\b{DOOM}\b|\b{DOOM}\W*•|\bto (?:do over|deal with|see to)\W*•",
    ),
    cue(
        "reported_threat",
        "backward",
        "against",
        r"\b(?:run|driven|forced|chased|hounded|bullied|thrown|kicked) (?:out|off|away)\b[^•.]{0,40}\bby\W*•"
        r"|\b(?:forced|made|ordered) (?:by\W*•|to\b[^•.]{0,50}\b(?:by|for)\W*•)",
    ),
    cue(
        "reported_threat",
        "backward",
        "against",
        r"\b(?:at|in) (?:\w+ )?(?:risk|danger)\b[^•]{0,80}•|\b(?:unsafe|not (?:be |feel )?safe|safety)\b[^•]{0,60}•",
    ),
    cue(
        "reported_assault",
        "forward",
        "against",
        rf"\b{THREW}\b[^•.]{{0,25}}\bat\W*•|\b(?:run|ran|knock\w*|push\w*|pull\w*|forc\w*)\W*•\W*(?:off|over|under|into)\b",
    ),
    cue(
        "looking_for",
        "forward",
        "against",
        r"\b(?:laid|lying|lay|lies|lie) in wait\b|\b(?:stak\w+|scop\w+) out\b|\b(?:shadow|tail|trail|track)(?:ed|ing|s)\W*•",
    ),
    cue(
        "reported_assault",
        "backward",
        "against",
        r"\b(?:when|as|after|because)\W*•\W*(?:had |then )?(?:lung|swung|rush|charg|flew|went for|launch)\w*",
    ),
    cue(
        "reported_damage",
        "forward",
        "against",
        r"\b(?:tore|tear\w*|torn|ripp\w*|cut\w*|slic\w*|snapp\w*|kick\w*|pull\w*|knock\w*|chopp\w*|demolish\w*"
        r"|destroy\w*|broke|break\w*|wreck\w*|smash\w*|deface\w*|flood\w*|poison\w*)\b"
        rf"(?:\W+(?:down|up|apart|out|off|over|into))?\W*•['’]s (?!{BODY})(?!head|hijab|turban)",
    ),
    cue(
        "reported_assault",
        "forward",
        "against",
        r"\b(?:pull|yank|ripp?|snatch|grab|tug|tore)\w*\W*•['’]s (?:\w+ ){0,2}(?:off|from|hair|head\w*|hijab"
        r"|turban)\b|^[^•]*\blung\w+ (?:at|across|towards|over)\b",
    ),
    cue(
        "dispute",
        "mutual",
        "against",
        r"\brefus\w* to (?:\w+ )?(?:travel|sit|work|share|be|go|stand|play|speak|talk|engage|attend|live)\b[^•.]{0,40}\b(?:with"
        r"|near|to|beside|alongside)\W*•"
        r"|\b(?:wants?|have|has|having) nothing (?:more |further )?to do with\W*•|\b(?:the hump|a beef|an axe to grind"
        r"|a score|a go|the needle|a problem|an issue) with\W*•|\back down (?:to|from)\W*•"
        r"|\b(?:despite|after) being (?:blocked|asked not to|told not to)|\b(?:would|will|does)(?: not|n['’]t) (?:stop"
        r"|leave off|quit) \w+ing\b"
        r"|•[^.]*\b(?:talk\w*|speak\w*|spoke|gone|going|went) to (?:the )?(?:police|feds|old bill|cops)\b",
    ),
    cue("dispute", "mutual", "against", rf"\b(?:{ANGER}|{UNKIND})\b"),
)
# The only ones that two people named with `and` between them are read by.
EACH_OTHER: tuple[Cue, ...] = (cue("dispute", "mutual", "around", rf"\b{SET_APART}\b"),)
# Who is of help to somebody, or does a thing together with them, bears them no ill will for the rest of the words.
OF_HELP = re.compile(
    r"\b(?:comfort|support|help|protect|defend|rescu|console|sat with|stuck up for|stood up for|step(?:s"
    r"|ped) in|look(?:s|ed)? after|treat|visit|accompan|tak\w+ care|took care|warn\w* off|alongside"
    r"|talked[^.]{0,8}out of|broke up|witness|call\w* (?:an ambulance|999)|met|saw|seen)\w*|\b(?:and|together"
    r"|(?:was|were|is|are|been|seen|out|arrested|stopped|present|along|company|there|home|car|vehicle|street"
    r"|town|park) with)\W*$",
    re.IGNORECASE,
)
