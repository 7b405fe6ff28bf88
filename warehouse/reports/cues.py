"""The words by which a report says what is between two people, as a list that a reader can check line by line."""

from __future__ import annotations

from warehouse.reports.cue import Cue, cue
from warehouse.reports.hostility import EACH_OTHER, ILL_WILL
from warehouse.reports.peace import PEACE
from warehouse.reports.turns import FIRST_TURNS, LAST_TURNS
from warehouse.reports.vocabulary import HARM, OF_WHOM, PROPERTY, STRUCK, TOLD, WEAPON

# A cue further up wins. The first take a dispute back, the next are adverse from worst to mildest, the last are ties.
CUES: tuple[Cue, ...] = (
    *PEACE,
    *FIRST_TURNS,
    cue(
        "reported_weapon",
        "backward",
        "between",
        rf"\b(?:was|were|been|being|got)\b[^.]{{0,30}}\b(?:{TOLD}|{STRUCK})[^.]{{0,40}}{WEAPON}[^.]{{0,20}}\bby\b",
    ),
    cue(
        "reported_weapon", "backward", "between", r"\b(?:was|were|been|got)\b[^.]{0,30}\b(?:stab|shot|slash|knif|shank)\w*[^.]{0,40}\bby\b"
    ),
    cue(
        "reported_weapon",
        "forward",
        "after",
        rf"\b(?:will|would|going to|wants? to|plans? to|threat\w* to)\b[^.]{{0,25}}\b(?:be )?{WEAPON}",
    ),
    cue(
        "reported_weapon",
        "forward",
        "between",
        rf"\b(?:carr\w*|hid\w*|hold\w*|pull\w*|drew|produc\w*|brandish\w*|wav\w*|point\w*|got|has|have|asked|want\w*|bought|buy\w*|seen"
        rf"|armed)\b[^.]{{0,60}}{WEAPON}",
    ),
    cue("reported_weapon", "backward", "between", rf"{WEAPON}[^.]{{0,30}}\b(?:by|from)\W*$"),
    cue(
        "reported_weapon",
        "backward",
        "after",
        rf"\b(?:ran|runn\w+|run|fled|flee\w*|escap\w*|chased)\b[^.]{{0,30}}\b(?:by|from)\b[^.]{{0,20}}\b(?:had|with|holding"
        rf"|carrying)\b[^.]{{0,20}}{WEAPON}",
    ),
    cue(
        "reported_weapon",
        "forward",
        "after",
        rf"\b(?:went|go(?:es|ing)?|came|come|coming|came|swung|lung\w+|chas\w+|attack\w*|hit\b|struck|assault\w*|threaten\w*"
        rf"|beat\w*|slash\w*)\b[^.]{{0,40}}\bwith (?:an? |the |his |her )?(?:\w+ )?{WEAPON}",
    ),
    cue(
        "reported_weapon",
        "forward",
        "between",
        rf"\b(?:keep\w*|kept|hides?|hid)\b[^.]{{0,20}}{WEAPON}[^.]{{0,30}}\b(?:in case|for|ready)\b",
    ),
    cue(
        "reported_weapon",
        "forward",
        "after",
        r"\b(?:armed with|wielding|brandishing|(?:turned up|attended|arrived|came|went|showed up|waiting"
        r"|seen)\b[^.]{0,60}\b(?:with|carrying|holding))"
        rf" (?:an? )?(?:\w+ )?{WEAPON}",
    ),
    cue("reported_weapon", "forward", "between", r"\barmed (?:him|her)self\b"),
    cue(
        "reported_weapon",
        "forward",
        "between",
        r"\b(?:threw|throw\w*|chuck\w*|squirt\w*|pour\w*)\b[^.]{0,30}\b(?:acid|(?:hot|boiling|sugar) water|kettle|ammonia"
        r"|corrosive|petrol)\b",
    ),
    cue("reported_weapon", "forward", "after", rf"\b(?:outside|past|waiting (?:at|by|near|for)|turned up)\b[^.]{{0,80}}\b{WEAPON}"),
    cue("reported_weapon", "mutual", "around", rf"\bboth\b[^.]{{0,80}}\b(?:carry\w*|armed)\b[^.]{{0,25}}{WEAPON}"),
    cue(
        "reported_weapon", "forward", "between", r"\b(?:is|are|now|been|started) carrying (?:for|because of|on account of)\b|\btooled up\b"
    ),
    cue("reported_weapon", "forward", "between", r"\bnot (?:afraid|scared|frightened) to (?:stab|shoot|cut|slash|use)\b"),
    cue(
        "reported_weapon",
        "forward",
        "between",
        rf"{WEAPON}[^.]{{0,60}}\b(?:for|because of|against|protection|mention\w*|naming|to use on)\b",
    ),
    cue(
        "looking_for",
        "forward",
        "between",
        r"\b(?:looking|searching|hunting|out) for\b|(?:\b(?:is|are|was|were|be|been|being|still|now|him|also|going|gone|goes"
        r"|went|come|coming|came)|n['’]t|^)\W*after\W*$|\bafter him\b|\b(?:out to get|gunning for|come for|coming for"
        r"|asking (?:around )?(?:for|after|where)|hunt\w* (?:down|for)|out for)\W*$|\b(?:trying|tried|tries|attempt\w*"
        r"|want\w*) to (?:find|trace|locate|track|get hold of|get to|get at|fight)\b"
        r"|\b(?:track\w*|hunt\w*|chas\w*) (?:\w+ )?down\b|\b(?:actively |been )(?:seeking|tracking|hunting)\W*$|\bcan (?:find"
        r"|locate|tell \w+ where)\b|\b(?:ly|wait|lay)\w*(?: in)? wait\w*\b|\bwaiting (?:outside|for)\b|\bcircling\b"
        r"|\b(?:hanging|hang|waited|waiting|parked|seen|loiter\w*|driving|turn\w* up|watching) (?:\w+ ){0,3}(?:outside|past"
        r"|near|at)\b(?: the (?:home|house|address|flat|school|work\w*) of)?\W*$",
    ),
    cue(
        "looking_for",
        "forward",
        "after",
        r"\bon sight\b|\bwants?\W+(?:to be )?(?:hurt|dead|killed|done|sorted|beaten|stabbed|in hospital)\b"
        r"|\b(?:wants?|going|gonna|intends?|plans?|planning|vow\w*|swor\w*|will|would) (?:to )?do\s+(?:in|over)\b"
        r"|\bask\w* where\b.*\b(?:liv|is|stay)\w*",
    ),
    cue(
        "looking_for",
        "forward",
        "after",
        r"\bneeds? (?:dealing with|sorting(?: out)?|teaching|to be (?:dealt with|sorted|taught))\b"
        r"|\bturned up (?:at|outside)\b.*\b(?:shouting|demanding|looking for|threat\w*|kick\w*|bang\w*|removed)\b"
        r"|\bwants?\b[^.]{0,8}\b(?:scalp|head|blood)\b|\bsettle (?:things|it|this|matters|the score|scores?)\b",
    ),
    cue(
        "looking_for",
        "forward",
        "between",
        r"\b(?:has|have|had|having|got) it in for\W*$|\bbaying for\W*$|\babout getting\W*$|\bhad enough of\W*$",
    ),
    cue("looking_for", "forward", "between", rf"\b(?:intends?|intending|plans?|planning|wants?|going|vow\w*|swor\w*) (?:on |to )?{HARM}"),
    cue(
        "fear",
        "backward",
        "between",
        r"\b(?:fear(?:s|ing|ful of)?|afraid of|scared of|worried about|expect\w*)\b[^.]{0,30}\b(?:reprisals?|revenge"
        r"|retaliation|attack\w*|being)\b",
    ),
    cue(
        "looking_for",
        "forward",
        "after",
        r"\b(?:reveng\w*|retaliat\w*|retribution|vengeance|pay ?back|get(?:ting)? (?:even|his own back|her own back)"
        r"|scores? to settle|reprisal\w*)",
    ),
    cue(
        "fear",
        "backward",
        "after",
        r"\b(?:believes?|thinks?|fears?|worried|scared|afraid)\b[^.]{0,25}\b(?:will|would|is going to)\b[^.]{0,20}\b(?:come for|get|hurt"
        r"|find|attack|kill) (?:him|her|them)",
    ),
    cue(
        "looking_for",
        "backward",
        "between",
        r"\b(?:looked for|sought|wanted|targeted|hunted|tracked|being followed|being chased)\b[^.]{0,20}\bby\b",
    ),
    cue("looking_for", "forward", "between", r"\b(?:believes?|blames?|holds?(?! no\b)|suspects?)\b[^.]{0,40}$"),
    cue(
        "reported_threat",
        "backward",
        "between",
        rf"\b(?:was|were|been|being|is|gets?|got)\b[^.]{{0,20}}\b{TOLD}[^.]{{0,50}}\bby\b|\bthreats? (?:\w+ ){{0,3}}(?:from"
        rf"|off)\b|\b(?:at|in) (?:\w+ )?(?:risk|danger)\b[^.]{{0,40}}\bfrom\b"
        r"|\bthreats? (?:to|against|on)\b[^.]{0,30}\b(?:from|by)\W*$",
    ),
    cue(
        "reported_threat",
        "forward",
        "between",
        r"\b(?:said|says|saying|told|tells|telling|boast\w*|promis\w*|claim\w*)\b[^.]{0,40}\b(?:kill|hurt|batter"
        r"|smash|get|burn|shoot|bury|finish|end"
        r"|do in)\W*$",
    ),
    cue("reported_threat", "backward", "between", rf"^\W*(?:\([^)]*\)\W*)?(?:\w+ly )?{TOLD}[^.]{{0,50}}\bby\W*$"),
    cue("dispute", "mutual", "between", r"\b(?:warned|told) to (?:stay away|keep away|stop contact\w*)\b"),
    cue("reported_threat", "forward", "between", rf"\b{TOLD}\b|\b(?:a|an|poses?|posed|posing) (?:\w+ ){{0,3}}(?:risk|danger) to\b"),
    cue("reported_threat", "backward", "led", r"\b(?:risk|danger)\b[^.]*\bto\s+from\W*$"),
    cue(
        "reported_threat",
        "backward",
        "led",
        r"\bthreats?\b[^.]*(?:\b(?:made|sent|issued) by|\b(?:to|against|on)\s+(?:were |was )?(?:\w+ )?(?:from|by))\W*$",
    ),
    cue("reported_threat", "forward", "led", r"\bthreats?\b[^.]*\b(?:from|by)\s+(?:to|against|towards|on)\W*$"),
    cue("reported_threat", "forward", "between", rf"\b(?:will|would|gonna|going to) {HARM}\W*$"),
    cue(
        "reported_threat",
        "forward",
        "after",
        r"\b(?:would|will|going to|gonna) (?:put|get|have)\b.{0,6}\b(?:in (?:a )?hospital|done)\b|\b(?:is|are) (?:going to get"
        r"|gonna get) done\b"
        r"|\bhe is dead\b|\bshe is dead\b",
    ),
    cue(
        "reported_threat",
        "forward",
        "after",
        r"\b(?:going to get (?:it|him|her|them)|is (?:dead|finished)|watch (?:his|her|their) back|watch (?:him|her|them)sel(?:f"
        r"|ves)|bounty|contract out|price on"
        r"|needs? a (?:slap|kicking|lesson)|should watch|or else|(?:price|money) on\b.{0,8}\bhead|wants?\s+(?:off|out of) the"
        r"|told\s+to (?:leave (?:town|the)|get out|move)"
        r"|(?:not|n['’]t) (?:stop|rest) until\b"
        r"|will (?:be )?(?:kill|hurt|get))",
    ),
    cue("reported_threat", "backward", "between", r"\b(?:pressur\w*|forced|ordered|made to|exploit\w*|groomed|taxed)\b[^.]{0,20}\bby\W*$"),
    cue("reported_threat", "backward", "after", r"\b(?:told|warned|instructed) by\b[^.]*\bor else\b"),
    cue(
        "reported_threat",
        "forward",
        "between",
        r"\b(?:pressur(?:ing|ed|es)|forc(?:ing|ed|es)|exploit(?:ing|ed|s)|tax(?:ing|ed|es)|hounding|hounds)\b",
    ),
    cue("reported_threat", "forward", "after", r"\bpay \w* ?a visit\b"),
    cue("reported_threat", "backward", "between", r"\bowes?\b|\bin debt to\b|\bowing\b"),
    cue("reported_threat", "forward", "between", r"\b(?:is|was|being) owed\b[^.]{0,30}\bby\b"),
    cue(
        "fear",
        "backward",
        "between",
        r"\b(?:in fear of|fearful of|petrified of|intimidated by|wary of|living in fear|fears?|afraid of|scared of|frightened of"
        r"|hiding from|avoiding|terrified of|worried about)\b",
    ),
    cue(
        "fear",
        "backward",
        "between",
        r"\b(?:stopped|stops|staying elsewhere|carrying protection|refus\w* to|will not|won['’]t|too \w+ to"
        r"|moved)\b[^.]{0,60}\b(?:because of|due to"
        r"|on account of)\b",
    ),
    cue(
        "fear",
        "backward",
        "between",
        r"\b(?:is|was|has been|feels?|felt|being) (?:too |very |so |now |extremely )?(?:terrified|frightened|scared|afraid|nervous)\b",
    ),
    cue(
        "fear",
        "backward",
        "between",
        r"\b(?:to (?:get|keep|stay) away from|away from|so as not to (?:meet|see|bump into)|to avoid|avoid(?:s|ed)?|does(?: not"
        r"|n['’]t) feel safe)\b",
    ),
    cue("fear", "forward", "after", r"\b(?:is|has been) (?:terrified|frightened|scared|afraid)\b"),
    cue(
        "reported_damage",
        "backward",
        "between",
        rf"{PROPERTY}[^.]{{0,30}}\b(?:smash|slash|brick|damag|torch|burn|key|scratch|vandal|set (?:on fire|alight)|put through"
        rf"|kick|shot|egg)\w*\b[^.]{{0,20}}\bby\W*$|^['’]s (?:\w+ ){{0,2}}{PROPERTY}\s*by\W*$",
    ),
    cue(
        "reported_damage",
        "forward",
        "after",
        rf"\b(?:smash|slash|brick|key|keylin|scratch|torch|damag|kick|burn|egg|vandal|rammed|ram)\w*\s+{OF_WHOM}{PROPERTY}",
    ),
    cue("reported_assault", "backward", "between", rf"\b(?:was|were|been|being|got|victim of)\b[^.]{{0,20}}\b{STRUCK}[^.]{{0,50}}\bby\b"),
    cue(
        "reported_damage",
        "forward",
        "between",
        r"\b(?:brick|windows?|petrol[- ]bomb\w*|fire ?bomb\w*|damag\w*|torch\w*|set fire|arson|slash\w* (?:the )?tyres?|keyed|vandal\w*)\b",
    ),
    cue(
        "arranged_fight",
        "mutual",
        "around",
        r"\b(?:arranged?|organis\w*|planned|planning|talk\w* of|straightener|one[- ]on[- ]one|meet\w*|due)\b[^.]{0,40}\bfight"
        r"|\bstraightener\b|\boffered\s+out\b|\bfight (?:is |has been )?(?:arranged|planned)",
    ),
    # Who was struck or has injuries did not do it, whoever did: A was jumped, and says that B was one of them.
    cue(
        "reported_assault",
        "backward",
        "between",
        rf"\b(?:was|were|been|being|got)\s+(?:\w+ly\s+)?{STRUCK}[^.]*\b(?:one of (?:them|those)|told|says?|said"
        r"|states?|names?|named|suspect\w*|believ\w*)\b"
        r"|\b(?:with|sustain\w*|suffer\w*|receiv\w*) (?:an? |some )?(?:\w+ ){0,3}injur\w*",
    ),
    # Logs leave out was: A assaulted outside school by B.
    cue("reported_assault", "backward", "between", rf"^\W*(?:\([^)]*\)\W*)?(?:\w+ly )?{STRUCK}[^.]{{0,50}}\bby\W*$"),
    cue("reported_assault", "forward", "between", rf"\b{STRUCK}|\b(?:threw|throw\w*|lobb\w*|hurl\w*)\b[^.]{{0,25}}\bat\b"),
    cue(
        "reported_assault",
        "forward",
        "after",
        r"\b(?:gave|given|giving)\s+(?:an? )?(?:\w+ )?(?:kicking|slap\w*|hiding|beating|pasting|battering|black eye)\b"
        r"|\b(?:ran|run|drove|driven|forced)\s+off the road\b|\bwet\s+up\b",
    ),
    cue("reported_assault", "backward", "led", rf"\b{STRUCK}\s+(?:on|of|against|upon|at)\s+(?:was |were )?(?:\w+ )?by\W*$"),
    cue("reported_assault", "forward", "led", rf"\b{STRUCK}\s+by\s+(?:on|of|against|upon)\W*$"),
    cue("reported_assault", "forward", "after", r"\b(?:drove|driv\w+|rode|steer\w*)\s+(?:\w+ ){0,3}at\b|\brun\w*\s+(?:over|down)\b"),
    cue("reported_assault", "backward", "between", r"\b(?:black eye|injur\w*|broken \w+)\b[^.]{0,40}\b(?:by|from)\b"),
    cue(
        "reported_assault",
        "mutual",
        "around",
        r"\b(?:altercation|scuffle|brawl|got into it|fought|fighting|came to blows|clash(?:ed|es)?|(?:to be|were|was|being) (?:separated"
        r"|pulled apart|split up|broken up)|fight (?:took place|broke out|between)|had an? (?:fight|scrap"
        r"|ruck|punch[- ]up)|physical confrontation)\b",
    ),
    cue(
        "online_insult",
        "forward",
        "after",
        r"(?<!being )\bcall\w*\s+(?:out\b|an? (?:snitch|grass|rat|nonce|coward|pussy|pa?edo\w*|slag|\w*head)\b)"
        r"|\bpost\w*\W+(?:s\W+)?(?:home )?address\b|\b(?:tell\w*|told|say\w*|said|spread\w*"
        r"|put\w*)\b[^.]{0,40}\bis an? (?:snitch|grass|rat|nonce)\b",
    ),
    cue("online_insult", "mutual", "around", r"\b(?:insult|taunt|diss|mock|goad|provok|troll|cuss|slat)\w* (?:each other|one another)\b"),
    cue(
        "online_insult",
        "forward",
        "between",
        r"\b(?:shar\w*|post\w*|leak\w*|sent|sending)\b[^.]{0,20}\b(?:intimate|naked|nude)\b"
        r"|\b(?:insult\w*|taunt\w*|diss(?:ing|ed|es)?\b|drill (?:track|video)|mock\w*|goad\w*|provok\w*|call\w* out|troll\w*|ragg?(?:ing"
        r"|ed)|cuss\w*|(?:spread\w*|post\w*|put\w*) (?:\w+ ){0,2}(?:rumours?|lies|messages|comments|pictures|photos"
        r"|images) (?:\w+ )?(?:about|of)|diss track|slat(?:ing|ed)|slag\w* off|mugg\w* off|disrespect\w*)",
    ),
    cue(
        "dispute",
        "mutual",
        "around",
        r"\b(?:feud\w*|disput\w*|bad blood|fall(?:en|ing)?[- ]out|fell out|tensions?|rival\w*|beef\w*|vendetta|quarrel\w*|grudge"
        r"|(?:a|an|the|ongoing|in) (?:\w+ )?row (?:with|over|between|about)"
        r"|rowing"
        r"|conflict|at odds|ongoing (?:issues?|problems?)|trouble between|hostil\w*|animosity"
        r"|on bad terms|not on (?:good|speaking) terms|(?:do(?:es)?(?: not|n['’]t)|never) (?:get (?:on|along)|see eye to eye)"
        r"|(?:cannot|can['’]?t"
        r"|can not) (?:stand|be in the same)|hates? (?:each other|one another)"
        r"|friction|enem(?:y|ies)|at (?:each other|one another)['’]s throats|(?:have|has|got|with a?|long|bad) history(?! of"
        r"| teacher| lesson)"
        r"|relations(?:hip)?\b.{0,40}\b(?:broken down|soured|deteriorat\w*)|friendship\b.{0,40}\b(?:ended|over|broken down"
        r"|soured)|ke(?:ep|pt)\b.{0,30}\b(?:apart|separate|away from)"
        r"|not (?:be )?(?:placed|put|sat|seated|taught|housed|left|mix\w*)\b.{0,30}\b(?:same|together|alone|with|near)"
        r"|(?:no longer|not|stopped|never) (?:speak\w*|talk\w*)"
        r"|(?:angry|furious|annoyed|unhappy|upset|fuming) (?:with|at|that|about)|not happy (?:with|about|that)|accus(?:es?|ed"
        r"|ing)|shouting|screaming|heated"
        r"|(?:exchange of|exchanged) words|ripped\s+off|set\s+(?:him|her|them)? ?up|(?:police )?informant|trouble\b.{0,10}\bsince"
        r"|(?:do(?:es)?(?: not|n['’]t)|did(?: not|n['’]t)) like|dislik\w+|leave\s+(?:him|her|them)?\s*alone"
        r"|(?:his|her|their) money back|restraining order|non-?molestation|injunction|harassment warning|not to contact"
        r"|verbal (?:only|argument|altercation)|rival (?:gang|group|crew)s?|clash of|personality clash|confrontational"
        r"|war of words|opps?|(?:ill|bad)[- ]feeling|had words|squar\w* up|unfinished business|each at the other\b"
        r"|breach\w* (?:of )?(?:(?:a|an|the|his|her) )?(?:no[- ]contact|restraining|non-molestation)"
        r"|trouble (?:is )?(?:expected|likely|anticipated|feared)"
        r"|(?:not|never|n['’]t|far from|nowhere near)(?: yet| been| at all| quite){0,2} (?:over|finished|done with|forgotten"
        r"|gone away|dropped)"
        r"|(?:violence|reprisals?|clash\w*) (?:between|against|by|from)|not let (?:it|this|things) (?:go|drop|lie)|loggerheads"
        r"|at war|kicking off|trouble brewing|refus\w* to (?:shake|make up|apologi[sz]e|meet)"
        r"|not forgiven|unresolved|arguing|arguments?)\b",
    ),
    cue("dispute", "mutual", "between", r"\b(?:issues?|problems?|trouble|beef) with\b|\b(?:hates?|snaked|despises?)\b"),
    cue("dispute", "mutual", "between", r"^\W*(?:v|vs|versus)\W*$|\b(?:grassed|snitched|informed on|(?<!case )(?<!evidence )against)\b"),
    *LAST_TURNS,
    *ILL_WILL,
    *EACH_OTHER,
    cue(
        "associates",
        "mutual",
        "around",
        r"\b(?:associat\w*|friends?|mates?|relationship|girlfriend|boyfriend|partner|cousins?|brothers?|sisters?|sons?|daughters?|uncle"
        r"|related|married|lives with)\b",
    ),
    cue(
        "associates",
        "mutual",
        "around",
        r"\b(?:together|travell?ed|works? (?:at|with|for)|often at the home|hang\w* (?:around|about|out)|knock\w* (?:about|around)"
        r"|assoc\b|(?:in|of) (?:a|the same) (?:gang|group|crew)|in (?:the )?company (?:of|with)|shares?|sharing|flatmates?"
        r"|was with|were with|seen with|is with|same (?:address|house|flat|household)|(?:gave|giving|given)\s+a lift"
        r"|to collect\W*$|(?:tele)?phon\w*|call(?:ed|s)? (?!out)|texted|messaged|met|meets|visit\w*|on good terms|(?:runs?"
        r"|rolls?) with|stays? (?:with|there|at)|lets? .{0,20}use"
        r"|driven by|vehicle|spend most)\b",
    ),
    cue(
        "associates",
        "mutual",
        "between",
        r"\b(?:suppl(?:y|ie[sd]|ying)|collect(?:ed|s)|running (?:drugs )?for|buys?|sells? to|deal\w* for|stash\w* for|lends?|employ\w*)\b",
    ),
    # Something is between the two, and these words do not say what: no tie for their being joined by "and".
    cue("named_together", "mutual", "around", r"\b(?:between|involving)\s+and\b"),
    cue("associates", "mutual", "between", r"^\W*(?:and|with|&|,)\W*$"),
)
# Of several things said of two people, the one further up.
KINDS = (
    "denied",
    "reconciled",
    "reported_weapon",
    "looking_for",
    "fear",
    "reported_threat",
    "dispute",
    "reported_damage",
    "reported_assault",
    "arranged_fight",
    "online_insult",
    "associates",
    "named_together",
)
TIES, TAKEN_BACK = ("associates", "named_together"), ("denied", "reconciled")
