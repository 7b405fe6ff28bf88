"""Which forenames stand for one another: nicknames of a public library, and short forms that it lacks, by naming tradition."""

from __future__ import annotations

from functools import cache

from nicknames import NickNamer

# Each line is one name and its everyday forms. Sources: Behind the Name (diminutives and variants), as general knowledge; the library is North American.
OTHER_FORMS = """
mohammed mohammad mohamed mohamad muhammad muhammed muhamed mohamud mohd md mo
abdul abdullah abdallah abdulla abdi
ahmed ahmad ahmet
hussain hussein husain hossain husein
hassan hasan
yusuf yousuf yousef youssef yusef yousaf joseph
ibrahim ebrahim abraham
ismail ishmael esmail
omar umar omer umer
usman uthman osman usmaan
ali aly
fatima fatimah fatema fatma
aisha ayesha aysha aishah
khadija khadijah khadeeja
zainab zaynab zeinab zeynep
maryam mariam miriam
imran emran immy
tariq tarik tarek
bilal bilaal
hamza hamzah
zeeshan zeshan zishan
shahid shaheed
rashid rasheed
amir aamir ameer
jamil jameel
khalid khaled
mustafa mostafa mustapha
piotr peter piotrek petr
pawel paul pawelek
tomasz thomas tomek tomas
krzysztof christopher krzysiek krzys
katarzyna kasia katherine kaska
malgorzata gosia margaret malgosia
agnieszka aga agnes
joanna asia joasia
magdalena magda
aleksandra alexandra ola sandra
aleksander alexander olek alek
jakub kuba jacob
wojciech wojtek
grzegorz greg grzesiek gregory
andrzej andrew jedrek
michal michael misiek
mateusz matthew mati
lukasz luke luka
marcin martin
maciej maciek matthias
szymon simon
jan john janek
stanislaw staszek stan
zbigniew zbyszek
ewa eva eve
anna ania anka hannah
zofia zosia sophie sophia
barbara basia
dorota dorothy dorotka
elzbieta ela elizabeth
dominik dominic
kacper casper
bartosz bartek bartlomiej bart
rafal raphael
slawomir slawek
jaroslaw jarek
patryk patrick
filip philip phillip
marek mark
ioana joana
andrei andrej andre andrew
mihai michael
gheorghe george
stefan steven stephen steve
vasile basil
alexandru alex alexander sandu
ionut ion
sean shaun shawn shane
siobhan chevonne shivaun
niamh neve neave
caoimhe keeva kiva
aoife eefa
roisin rosheen
ciaran kieran kieron keiran
padraig patrick paddy pat padraic
seamus james shay
liam william
eoin owen eoghan
conor connor
cathal charles
orla orlaith
sinead jane janet
brid bridget breda
declan dec
aidan aiden aydan adan
kwame kwamena
kofi cofie
oluwaseun seun
oluwatobi tobi
oluwaseyi seyi
olamide lami
chukwuemeka emeka
chidi chidiebere
ngozi ngo
chinedu nedu
femi olufemi
tunde babatunde
kunle adekunle
temi temitope
yemi adeyemi opeyemi
gurpreet gopi preet
harpreet harry preeti
manpreet manny
jaspreet jas jassi
jaswinder jasvinder jas
sukhwinder sukhvinder sukh
kulwinder kulvinder
balwinder balvinder
parminder parmvinder
satinder satvinder
amandeep aman
hardeep harry
mandeep mandy
kuldeep
rajesh raj
rajinder raj rajvinder
sanjay sanj
vijay vij
priya preeya
deepak dipak
dinesh
hitesh
nikhil nik
rohan ro
ali
jaden jayden jaiden
tyrese tyreece tyrees tyreese
reece rhys reese rees
callum calum cal
jordan jordon jord
kieran kieron
haydn hayden
jenson jensen
mason mase
archie archibald archy
alfie alfred alf
freddie fred frederick freddy
teddy ted edward theodore
harry harrison henry harold
jack jackie john
charlie charles charlotte charley
ollie oliver olly olivia
billy william bill billie
tommy thomas tom
bobby robert bob rob robbie
danny daniel dan
jamie james jim jimmy
joe joseph joey
josh joshua
nath nathan nathaniel
zac zach zak zachary zack
lewis louis lou louie
luke luca lucas lukas
kai ky
tyler ty
connor con
ryan ry
bradley brad
brandon brand
gary gaz gazza garry gareth
darren daz dazza
barry baz bazza
terry tel terence tez terrence
jeremy jez
kerry kez
warren wazza waz
sharon shaz
tracey tracy trace
karen kaz
lawrence laurence larry laz loz
lauren loz
michelle shell shelly chelle
rebecca becky becca bex beck
bethany beth
georgina georgia george georgie
gemma gem jemma
emma em emmie
emily em emmy
jessica jess jessie
chloe clo
megan meg meghan meg
hannah han
abigail abi abbie abby gail
courtney court kourtney
kayleigh kayley kay
leah lea lia
imogen immy immi
isabelle isabel isobel izzy bella isabella
eleanor ellie nell elinor
elizabeth liz lizzie beth betty eliza libby
katherine catherine kathryn kate katie kathy cathy kat cath
charlotte lottie char lotte
natalie nat natasha tash tasha
samantha sam sammy
stephanie steph
victoria vicky vicki tori
nicola nicky nikki nic
natasha tasha tash
amelia millie amy
matilda tilly tilda
madeleine maddie madison maddy
poppy pops
phoebe pheebs
freya frey
olivia liv livvy
lucy lou lu
louise lou
susan sue suzie suzanne
patricia pat trish tricia
jacqueline jackie jacqui
deborah debbie deb debra
christine chris chrissie tina
christina chris tina
dominic dom
benjamin ben benny benji
samuel sam sammy
alexander alex xander sandy al lex
cameron cam
leon leo
leonard len lenny leo
leo leonardo
jake jacob
aaron az
kyle ky
adam ad
scott scotty
stephen steven steve ste stevie
philip phil phillip pip
peter pete
paul paulie
christopher chris kit topher
anthony tony ant antony
andrew andy drew
simon si
nicholas nick nicky nicolas
jonathan jon jonny jonathon johnathan
matthew matt matty mathew
kevin kev
keith keef
graham graeme grahame
geoffrey geoff jeff jeffrey
stuart stewart stu
ian iain
neil neal niall
craig
russell russ
wayne
dean deano
lee leigh
jason jay jase
jayden jay
justin jus
marcus marc mark
malachi mal
malcolm mal
micah mike
micheal michael mike mick micky mikey
"""


@cache
def _other_forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for line in OTHER_FORMS.split("\n"):
        names = line.split()
        for name in names:
            forms.setdefault(name, set()).add(names[0])
    return {name: frozenset(roots) for name, roots in forms.items()}


@cache
def _namer() -> NickNamer:
    return NickNamer()


@cache
def roots_of(forename: str) -> frozenset[str]:
    """The formal names that a forename may stand for, itself included; two forenames that share a root may be one person's.

    >>> bool(roots_of("bob") & roots_of("robbie"))
    True
    """
    return frozenset({forename, *_namer().canonicals_of(forename)}) | _other_forms().get(forename, frozenset())
