"""Ways of saying a thing that stand on both sides of the second name (put him in a headlock), or need a class of words rather than one.

In their patterns • is where the second of the two is named. The first set goes before the plain cues, which would turn its meaning round; the
other is read only where the plain cues found nothing.
"""

from __future__ import annotations

from warehouse.reports.cue import Cue, cue
from warehouse.reports.vocabulary import (
    BLOWS,
    BODY,
    DAMAGED,
    DREADS,
    GAVE,
    GRIEF,
    HARM,
    INJURY,
    PROPERTY,
    SHAKEN,
    STAYED_AWAY,
    STRUCK,
    TOLD,
    WEAPON,
)

MAY = r"\b(?:is|are|will|would|may|might|could|wants?|intends?|plans?|['’]ll|had|has)\b"
HIM = r"\b(?:him|her|them|his|hers|their)\b"
SAID = r"\b(?:said|says|saying|told|tells|telling|warn\w*|promis\w*|swears?|swore|sworn|vow\w*|stat\w+)\b"
ENDS_BADLY = rf"(?:{HARM}|{STRUCK}|hospital|a box|sorted|regret\w*|pay for|sorry|dead|consequences|kick off|windows? in|finished|bother)"
BY_WHOM = r"(?:by|from|off|at the hands of|courtesy of|thanks to)\W*(?:\w+ ){0,3}•"

FIRST_TURNS: tuple[Cue, ...] = (
    # Kept for him, not meant for him.
    cue(
        "associates",
        "mutual",
        "between",
        rf"\b(?:hold|stor|mind|stash|look\w* after|supplied|bought|obtained)\w* (?:an? |the |some |two )?(?:\w+ )?{WEAPON}\w* (?:for"
        r"|on behalf of|belonging to)\W*$",
    ),
    cue(
        "reported_weapon",
        "backward",
        "through",
        rf"\b{DREADS}\b[^•.]{{0,25}}•[^.]{{0,20}}{MAY}[^.]{{0,20}}\b(?:stab|shoot|slash|knife) {HIM}",
    ),
    cue(
        "looking_for",
        "forward",
        "after",
        r"\b(?:not|n['’]t|never) (?:\w+ ){0,2}(?:scared|afraid|frightened|bothered|worried|intimidated|fazed|backing down)\b[^.]*"
        r"(?:\b(?:will|would|can|ready to|happy to|prepared to|wants? to) (?:\w+ )?(?:meet|fight|face|take"
        r"|deal|stand|do|sort|give|bring|have)"
        r"|\bany ?(?:time|where|place|day)\b|\bwhenever\b|\bwherever\b|\bbring it\b|\bcome and\b|\bknows? where)",
    ),
    cue(
        "fear",
        "backward",
        "through",
        r"\b(?:so as not to|not wanting to|in order not to|hop\w* not to)\b[^•.]{0,25}•|"
        rf"\b{DREADS}\b[^•.]{{0,25}}•[^.]{{0,30}}{MAY}[^.]{{0,40}}\b(?:{HARM}|wait\w*|follow\w*|after|out to"
        r"|look\w*|com(?:e|ing)|find|catch\w*"
        rf"|target\w*|turn|retaliat\w*|do something)\b[^.]{{0,20}}{HIM}|\bif\W*•\W*(?:sees?|saw|catch\w*|caught"
        rf"|finds?|found|gets?|got) {HIM}",
    ),
    cue(
        "reported_threat",
        "backward",
        "through",
        rf"\b(?:price|bounty|contract|money|hit)\b[^•.]{{0,12}}\bhead\b[^•.]*\b{BY_WHOM}"
        r"|\b(?:given|has|had|got)\b[^•.]{0,30}\b(?:until|till|days?|hours|weeks?)\b[^•.]{0,30}\b(?:pay|repay|find|hand|get)\b[^•.]{0,20}•"
        rf"|\b(?:receiv\w*|gets?|got|getting|had|sent)\b[^•.]{{0,50}}\b{BY_WHOM}[^.]*\b(?:watch {HIM}|{TOLD}"
        rf"|{HARM}|dead|finished|or else|snitch)\b",
    ),
    cue(
        "reported_assault",
        "mutual",
        "through",
        rf"{STRUCK}[^•]*•\W*(?:then |also )?(?:retaliat|hit back|fought back|respond)\w*|\bfirst punch\b",
    ),
    cue("reported_threat", "forward", "through", rf"{SAID}[^•]*\bif\W*(?:\w+ ){{0,2}}•[^.]*{MAY}[^.]*\b{ENDS_BADLY}"),
)

LAST_TURNS: tuple[Cue, ...] = (
    cue(
        "reported_weapon",
        "forward",
        "through",
        rf"\b(?:show|flash|lift|flick|pull|present|wav|point)\w*\b[^.]{{0,30}}•[^.]{{0,40}}\b(?:{WEAPON}|handle\b|waistband)"
        rf"|\b(?:obtain|acquir|sourc|get(?:ting)? hold|got hold|borrow)\w*\b[^•.]{{0,20}}{WEAPON}",
    ),
    cue(
        "looking_for",
        "forward",
        "through",
        r"\b(?:ask|enquir|inquir|shout|call)(?:s|ed|ing)? (?:around|about|round|out)\b[^•.]{0,25}\b(?:for|after|about|where)\b[^•.]{0,12}•"
        r"|\b(?:want\w* to know|find(?:ing)? out|tr(?:ied|ying) to establish|demand\w* to know)\b[^•.]{0,12}\bwhere\b[^•.]{0,12}•"
        r"|\b(?:drove|driv\w+|rode|rid\w+|cruis\w+|circl\w+|loiter\w*|prowl\w*|lurk\w*|sat|slow\w*)\b[^•.]{0,20}\b(?:past"
        r"|by|round|around|outside|near)\W*•['’]s"
        r"|\b(?:knock|bang|hammer)\w*\b[^•.]{0,12}\b(?:at|on|for)\W*•"
        r"|\b(?:has been|been|going|went|goes)\b[^•.]{0,25}\b(?:round|over|back) (?:to|at)\W*•['’]s[^.]*\b(?:twice"
        r"|times|again|every|demand\w*|collect\w*)"
        r"|\b(?:not forgotten|not forget|biding|keep\w* tabs on|watching|surveillance on|plott\w*)\b",
    ),
    cue(
        "looking_for",
        "forward",
        "led",
        r"\b(?:reprisal|retaliation|pay ?back|revenge|retribution)\b.*\bby\s+(?:on|against|for|towards)\W*$",
    ),
    cue(
        "looking_for",
        "backward",
        "led",
        r"\b(?:reprisal|retaliation|pay ?back|revenge|retribution)\b.*\b(?:on|against|for|towards)\s+by\W*$",
    ),
    cue(
        "fear",
        "backward",
        "through",
        rf"\b{STAYED_AWAY}[^•.]{{0,60}}\b(?:because of|due to|on account of|owing to|citing|over|thanks to|down to"
        r"|in case|as a result of)\b[^•.]{0,30}•"
        rf"|\b{STAYED_AWAY}[^•.]{{0,60}}\b(?:as|since|because|after|until|while|now|when|if|that)\W*•[^.]{{0,25}}"
        r"\b(?:released?|out|back|in the area|there|same|lives?|living|moved (?:in|back)|about|around|comes?|sees?)\b"
        rf"|\b{SHAKEN}[^•.]{{0,60}}•",
    ),
    cue("fear", "forward", "through", rf"\b(?:left|leav\w+|made|mak\w+|got|has)\W*•[^.]{{0,20}}\b{SHAKEN}"),
    cue(
        "reported_threat",
        "forward",
        "through",
        rf"\b{GAVE}\W*•\W*(?:\w+ ){{0,3}}{GRIEF}|\bin(?:to)?\W*•['’]s (?:face|ear)\b|\bma(?:k\w+|de)\W*•['’]s life\b"
        r"|\b(?:kick\w*|mouth\w*|sound\w*|go\w*|went) off (?:at|on)\W*•|\bgestur\w*\b[^•.]{0,15}\b(?:at|to|towards?)\W*•"
        r"|\b(?:gun|throat|trigger|fingers?)\b[^•.]{0,40}\b(?:at|to|towards?)\W*•|\beyeball\w*\W*•|\bstar\w+\W*•\W*(?:out|down)\b"
        r"|\b(?:glar\w+|star\w+) (?:at|out)\W*•|\blean(?:s|ed|ing|t) on\W*•|\bhassl\w+\W*•|\bbother(?:s|ed|ing)\W*•|\bpester\w*\W*•"
        r"|\bcuckoo(?:s|ing)\W*•|\b(?:take|took|taken|taking)\w*\b[^•.]{0,30}\b(?:off|from)\W*•"
        r"|\b(?:taken?|took|taking) over\W*•['’]s|\bmak\w+ (?:\w+ )?(?:demands|advances)\b"
        r"|\b(?:will|would|['’]ll|going to|gonna|wants? to|plans? to|intends? to|threat\w* to) (?:sort|do|bang"
        r"|mess|smash|knock|fill|cut|take|beat|rough|finish|duff|teach)"
        r"\W*•\W*(?:out|up|over|in|down|harm|(?:\w+ )?harm|a lesson)\b"
        rf"|{SAID}[^.]*•[^.]*\b(?:will|would|['’]ll|going to|gonna) (?:\w+ )?{HARM} {HIM}",
    ),
    cue("reported_threat", "backward", "through", rf"\bcuckoo\w*\b[^•.]{{0,20}}{BY_WHOM}|\b{GRIEF}[^•.]{{0,20}}{BY_WHOM}"),
    cue(
        "dispute",
        "mutual",
        "around",
        r"\b(?:non[- ]?assoc\w*|(?:drugs? )?debts?|on tick|going back and forth|back[- ]and[- ]forth|slanging match"
        r"|set[- ]to|barney|run[- ]ins?"
        r"|lock\w* horns|had it out|spats?|needle between|friction|no love lost|(?:cannot|can['’]?t|can not"
        r"|must not|should not|never) (?:be )?"
        r"(?:placed|located|put|sat|seated|left|housed|mix\w*|share)|do not mix|keep\w*\b.{0,30}\bapart|grudg\w*|custody (?:battle|dispute)"
        r"|counter[- ]?allegations?|on at each other|winding (?:him|her|each other) up|mov\w* in on|stitch\w* (?:him|her|them) up"
        r"|cheat\w*|slept with|sleeping with|affair with|bumped|knocked for)\b",
    ),
    cue(
        "dispute",
        "mutual",
        "through",
        r"\bcomplain\w* (?:\w+ ){0,3}about\b|\bcomplaints? (?:\w+ ){0,3}(?:about|against|from)\b|^[^•]{3,}\bnoise\b"
        r"|\b(?:robb|bump|stitch|short[- ]chang|dou?bl[e-]+cross)\w*\W*•|\bsome\w* between\b|\bbother(?:ed)? with\W*•",
    ),
    cue(
        "reported_damage",
        "forward",
        "through",
        rf"\b(?:put\w*|let\w*|kick\w*|cav\w+|do\w*|did)\W*•['’]s (?:\w+ )?(?:{PROPERTY}|tyres?) (?:in|down|through|off)\b"
        r"|\bset\w* (?:light|fire) to\b|\bset\w*\W*•['’]s (?:\w+ ){1,2}(?:on fire|alight|light)"
        rf"|\b(?:through|over|on|all over)\W*•['’]s (?:\w+ )?(?:letter ?box|{PROPERTY}|front|drive|garden|bonnet)|\b{DAMAGED}\w*\W*•['’]s",
    ),
    cue(
        "reported_damage",
        "backward",
        "through",
        rf"(?:{PROPERTY}|tyres?|\bbricks?\b|\bbins?\b|\bfire\b)[^•]*\b(?:{DAMAGED}|put|set|smash|slash|let|lit"
        r"|kick)\w*[^•]*\b(?:by|it was|suspects?|points? to|down to)"
        r"\W*(?:\w+ ){0,2}•",
    ),
    cue(
        "arranged_fight",
        "mutual",
        "around",
        r"\b(?:one[- ]?on[- ]?one|1[- ]?(?:v|on)[- ]?1|fair one|fair (?:fight|go)|meet\w* (?:up )?(?:to|for a) (?:fight|scrap)|have it out"
        r"|sort it (?:out )?(?:like men|physically|with fists))\b",
    ),
    cue(
        "reported_assault",
        "forward",
        "through",
        r"\b(?:put|had|got|held|hold\w*|ha[sd]|pinn\w*|grab\w*|took|taken|tak\w+)\W*•\W*(?:\w+ )?(?:in an? (?:\w+ )?(?:head ?lock"
        r"|choke ?hold|arm ?lock)|by the \w+"
        r"|(?:up )?against|on the (?:floor|ground|deck)|in hospital|on (?:his|her) back|to the (?:floor|ground)|out cold)"
        r"|\b(?:threw|throw\w*|knock\w*|push\w*|pull\w*|bundl\w*|wrestl\w*|launch\w*|sen[dt]\w*|tripp\w*)\W*•\W*(?:to"
        r"|down|over|out|off|into|on|onto|through|against"
        r"|unconscious|flying)\b"
        r"|\b(?:rough\w*|beat\w*|bang\w*|cut\w*|mess\w*|do(?:ne|es|ing)?|did|fill\w*|smash\w*|duff\w*|turn\w*)\W*•\W*(?:up"
        r"|over|in|about|out)\b"
        r"|\b(?:take|took|taken|taking|had|have|has|having|throw\w*|threw|swung|swing\w*|aim\w*|land\w*)\b[^•.]{0,20}\b(?:pop"
        r"|swing|swipe|go|punch\w*|kicks?|dig|blows?|bite)"
        r"\b[^•.]{0,10}\b(?:at|on|to|with|out of)\W*•|\b(?:lash|hit)\w* out at\W*•|\blaid (?:hands|a hand) on\W*•"
        rf"|\b{BLOWS}\w*\W+(?:\w+ )?•"
        rf"|\b(?:broke|fractur|smash|burst|split|black|scratch|pull|twist|stood on|punch|kick)\w*\W*•['’]s (?:\w+ )?{BODY}"
        r"|\bset\w* (?:his|her|a|the) \w+ (?:on|onto)\W*•",
    ),
    cue(
        "reported_assault",
        "backward",
        "through",
        rf"{INJURY}[^•]*\b(?:{BY_WHOM}|(?:it was|is down to|was down to|caused by|attribut\w* to|puts? (?:it )?down to"
        r"|blam\w+|nam\w+|point\w* (?:to|at))\W*(?:\w+ ){0,3}•)"
        rf"|{INJURY}[^•]*•[^.]{{0,25}}\b(?:did|done|caused|inflicted|responsible|to blame|behind)\b"
        rf"|\b(?:had|having|got) (?:his|her|their|an?|two|three|four|some) (?:\w+ )?{BODY}[^•.]{{0,30}}\bby\W*(?:\w+ )?•"
        rf"|\b(?:was|were|been|being|got|getting)\b[^•.]{{0,15}}\b{BLOWS}\w*[^•.]{{0,40}}\b{BY_WHOM}"
        r"|\b(?:beating|hiding|kicking|pasting|slap\w*|battering|shoeing|filling in|smack\w*|hammering|going over"
        rf"|lump\w*|punch\w*|kick\w*)\b[^•.]{{0,30}}\b{BY_WHOM}",
    ),
    cue(
        "reported_assault",
        "mutual",
        "around",
        r"\b(?:(?:throwing|exchang\w*|trad\w*|swapp\w*) (?:punches|blows)|blows were exchanged|rolling (?:around"
        r"|about)|grappl\w*|going at it|went at it|toe to toe"
        r"|at it again|laying into each other|swinging at each other|fist ?fight|punch[- ]?up|fisticuffs|scrapping"
        r"|it (?:got|turned) physical)\b",
    ),
    cue(
        "online_insult",
        "forward",
        "through",
        r"\b(?:call\w*|label\w*|brand\w*)\W*(?:•|him|her|them)?\W*(?:as )?(?:an? )?(?:\w+ )?(?:snitch|grass"
        r"|rat|nonce|coward|pussy|pa?edo\w*|slag|wrong ?'?un)\b"
        r"|\b(?:fake|parody|hate|anonymous) (?:account|profile|page)s?\b|\b(?:post|upload|shar|snap|live|put"
        r"|comment|wr[io]te?)\w*\b[^.]{0,50}\b(?:emojis?|rip)\b"
        r"|\b(?:send\w*|sent|sends) for\W*•|\bmade? (?:fun|a fool) of\b|\bmak\w+ (?:fun|a fool) of\b|\bhumiliat\w*"
        r"|\blaugh\w* at\W*•|\bname[- ]call\w*",
    ),
)
