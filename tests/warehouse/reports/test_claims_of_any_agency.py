"""What prisons, youth justice, schools, landlords and callers write, in words that the cues were not made for, drawn as in test_claims."""

from __future__ import annotations

import pytest

from tests.warehouse.reports.test_claims import read

WRITTEN = r"""
IP states [A] turned up at [B]'s h/a shouting he would put his windows in.                                | A looking_for B ->
Caller reports ongoing issues between [A] and his neighbour [B] re parking, words exchanged again today.  | A dispute B both
[A] has got it in for [B] since the party.                                                                | A looking_for B ->
[A] reckons [B] grassed him up and says he will sort him out.                                             | A reported_threat B ->
[B] will not walk home alone as he believes [A] and others are waiting for him.                           | B fear A <-
[A] told his YJS worker that he is not scared of [B] and will meet him any time.                          | A looking_for B ->
[A] says that if [B] comes near his sister again he will end up in hospital.                              | A reported_threat B ->
[A] has been posting stories with a knife emoji and tagging [B].                                          | A reported_weapon B ->
[A] uploaded a drill video in which he disses [B] and his late brother.                                   | A online_insult B ->
[B] owes [A] £800 for lost product and has gone to ground.                                                | B reported_threat A <-
[A] is collecting on a drug debt and has been round to [B]'s mother's address twice.                      | A looking_for B ->
[B] has been given until Friday to pay [A] or he will be hurt.                                            | B reported_threat A <-
[A] taxed [B] of his phone and trainers outside the station.                                              | A reported_threat B ->
[A] runs a line out of [B]'s flat and has slapped him about.                                              | A reported_assault B ->
[B] has been cuckooed by [A], who takes his benefits off him.                                             | B reported_threat A <-
The two families have been at each other's throats since [A] got [B]'s sister pregnant.                   | A dispute B both
There is bad blood between the [A] and [B] families going back years.                                     | A dispute B both
[A] and [B] cannot be placed on the same wing.                                                            | A dispute B both
[A] must be kept apart from [B] at all times.                                                             | A dispute B both
Non-association marker in place: [A] / [B].                                                               | A dispute B both
[A] was jumped by [B] and two others in the showers.                                                      | A reported_assault B <-
[B] has a price on his head, put up by [A].                                                               | B reported_threat A <-
[A] is offering money on the wing for anyone who will cut [B].                                            | A reported_threat B ->
[B] requested a move to another spur because of [A].                                                      | B fear A <-
[A] squared up to [B] at dinner and had to be pulled away by staff.                                       | A dispute B both
[A] has been giving [B] grief at the bus stop.                                                            | A reported_threat B ->
[A] got in [B]'s face in the corridor and called him a snitch.                                            | A reported_threat B ->
[A] was excluded for two days after headbutting [B].                                                      | A reported_assault B ->
[A] put [B] in a headlock and would not let go.                                                           | A reported_assault B ->
[B] came in with a black eye and eventually said that [A] had done it.                                    | B reported_assault A <-
[B] sustained a broken jaw; [A] has been named as responsible.                                            | B reported_assault A <-
[A] threw a punch at [B] but missed.                                                                      | A reported_assault B ->
[A] spat at [B] in the queue.                                                                             | A reported_assault B ->
[A] had a pop at [B] in the pub and was asked to leave.                                                   | A reported_assault B ->
[A] let [B]'s tyres down last night.                                                                      | A reported_damage B ->
A brick was put through [B]'s window; he is sure it was [A].                                              | B reported_damage A <-
[A] keyed [B]'s car after the row about the fence.                                                        | A reported_damage B ->
[A] set light to [B]'s wheelie bin.                                                                       | A reported_damage B ->
[B] is moving his family out of the area on account of [A].                                               | B fear A <-
[B] has asked for a housing transfer, citing [A]'s behaviour towards her.                                 | B fear A <-
[B] is petrified of what [A] will do when he gets out.                                                    | B fear A <-
[B] has not left the flat since [A] was released.                                                         | B fear A <-
[B] keeps looking over his shoulder, worried [A] will catch up with him.                                  | B fear A <-
[A] has been asking around the estate for [B].                                                            | A looking_for B ->
[A] wants to know where [B] is staying.                                                                   | A looking_for B ->
[A] drove past [B]'s house three times with a group of males in the car.                                  | A looking_for B ->
[A] is out to get [B] over the robbery of his cousin.                                                     | A looking_for B ->
[A] has sworn to get even with [B].                                                                       | A looking_for B ->
[A] says it is not over and [B] will get what is coming to him.                                           | A reported_threat B ->
[A] blames [B] for his brother's death.                                                                   | A looking_for B ->
[A] holds [B] responsible for the shooting of his friend and retaliation is expected.                     | A looking_for B ->
Info that the stabbing was payback by [A] on [B].                                                         | A looking_for B ->
[A] has got hold of a strap and says it is for [B].                                                       | A reported_weapon B ->
[A] pulled a blade on [B] on the top deck of the bus.                                                     | A reported_weapon B ->
[A] lifted his top to show [B] a handle in his waistband.                                                 | A reported_weapon B ->
[A] was chased through the park by [B], who was carrying a zombie knife.                                  | A reported_weapon B <-
Source states that [B] intends to do [A] harm.                                                            | B reported_threat A ->
[A] was the victim of a beating handed out by [B].                                                        | A reported_assault B <-
[A] had his nose broken by [B] last summer.                                                               | A reported_assault B <-
[A] received voice notes from [B] telling him to watch his back.                                          | A reported_threat B <-
[A] is being pressured by [B] to hold a firearm for him.                                                  | A reported_threat B <-
[A] is wary of [B] and sits at the other end of the room in sessions.                                     | A fear B <-
[A] has had a falling-out with [B] over a girl.                                                           | A dispute B both
[A] no longer speaks to [B] after a disagreement about money.                                             | A dispute B both
[A] and [B] have been going back and forth on Snapchat for weeks.                                         | A dispute B both
[A] and [B] were rolling around on the floor throwing punches.                                            | A reported_assault B both
[A] and [B] have agreed a one-on-one behind the leisure centre on Saturday.                               | A arranged_fight B both
[A] called [B] out for a straightener.                                                                    | A arranged_fight B both
There has been a fair bit of friction between [A] and [B] on the unit.                                    | A dispute B both
[A] and [B] have buried the hatchet.                                                                      | A reconciled B both
[A] says that he and [B] are cool now and it was all a misunderstanding.                                  | A denied B both
[A] and [B] had beef last year but this has been squashed.                                                | A reconciled B both
[A] has apologised to [B], who has accepted this and wants no further action.                             | A reconciled B both
Restorative meeting held between [A] and [B]; both agreed to leave it there.                              | A reconciled B both
The feud between [A] and [B] is over.                                                                     | A reconciled B both
[B] says that he is not worried about [A] any more and they get on fine.                                  | B denied A both
[A] told his worker he has nothing against [B].                                                           | A denied B both
[A] states he has no problem with [B] and does not know why he is being asked.                            | A denied B both
There is nothing to suggest that [A] means [B] any harm.                                                  | A denied B both
[B] has withdrawn the allegation against [A] and says it never happened.                                  | B denied A both
The rumour that [A] was going to stab [B] has been looked into and there is nothing in it.                | A denied B both
[A] was wrongly named as the male who assaulted [B].                                                      | A denied B both
Mum confirms [A] and [B] are back on good terms and have been to each other's houses.                     | A reconciled B both
No further incidents between [A] and [B] since mediation; case closed.                                    | A reconciled B both
[A] and [B] have put their differences behind them.                                                       | A reconciled B both
[A] and [B] have not put their differences behind them.                                                   | A dispute B both
[A] refused to shake [B]'s hand.                                                                          | A dispute B both
[A] pretends to have made up with [B] but is biding his time.                                             | A looking_for B ->
Mediation between [A] and [B] broke down when [A] walked out.                                             | A dispute B both
[A] is a close friend of [B] and they are always together.                                                | A associates B both
[A] was with [B] when they were stopped in a hire car.                                                    | A associates B both
[A] gave [B] a lift to his appointment.                                                                   | A associates B both
[A] stepped in to defend [B] when the others set about him.                                               | A named_together B both
[A] and [B] attend the same gym.                                                                          | A associates B both
[A] was spoken to about an unrelated matter; [B] was seen at the shops later that day.                    | A named_together B both
[A] works for [B], dropping off for him in the evenings.                                                  | A associates B both
[A] reported by 3 callers to be outside [B]'s with a group, kicking the door.                             | A reported_damage B ->
O/R [A] has made off on foot after setting his dog on [B].                                                | A reported_assault B ->
Tenant [A] alleges that [B] plays loud music on purpose to wind him up.                                   | A dispute B both
ASB case: [A] has been filming [B] over the fence and making comments about her weight.                   | A dispute B both
[A] and [B] have swapped insults over the back wall all summer.                                           | A dispute B both
[A] deliberately blocked [B]'s drive and dared him to do something about it.                              | A dispute B both
[B] presented at A&E with a fractured cheekbone, which he attributes to [A].                              | B reported_assault A <-
[B] flinches whenever [A] walks into the classroom.                                                       | B fear A <-
[B] has started taking a different bus so as not to run into [A].                                         | B fear A <-
[B] asked to be moved out of [A]'s form.                                                                  | B fear A <-
[B] handed over his dinner money after [A] cornered him.                                                  | A reported_assault B ->
[A] urged others to jump [B] after school.                                                                | A reported_assault B ->
[A] has been egging people on to fight [B].                                                               | A reported_threat B ->
YP disclosed that [A] stabbed [B] and that he was present.                                                | A reported_assault B ->
In session [A] spoke about wanting to make [B] pay for what he did.                                       | A reported_threat B ->
[A] was visibly angry when [B]'s name came up and said he would not be responsible for his actions.       | A reported_threat B ->
[A] said [B] knows what time it is and had better not show his face.                                      | A reported_threat B ->
[A] maintains that he could not care less about [B] and it is done.                                       | A denied B both
[A] has heard that [B] is coming for him and has asked for advice.                                        | B looking_for A ->
[A] is frightened that [B] will turn up at his nan's.                                                     | A fear B <-
Landing staff heard [A] shout to [B] that he is a dead man walking.                                       | A reported_threat B ->
Intel suggests [A] intends to throw hot water over [B] at unlock.                                         | A reported_weapon B ->
[A] asked another prisoner to pass [B] a message that his time is coming.                                 | A reported_threat B ->
[A] owes canteen to [B] and has been told to assault staff to clear it.                                   | A reported_threat B <-
[A] self-isolating; states he cannot go on normal location because [B] is on there.                       | A fear B <-
[A] (Crips) attacked in the yard by [B] (Bloods) with a sock containing batteries.                        | A reported_assault B <-
[A] put up a picture of [B] with a rat emoji on his story.                                                | A online_insult B ->
[A] commented RIP next to [B]'s photo.                                                                    | A online_insult B ->
[B] is being blackmailed; he thinks [A] is the one doing it.                                              | B reported_threat A <-
[A] went live outside [B]'s house telling him to come out.                                                | A reported_threat B ->
[A] took [B]'s package and has not paid for it, and [B] is not going to let that slide.                   | A dispute B both
[B] lost a re-up belonging to [A] and is working off what he owes.                                        | B dispute A both
[A] sent two lads up from London to deal with [B].                                                        | A reported_threat B ->
[A] has lined up his cousins to do over [B].                                                              | A reported_threat B ->
[A]'s family have been run out of their home by [B] and his brothers.                                     | A reported_threat B <-
[A] threw the first punch, [B] retaliated.                                                                | A reported_assault B both
[A] broke into [B]'s and smashed the place up.                                                            | A reported_damage B ->
[B] no longer walks his dog past [A]'s house.                                                             | B fear A <-
[A] has history with [B], who stabbed his friend.                                                         | A dispute B both
[A] believes [B] slept with his girlfriend and is fuming.                                                 | A looking_for B ->
[A] and [B] had to be kept at opposite ends of the court building.                                        | A dispute B both
[A] used to bully [B] but they sit together at lunch now.                                                 | A reconciled B both
[A] would like it noted that he bears [B] no malice.                                                      | A denied B both
Both mothers have spoken and say the trouble between [A] and [B] has fizzled out.                         | A reconciled B both
[A] and [B] were at odds in Year 8; staff have had no concerns since.                                     | A reconciled B both
[A] and [B] have been moved to the same wing without any problem.                                         | A reconciled B both
[B] now says that it was not [A] who hit him.                                                             | B denied A both
CCTV shows that [A] was nowhere near when [B] was assaulted.                                              | A denied B both
[A] denied any falling out with [B].                                                                      | A denied B both
[A] has cleared his debt to [B] and there is nothing outstanding.                                         | A reconciled B both
[A] paid for [B]'s window and shook his hand.                                                             | A reconciled B both
[A] and [B] laughed off the rumours that they had fallen out.                                             | A reconciled B both
[A] talked [B] out of carrying a knife.                                                                   | A named_together B both
[A] comforted [B], who had been assaulted by an unknown male.                                             | A named_together B both
[A] buys his cannabis off [B].                                                                            | A associates B both
[A] went to [B]'s funeral tea and gave a reading.                                                         | A named_together B both
[A] picked [B] up from work and they went for food.                                                       | A named_together B both
[A] was arrested with [B] following a burglary on the estate.                                             | A named_together B both
[A] and [B] were both victims of a robbery by unknown males.                                              | A associates B both
[A] told [B] about the fight at the station.                                                              | A named_together B both
[A] lent [B] his moped, which was later found burnt out.                                                  | A named_together B both
[A] visited [B] in hospital after he was stabbed by an unknown male.                                      | A associates B both
[A] moved in with [B] after he was kicked out by his mum.                                                 | A named_together B both
[A] helped [B] carry the windows into the new flat.                                                       | A named_together B both
[A] and [B] have been warned about noise by the landlord.                                                 | A associates B both
[A] took [B] to his court hearing.                                                                        | A named_together B both
[A] changed his class so that he could sit with [B].                                                      | A named_together B both
[A] was the cell mate of [B] on the induction wing.                                                       | A associates B both
[A] supplied the car in which [B] was stopped with a large knife.                                         | A associates B both
[A] is thought to be holding a weapon for [B].                                                            | A associates B both
[A] has left the area and [B] has taken over his customers.                                               | A named_together B both
[B] asked staff whether [A] was in school today.                                                          | B named_together A both
[A] tackled [B] in the football match and both carried on playing.                                        | A named_together B both
[A] sold his phone to [B] at college.                                                                     | A associates B both
[A] was seen in the company of [B], known for violence.                                                   | A associates B both
[A] reminded [B] to attend his reporting appointment.                                                     | A named_together B both
[A] is protective of [B] and acts as an older brother to him.                                             | A associates B both
[A] and [B] got off the bus and ran from officers, discarding a knife.                                    | A associates B both
[B] is the grandmother of [A], who stays with her at weekends.                                            | B associates A both
[A] and [B] have spoken and both want to get on with their lives.                                         | A reconciled B both
[A] says he has forgotten all about [B].                                                                  | A reconciled B both
No animosity seen between [A] and [B] on the wing, they play pool together.                               | A denied B both
[B] confirmed he feels safe around [A] now.                                                               | B reconciled A both
[A] and [B] had an argument over a charger but it was over in minutes.                                    | A reconciled B both
Checks show [A] was in custody at the time [B] was attacked.                                              | A denied B both
The dispute between [A] and [B] dates back to 2019 and both have long since moved past it.                | A reconciled B both
[B] made up the story about [A] hitting him.                                                              | B denied A both
[A] wrote a letter of apology to [B], which was well received.                                            | A reconciled B both
Panel agreed to lift the keep-apart between [A] and [B].                                                  | A reconciled B both
[A] handed [B] back his chain and they bumped fists.                                                      | A reconciled B both
[A] bottled [B] in the smoking area.                                                                      | A reported_assault B ->
[B] had to be taken to A&E after [A] kicked him in the head.                                              | A reported_assault B ->
[A] chucked a stool at [B] in the dining hall.                                                            | A reported_assault B ->
[B] hides in the toilets at lunch because [A] is always looking for trouble with him.                     | B fear A <-
[A] has told anyone who will listen that [B] is on borrowed time.                                         | A reported_threat B ->
[A] assaulted outside McDonald's by [B] and two unknowns, refused statement.                              | A reported_assault B <-
[B] informed his OM that he is in debt to [A] for vapes and fears being hurt.                             | B reported_threat A <-
[A] keeps turning up at [B]'s mum's, she is at her wits' end.                                             | A looking_for B ->
[A]'s crew have been riding round [B]'s block on e-bikes with balaclavas on.                              | A looking_for B ->
[B] is not allowed out by his mum since [A] and his mates kicked off at him.                              | A reported_assault B ->
[A] swears down he will catch [B] slipping.                                                               | A reported_threat B ->
[A] is convinced that [B] set him up to be robbed.                                                        | A dispute B both
[A] sprayed [B] with deodorant and held a lighter up.                                                     | A reported_assault B ->
[A] had his bike nicked by [B] and is not prepared to leave it.                                           | A dispute B both
[A] and [B] were stood nose to nose at the gates until staff intervened.                                  | A dispute B both
[A] laid in wait for [B] at the tram stop.                                                                | A looking_for B ->
[A] cannot be in the same group as [B] owing to what happened to his cousin.                              | A dispute B both
[B] would be in danger if he were released to the same hostel as [A].                                     | B reported_threat A <-
[A] pushed in front of [B] in the queue and it escalated to pushing and shoving.                          | A reported_assault B ->
[A] has sided with the other family and is now on the wrong side of [B].                                  | A dispute B both
[A]'s grievance with [B] stems from a robbery in the summer.                                              | A dispute B both
[A] tried to run [B] off his bike.                                                                        | A reported_assault B ->
[A] brought a hammer into school in his bag, telling a friend it was for [B].                             | A reported_weapon B ->
[A] wants nothing more to do with [B] after what happened at the garage.                                  | A dispute B both
[B] was jumped on his way home and has told his aunt that [A] was one of them.                            | B reported_assault A <-
[A] reported seen loitering by [B]'s work, third time this week.                                          | A looking_for B ->
[A] thinks [B] has been talking to police.                                                                | A dispute B both
[B] has changed his number as [A] would not stop ringing him.                                             | B dispute A both
[A] yanked [B]'s headscarf off in PE.                                                                     | A reported_assault B ->
[A] was taken to hospital with a head injury following an incident with [B].                              | A reported_assault B <-
[B] ran out of the classroom when [A] lunged across the table.                                            | B reported_assault A <-
[A] has instructed his brother to see to [B] when he lands on the wing.                                   | A reported_threat B ->
[A] is paying off [B]'s debt under duress.                                                                | A dispute B both
Both [A] and [B] were removed from the dining hall after throwing food and squaring up.                   | A dispute B both
[A] keeps sending [B] friend requests from new accounts despite being blocked.                            | A dispute B both
[A] recorded the beating of [B] and shared it.                                                            | A reported_assault B ->
[A] tore down [B]'s fence panels.                                                                         | A reported_damage B ->
[A] has the hump with [B] for going with his ex.                                                          | A dispute B both
Custody: [A] refused to travel in the van with [B].                                                       | A dispute B both
[A] will not stop until [B] is in the ground.                                                             | A reported_threat B ->
[A] and [B] played on the same team at the holiday scheme, no issues.                                     | A associates B both
[A] has taken [B] under his wing since he came to the unit.                                               | A named_together B both
[A] apologised for his part and [B] was happy with that.                                                  | A reconciled B both
[A] says the thing with [B] was kids' stuff and is forgotten.                                             | A reconciled B both
[A] laughed when asked about [B] and said there was never any beef.                                       | A denied B both
[B] does not feel threatened by [A].                                                                      | B denied A both
[B] does not wish to pursue a complaint as he and [A] have sorted it between themselves.                  | B reconciled A both
[A] was cleared at court of the attack on [B].                                                            | A denied B both
No intelligence held to link [A] with the threats to [B].                                                 | A denied B both
[A] bought [B] a drink to say no hard feelings.                                                           | A denied B both
[A] travelled from Leeds to stay with [B] for the weekend.                                                | A associates B both
[A] is in the year above [B] at the same school.                                                          | A named_together B both
[A] rang an ambulance for [B] after he collapsed.                                                         | A named_together B both
[A] drove [B] to the unit and waited for him outside.                                                     | A named_together B both
[A] found [B]'s wallet and handed it in.                                                                  | A named_together B both
"""


@pytest.mark.parametrize("line", [line for line in WRITTEN.splitlines() if line.strip()])
def test_what_any_agency_writes_is_read_as_meant(line: str) -> None:
    text, _, expected = line.rpartition("|")
    assert read(text.strip()) == [expected.strip()]
