"""Words for weapons, harm, threats and property, as parts of patterns."""

from __future__ import annotations

WEAPON = (
    r"\b(?:(?:pen|pocket|jack)?kni(?:fe|ves)|blades?|machetes?|zombie|swords?\b|axes?\b|bat\b|hammer|knuckle ?dusters?"
    r"|fire ?arms?|(?:hand|air|shot)?guns?\b|pistol|revolver"
    r"|acid|(?:hot|boiling|sugar) water|ammonia|corrosive|crossbow|cosh|crowbar|(?:iron|metal|scaffold\w*) (?:bar"
    r"|pole)|glock|skeng|shiv|rambo|strap\b(?! line)|shank\w*|tooled up|weapons?|stab(?:bed|bing|s)?\b"
    r"|shoot|(?<!screen)shot\b|armed)"
)
HARM = (
    r"(?:assault\w*|attack\w*|beat\w*|batter\w*|hit\b|hurt|harm|kill|get (?:him|her|them)|do (?:him|her|them) in|hospitali[sz]e"
    r"|jump(?:ed)?|fight|confront|stab|shoot|batter|cut|slash|burn|bang out|mess up"
    r"|smash\w*|sort (?:him|her|them) out)"
)
STRUCK = (
    r"(?:assault|attack|punch|slap|kick|beat|batter|headbutt|chas|jump|struck|strik|stamp|bottl|stab|slash|push|spat|spit|bull(?:y|ied)"
    r"|hit(?:s|ting)?\b|robb?|smash|follow|corner|confront|glass(?=ed)|shank|mugg|chinn|nutt|floor(?=ed)|set (?:about|upon)"
    r"|laid into|lays? into"
    r"|knocked (?:out|down)|shov|strangl|throttl|chok(?=ed|ing)|hospitali[sz]|thump|trip(?=ped)|knee(?=d|ing)|elbow(?=ed|ing)"
    r"|bit\b|bite|burnt?\b|scald"
    r"|ambush|target(?=ed|ing)|harass|(?<!non-)(?<!non)molest|wound|injur|stalk|lamp(?=ed)|deck(?=ed)|swung (?:a \w+ )?at"
    r"|swing at|went for|go(?:es|ne)? for|grabb|pinn(?=ed)|drag(?=ged)"
    r"|cut(?:ting)?\b(?!\W+(?:off|ties|contact|down|hair))|pick(?:ed|ing|s) on\b|(?:pulled|dragged) off|(?:ran|run|drove) (?:at"
    r"|into|over)|chef(?=fed)|juk|wet up|splash(?=ed)|ramm(?=ed|ing)|shot (?:up|at)|gbh|abh|broke\b(?! up|\w* into| the news))\w*"
)
TOLD = r"(?:threat\w*|intimidat\w*|warn\w*|menac\w*|blackmail\w*|extort\w*|abus(?:ed|ing|ive)|coerc\w*|torment\w*|taxed|taxing)"
SAID_OF_IT = r"(?:rumours?|allegations?|claims?|reports?|story|talk|suggestions?|information|intelligence|account|accusations?)"
PROPERTY = r"(?:window|tyre|door|car|van|house|bike|moped|motorbike|scooter|vehicle|property|flat|home|shed|fence)s?\b"
OF_WHOM = r"(?:(?:in|up|the|a|an|his|her|their|all|two|four|both|some|front|family|mum['’]s|mother['’]s|parents['’]|['’]s|of)\s+){0,4}"
DREADS = (
    r"(?:believ\w+|thinks?|thought|thinking|reckons?|fears?|feared|fearing|worri\w+|scared|afraid|frightened"
    r"|terrified|petrified|convinced|concerned"
    r"|paranoid|expects?|suspects?|sure|certain|adamant|anxious|dreads?)"
)
"""Words for holding something bad to be coming, whose object clause says from whom."""
SHAKEN = (
    r"(?:look\w* over (?:his|her|their) shoulder|nightmares?|panic\w*|on edge|paranoid|tearful|in tears"
    r"|crying|shaken(?: up)?|shaking|cower\w*|flinch\w*|hid(?:es|ing)?\b"
    r"|anxious|anxiety|uneasy|uncomfortable|distress\w*|unsafe|nervous|dread\w*|scared|frightened|terrified"
    r"|petrified|afraid|worried sick|vulnerable"
    r"|(?:does|did|do)(?: not|n['’]t) want to (?:be|go|sit|walk|see|come))"
)
STAYED_AWAY = (
    r"(?:mov(?:e|ed|es|ing)\b|relocat\w+|left|leav(?:e|es|ing)\b|fled|flee\w*|transfer\w*|re-?hous\w*|chang(?:e"
    r"|es|ed|ing)\b|swap\w*|quit|drop\w* out|stay\w* (?:away|in|off|at home|indoors|with)"
    r"|keep\w*\b[^•.]{0,12}\b(?:off|home|in)|not (?:be(?:en)? )?(?:attend\w*|com(?:e|ing)|go(?:ing)?|left"
    r"|leav\w*|out|walk\w*|travel\w*|us(?:e|ing)|sleep\w*|return\w*)"
    r"|refus\w*|self[- ]?isolat\w*|own protection|vp (?:wing|unit)|stopped|school refus\w*|truant\w*|absent"
    r"|missing|non[- ]attend\w*|gone to ground|dodg\w*|steer\w* clear|skip\w*|evad\w*|duck\w*|bunk\w*|cancel\w*"
    r"|not engag\w*|asked not)"
)
"""Words for going out of somebody's way, if the reason is a person."""
INJURY = (
    r"(?:black eyes?|broken (?:\w+ )?\w+|fractur\w*|bruis\w*|injur\w*|stab wounds?|wounds?|split lip|cuts?\b"
    r"|gash|laceration\w*|bloodied|bleeding|bloody nose|concuss\w*|marks? (?:on|to)"
    r"|busted \w+|swollen \w+|bite mark|burns?\b|unconscious|in hospital)"
)
BODY = (
    r"(?:nose|jaw|arm|leg|wrist|finger|hand|tooth|teeth|ribs?|head|face|eye|eye socket|cheekbone|skull"
    r"|ankle|collarbone|lip|phone|glasses|hair|ear|neck|throat)\b"
)
BLOWS = (
    r"(?:clout|clobber|cuff|whack|pummel|pelt|stomp|wrestl|smack|clip|clump|goug|scratch|rough|bash|kettl"
    r"|jugg|sugar|launch|lung|manhandl|maul|thrash|wallop|belt(?=ed)|biff|sock(?=ed)|flog|thwack|spark(?=ed)"
    r"|drop-?kick|stamp|trampl|jab(?=bed)|prod|pok|spray|slam|shunt|hustl|fling|flung|knock|barg|rush|sucker"
    r"|pasted|leather|trounc|gassed"
    r"|nutted|swip)"
)
"""More words for striking, too common in other senses to count unless nothing else is said and a person is their object."""
GAVE = r"(?:giv(?:e|es|en|ing)|gave|dish(?:es|ed|ing)(?: out)?|shout\w*|hurl\w*)"
GRIEF = (
    r"(?:grief|hassle|abuse|evils|hard time|stick|aggro|trouble|earache|mouthful|verbals?|dirty looks?"
    r"|daggers|what for|bother|jip|insults|a warning|an ultimatum)\b"
)
DAMAGED = r"(?:egg|brick|torch|burn|damag|vandal|scratch|key(?=ed|ing)|spray|graffiti|trash|wreck|smear|dent|ruin|fire ?bomb|poison|poured)"
THREW = (
    r"(?:threw|throw\w*|chuck\w*|lobb\w*|hurl\w*|launch\w*|fling\w*|flung|sling\w*|slung|toss\w*|pelt\w*"
    r"|fir(?:ed|ing)|aim\w*|swing\w*|swung|lung\w*|fl(?:ew|y|ying|ies)|r[au]n(?:ning)?|com(?:e|ing)|came"
    r"|rush\w*|charg\w*)"
)
"""Words for setting something, or oneself, in motion: `at` somebody is hostile."""
