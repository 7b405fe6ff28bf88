"""Words for weapons, harm, threats and property, as parts of patterns."""

from __future__ import annotations

WEAPON = (
    r"(?:kni(?:fe|ves)|blades?|machetes?|zombie|sword|axe|bat\b|hammer|knuckle ?dusters?|fire ?arms?|guns?\b|pistol|shotgun|revolver"
    r"|acid|ammonia|corrosive|shank\w*|tooled up|weapons?|stab(?:bed|bing|s)?\b|shoot|shot\b|armed)"
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
