"""What police, council and school staff write in words of their own, drawn as in test_claims: not only the words, but who, which way, not, and no more."""

from __future__ import annotations

import pytest

from tests.warehouse.reports.test_claims import read

WRITTEN = r"""
[A] has put it about that he intends to stab [B].                                          | A reported_weapon B ->
[B] was slashed across the face by [A] last month.                                         | B reported_weapon A <-
[A] is believed to have been behind the stabbing of [B].                                   | A reported_weapon B ->
[B] suffered a knife wound inflicted by [A].                                               | B reported_weapon A <-
[A] brandished a machete at [B] in the chip shop.                                          | A reported_weapon B ->
[A] went for [B] with a hammer.                                                            | A reported_weapon B ->
[A] keeps a knife at home in case [B] turns up.                                            | A reported_weapon B ->
Since the fight with [B], [A] has armed himself with a blade.                              | A reported_weapon B ->
[B] was seen running from [A], who had a knife.                                            | B reported_weapon A <-
[A] warned [B] that he would be shot.                                                      | A reported_weapon B ->
A friend of [A] told [B] that he is going to get stabbed.                                  | A reported_weapon B ->
[A] has sent messages to [B] saying he will kill him.                                      | A reported_threat B ->
[B] told staff that [A] had threatened to kill him.                                        | A reported_threat B ->
[B] says [A] threatened him in the corridor.                                               | A reported_threat B ->
[B] reported that [A] had been threatening her.                                            | A reported_threat B ->
[B] disclosed to his tutor that [A] had punched him.                                       | A reported_assault B ->
[B] alleges that [A] assaulted him.                                                        | A reported_assault B ->
[B]'s mother reports that [A] attacked her son.                                            | A reported_assault B ->
[A] has been making threats towards [B].                                                   | A reported_threat B ->
Threats have been made by [A] to [B].                                                      | A reported_threat B ->
Threats to kill [B] were made by [A].                                                      | B reported_threat A <-
There is a threat to life to [B] from [A].                                                 | B reported_threat A <-
[B] is at risk of harm from [A].                                                           | B reported_threat A <-
[B] is at risk from [A] due to an unpaid debt.                                             | B reported_threat A <-
[A] poses a risk to [B].                                                                   | A reported_threat B ->
[A] has vowed revenge on [B] for the assault on his brother.                               | A looking_for B ->
[A] is seeking revenge against [B].                                                        | A looking_for B ->
[A] wants payback from [B].                                                                | A looking_for B ->
[A] is actively seeking [B].                                                               | A looking_for B ->
[A] has been trying to locate [B] all week.                                                | A looking_for B ->
[A] is trying to track down [B].                                                           | A looking_for B ->
[B] is being sought by [A] over money.                                                     | B looking_for A <-
[B] is wanted by [A] because of a drug debt.                                               | B looking_for A <-
[A] and his friends were seen outside [B]'s house waiting for him.                         | A looking_for B ->
[A] has been hanging around outside the home of [B].                                       | A looking_for B ->
[A] has offered money to anyone who can find [B].                                          | A looking_for B ->
[A] has a grudge against [B].                                                              | A dispute B both
[A] cannot stand [B].                                                                      | A dispute B both
[A] and [B] have been at each other's throats.                                             | A dispute B both
[A] and [B] have history.                                                                  | A dispute B both
[A] no longer speaks to [B] after an argument about money.                                 | A dispute B both
Relations between [A] and [B] have broken down.                                            | A dispute B both
There is friction between [A] and [B].                                                     | A dispute B both
[A] and [B] are sworn enemies.                                                             | A dispute B both
[A] and [B] do not see eye to eye.                                                         | A dispute B both
There has been an ongoing neighbour dispute involving [A] and [B].                         | A dispute B both
Staff must keep [A] and [B] apart.                                                         | A dispute B both
[A] and [B] must not be placed in the same class.                                          | A dispute B both
[A] and [B] clashed in the canteen.                                                        | A reported_assault B both
[A] and [B] were excluded for fighting.                                                    | A reported_assault B both
[A] and [B] had to be separated by staff.                                                  | A reported_assault B both
[A] shoved [B] into a wall.                                                                | A reported_assault B ->
[A] threw a bottle at [B].                                                                 | A reported_assault B ->
[A] strangled [B].                                                                         | A reported_assault B ->
[A] hit [B] in the face.                                                                   | A reported_assault B ->
[A] broke [B]'s nose.                                                                      | A reported_assault B ->
[A] hospitalised [B].                                                                      | A reported_assault B ->
[B] was left with a broken jaw after [A] attacked him.                                     | A reported_assault B ->
[B] was hit by [A].                                                                        | B reported_assault A <-
[B] was the victim of an assault by [A].                                                   | B reported_assault A <-
[A] is suspected of assaulting [B].                                                        | A reported_assault B ->
[A] was arrested for assaulting [B].                                                       | A reported_assault B ->
[A] was arrested on suspicion of GBH on [B].                                               | A reported_assault B ->
[A] robbed [B] of his bike.                                                                | A reported_assault B ->
[A] and [B] jumped [C].                                                                    | A associates B both, A reported_assault C ->, B reported_assault C ->
[A] with [B] has threatened [C].                                                           | A associates B both, A reported_threat C ->, B reported_threat C ->
[A] is scared that [B] will find him.                                                      | A fear B <-
[A] is too frightened to go to school because of [B].                                      | A fear B <-
[A] is avoiding [B].                                                                       | A fear B <-
[A] has moved schools to get away from [B].                                                | A fear B <-
[A] has changed his route to school so as not to meet [B].                                 | A fear B <-
[A] is afraid to leave the house as he thinks [B] is after him.                            | A fear B <-
[A] keylined [B]'s car.                                                                    | A reported_damage B ->
[A] set fire to the car of [B].                                                            | A reported_damage B ->
[B]'s windows were smashed by [A].                                                         | B reported_damage A <-
[B] had his tyres slashed by [A].                                                          | B reported_damage A <-
[A] bricked [B]'s window.                                                                  | A reported_damage B ->
[A] spat at [B].                                                                           | A reported_assault B ->
[A] has been bullying [B].                                                                 | A reported_assault B ->
[A] has been spreading rumours about [B] on Snapchat.                                      | A online_insult B ->
[A] made a diss track about [B].                                                           | A online_insult B ->
[A] called [B] a grass.                                                                    | A online_insult B ->
[A] has never had any problem with [B].                                                    | A denied B both
[A] says he holds no grudge against [B].                                                   | A denied B both
There is nothing to suggest that [A] threatened [B].                                       | A denied B both
There is nothing to suggest any dispute between [A] and [B].                               | A denied B both
Checks show that the allegation that [A] stabbed [B] is false.                             | A denied B both
The rumour that [A] is after [B] is false.                                                 | A denied B both
Rumours of a feud between [A] and [B] are not true.                                        | A denied B both
[A] was not responsible for the attack on [B].                                             | A denied B both
It was not [A] who attacked [B].                                                           | A denied B both
[A] did not attack [B].                                                                    | A denied B both
[B] confirmed that [A] has not threatened him.                                             | A denied B both
[A] has been ruled out of the assault on [B].                                              | A denied B both
[A] is not a threat to [B].                                                                | A denied B both
[A] has no interest in [B].                                                                | A denied B both
[A] was alleged to have threatened [B] but this was disproved.                             | A denied B both
[A] and [B] are no longer in dispute.                                                      | A reconciled B both
[A] and [B] have buried their differences.                                                 | A reconciled B both
[A] and [B] have put their differences behind them.                                        | A reconciled B both
[A] has made his peace with [B].                                                           | A reconciled B both
[A] has forgiven [B].                                                                      | A reconciled B both
[A] says he is done with the feud with [B].                                                | A reconciled B both
[A] and [B] are on speaking terms again.                                                   | A reconciled B both
[A] and [B] have agreed to leave each other alone.                                         | A reconciled B both
The trouble between [A] and [B] has been sorted.                                           | A reconciled B both
The debt between [A] and [B] has been paid and there is no more trouble.                   | A reconciled B both
[A] has paid [B] what he owed and the matter is settled.                                   | A reconciled B both
[A] and [B] attended mediation and have agreed to move on.                                 | A reconciled B both
A restorative meeting was held between [A] and [B] and was successful.                     | A reconciled B both
[A] and [B] used to be rivals but now are friends.                                         | A reconciled B both
[A] is no longer a threat to [B].                                                          | A reconciled B both
[A] has said sorry to [B].                                                                 | A reconciled B both
[A] refused mediation with [B].                                                            | A dispute B both
[A] and [B] have not resolved their dispute.                                               | A dispute B both
Despite mediation [A] is still looking for [B].                                            | A looking_for B ->
[A] apologised to [B] but then threatened him again.                                       | A reported_threat B ->
The peace between [A] and [B] did not last.                                                | A dispute B both
[A] is the older brother of [B].                                                           | A associates B both
[A] shares a flat with [B].                                                                | A associates B both
[A] was arrested together with [B] for burglary.                                           | A associates B both
[A] and [B] went to school together.                                                       | A associates B both
[A] is a member of the same gang as [B].                                                   | A associates B both
[A] supplies drugs to [B].                                                                 | A associates B both
[A] has been seen in the company of [B].                                                   | A associates B both
[A] phoned [B] from prison.                                                                | A associates B both
[A] was with [B] when stopped.                                                             | A associates B both
[A] is not associated with [B].                                                            | A named_together B both
[A] was seen at the park. He has threatened to stab [B].                                   | A reported_weapon B ->
[A] and [B] have fallen out. [A] has threatened to stab [B].                               | A reported_weapon B ->
[B] was attacked on Friday. The attacker was [A].                                          | B reported_assault A <-
[B] was beaten up last night. [A] is believed to be responsible.                           | B reported_assault A <-
[A] is after [B]. It is about a girl.                                                      | A looking_for B ->
[A] is carrying a knife. This is because of a dispute with [B].                            | A reported_weapon B ->
SUSP [A] VIC [B] assault at bus station.                                                   | A reported_assault B ->
[A] (suspect) punched [B] (victim).                                                        | A reported_assault B ->
IP [B] stated that susp [A] had kicked him.                                                | B reported_assault A <-
Following an argument in the dinner queue, [A] shoved [B] to the floor and kicked him.     | A reported_assault B ->
School report that [A] and [B] were fighting at the bus stop.                              | A reported_assault B both
[B] is being pressured by [A] to sell drugs.                                               | B reported_threat A <-
Word on the street is that [A] will stab [B] next time they meet.                          | A reported_weapon B ->
[A] said he would knife [B].                                                               | A reported_weapon B ->
[A] has acquired a firearm and plans to shoot [B].                                         | A reported_weapon B ->
[A] has bragged about cutting [B].                                                         | A reported_assault B ->
[A] claims that [B] set him up.                                                            | A dispute B both
[A] accuses [B] of stealing his drugs.                                                     | A dispute B both
[A] thinks [B] is a police informant.                                                      | A dispute B both
[A] suspects [B] of robbing his cousin.                                                    | A looking_for B ->
[A] wants his money back from [B].                                                         | A dispute B both
[B] ripped off [A] in a drug deal.                                                         | B dispute A both
[B] stole [A]'s bike.                                                                      | B named_together A both
[A]'s ex-girlfriend is now with [B] and [A] is not happy about it.                         | A dispute B both
[A] slept with [B]'s girlfriend and there has been trouble ever since.                     | A dispute B both
[A] turned up at [B]'s address with a baseball bat.                                        | A reported_weapon B ->
[A] and three others attended the home address of [B] armed with machetes.                 | A reported_weapon B ->
[A] drove at [B] in a car.                                                                 | A reported_assault B ->
[A] tried to run [B] over.                                                                 | A reported_assault B ->
[A] pushed past [B] in the corridor; no complaint.                                         | A reported_assault B ->
[B] alleged that he was assaulted by [A].                                                  | B reported_assault A <-
[B] stated he had been robbed at knifepoint by [A].                                        | B reported_weapon A <-
[A] will not stop until [B] is dead.                                                       | A reported_threat B ->
[A] has a contract out on [B].                                                             | A reported_threat B ->
[A] has put a price on [B]'s head.                                                         | A reported_threat B ->
[A] has posted [B]'s address online and told people to pay him a visit.                    | A reported_threat B ->
[A] commented that [B] should watch himself.                                               | A reported_threat B ->
[A] and [B] had a heated exchange.                                                         | A dispute B both
[A] and [B] were shouting at each other in the street.                                     | A dispute B both
[A] and [B] are members of rival gangs.                                                    | A dispute B both
[A] belongs to a gang that is at war with that of [B].                                     | A dispute B both
[A] does not like [B].                                                                     | A dispute B both
[A] has nothing against [B].                                                               | A denied B both
[A] and [B] are not in conflict.                                                           | A denied B both
[A] has not been looking for [B].                                                          | A denied B both
[A] says he never laid a finger on [B].                                                    | A denied B both
No weapons were seen and [A] did not threaten [B].                                         | A denied B both
[B] withdrew the allegation that [A] hit him.                                              | B denied A both
It has been established that [A] played no part in the assault on [B].                     | A denied B both
[A] was wrongly named as the person who stabbed [B].                                       | A denied B both
[A] and [B] have ended their feud.                                                         | A reconciled B both
[A] and [B] settled their differences over a pint.                                         | A reconciled B both
[A] told his mentor that the thing with [B] is over.                                       | A reconciled B both
[A] and [B] are cool now.                                                                  | A reconciled B both
[A] and [B] hugged it out.                                                                 | A reconciled B both
[A] and [B] have been getting on well since the meeting.                                   | A reconciled B both
All is well between [A] and [B] now.                                                       | A reconciled B both
The families of [A] and [B] have agreed a truce.                                           | A reconciled B both
[A] no longer wants revenge on [B].                                                        | A reconciled B both
[A] has dropped his threats against [B].                                                   | A reconciled B both
The truce between [A] and [B] has broken down.                                             | A dispute B both
[A] and [B] made up but have since fallen out again.                                       | A dispute B both
Although they shook hands, [A] still wants to hurt [B].                                    | A looking_for B ->
[A] has refused to apologise to [B].                                                       | A dispute B both
[A] told [B] to leave him alone.                                                           | A dispute B both
[A] and [B] are step-brothers.                                                             | A associates B both
[A] goes out with [B]'s sister.                                                            | A associates B both
[A] is the partner of [B].                                                                 | A associates B both
[A] gave [B] a lift to court.                                                              | A associates B both
[A] lives at the same address as [B].                                                      | A associates B both
[A] was stopped in a vehicle with [B] and [C].                                             | A associates B both, A associates C both, B associates C both
[A] has concerns about [B].                                                                | A named_together B both
[A] and [B] are in dispute. [B] has threatened to burn his house down.                     | B reported_threat A ->
[A] has fallen out with [B]. She says he hit her.                                          | A dispute B both
[A] threatened [B] with a knife. [B] is now scared to go out.                              | A reported_weapon B ->
[B] has been missing since Friday. [A] is said to be looking for him.                      | A looking_for B ->
[A] is angry with [B]. He has been asking where he lives.                                  | A looking_for B ->
[A] v [B]: ongoing.                                                                        | A dispute B both
[A] -> [B] threats via WhatsApp                                                            | A reported_threat B ->
DASH: [A] (perp) [B] (vic) verbal only                                                     | A dispute B both
[A] ASSAULTED [B] O/S THE CLUB. NFA.                                                       | A reported_assault B ->
Concerns raised by school that [A] has been picking on [B] at lunchtime.                   | A reported_assault B ->
[A] punched [B] twice to the head during PE.                                               | A reported_assault B ->
During an argument over a vape, [A] pulled out a small blade and pointed it at [B].        | A reported_weapon B ->
Following on from the earlier report, [A] was seen circling [B]'s street on an e-bike.     | A looking_for B ->
Housing officer reports that tenant [A] is being harassed by neighbour [B].                | A reported_assault B <-
[A] reported to housing that [B] has been banging on his door at night and shouting abuse. | A dispute B both
ASB: [A] and [B] in ongoing dispute re noise.                                              | A dispute B both
INTEL: [A] SUPPLYING CLASS A WITH [B].                                                     | A associates B both
Source says that [A] got stabbed by [B] over a stolen phone.                               | A reported_weapon B <-
The family of [A] blame [B] for the stabbing and are planning to retaliate.                | A looking_for B ->
[A] is lining up a revenge attack on [B].                                                  | A looking_for B ->
[A] and others plan to attack [B] at the fair on Saturday.                                 | A looking_for B ->
[A] was chased by [B], who was holding a machete.                                          | A reported_weapon B <-
[B] is laying low as [A] is looking for him.                                               | A looking_for B ->
[B] is laying low because he fears reprisals from [A].                                     | B fear A <-
[B] has not been to school since [A] threatened her.                                       | A reported_threat B ->
[A] was told to stay away from [B] by police.                                              | A dispute B both
[A] is subject to a restraining order in respect of [B].                                   | A dispute B both
[A] breached his non-molestation order by contacting [B].                                  | A dispute B both
[A] and [B] are related by marriage.                                                       | A associates B both
[A] collected [B] from school.                                                             | A associates B both
[A] and [B] were both present.                                                             | A associates B both
[A] and [B] had a fight but have since made friends.                                       | A reconciled B both
[A] and [B] shook hands in front of staff; no further concerns.                            | A reconciled B both
Staff believe the issue between [A] and [B] has been resolved.                             | A reconciled B both
Staff do not believe the issue between [A] and [B] has been resolved.                      | A dispute B both
Mediation is being arranged between [A] and [B].                                           | A dispute B both
[A] declined to meet [B] for mediation.                                                    | A dispute B both
It was reported that [A] had stabbed [B]; this is now known to be incorrect.               | A denied B both
[B] denied that [A] had ever threatened her.                                               | B denied A both
[A] denies being in fear of [B].                                                           | A denied B both
[A] has not been seen with [B] for months.                                                 | A named_together B both
"""


@pytest.mark.parametrize("line", [line for line in WRITTEN.splitlines() if line.strip()])
def test_what_staff_write_is_read_as_meant(line: str) -> None:
    text, _, expected = line.rpartition("|")
    assert read(text.strip()) == sorted(one.strip() for one in expected.split(","))


def test_a_person_named_again_is_the_same_person() -> None:
    assert read("[A] and [B] have fallen out. [A] has threatened [B].") == ["A reported_threat B ->"]
