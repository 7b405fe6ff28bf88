"""What a report's text says of the people it names, drawn as: text with names in brackets -> who, what, which way."""

from __future__ import annotations

import re

import pytest

from warehouse.reports.claims import NamedPerson, read_text

SAID = """
Ongoing feud: [A] v [B]. Both parties are recruiting support.                          | A dispute B both
[A] and [B] have fallen out over money.                                                | A dispute B both
There is bad blood between [A] and [B].                                                | A dispute B both
[A] has threatened [B] on Snapchat.                                                    | A reported_threat B ->
[A] was threatened outside school by [B].                                              | A reported_threat B <-
[A] has received threats from [B].                                                     | A reported_threat B <-
[A] owes [B] money and [B] is losing patience.                                         | A reported_threat B <-
[A] says that [B] 'is going to get it'.                                                | A reported_threat B ->
[A] is looking for [B] and wants to hurt him.                                          | A looking_for B ->
[A] blames [B] for the robbery and wants revenge.                                      | A looking_for B ->
[A] is in fear of [B].                                                                 | A fear B <-
[A] punched [B] in the park.                                                           | A reported_assault B ->
[A] was chased through the park by [B] and two others.                                 | A reported_assault B <-
An altercation took place between [A] and [B].                                         | A reported_assault B both
[A] has a machete and says it is for [B].                                              | A reported_weapon B ->
[A] said [B] will be stabbed.                                                          | A reported_weapon B ->
[A] was threatened with a knife by [B].                                                | A reported_weapon B <-
Pupils talk of a fight arranged between [A] and [B].                                   | A arranged_fight B both
[A] posted a video insulting [B].                                                      | A online_insult B ->
[A] smashed the window of a car that belongs to [B].                                   | A reported_damage B ->
[A] and [B] have made peace.                                                           | A reconciled B both
The dispute between [A] and [B] was settled at a mediation.                            | A reconciled B both
[A] has moved away. There has been no contact with [B] since.                          | A reconciled B both
There is no truth in the rumour that [A] intends to harm [B].                          | A denied B both
[A] is not in dispute with [B].                                                        | A denied B both
[A] is the cousin of [B].                                                              | A associates B both
[A] and [B] were seen trying car doors.                                                | A associates B both
[A] was witness to an unrelated collision with [B].                                    | A named_together B both
[A] was seen on High Street. [B] lives nearby.                                         | A named_together B both
[A] and [B] attacked [C].                                                              | A associates B both, A reported_assault C ->, B reported_assault C ->
[A], [B] and [C] travelled together.                                                   | A associates B both, A associates C both, B associates C both
[A] is not to be confused with [B].                                                    |
[A] is selling cannabis.                                                               |
"""
OTHERWISE_SAID = r"""
[A] is fearful of [B].                                                        | A fear B <-
[A] fears for his safety because of [B].                                      | A fear B <-
[A] is petrified of [B].                                                      | A fear B <-
[A] has beef with [B].                                                        | A dispute B both
[A] and [B] are beefing.                                                      | A dispute B both
[A] is on bad terms with [B].                                                 | A dispute B both
[A] and [B] do not get on.                                                    | A dispute B both
[A] and [B] hate each other.                                                  | A dispute B both
[A] and [B] are opps.                                                         | A dispute B both
There is ill feeling between [A] and [B].                                     | A dispute B both
[A] has an issue with [B] over a girl.                                        | A dispute B both
[A] is after [B].                                                             | A looking_for B ->
[A] wants to do [B] in.                                                       | A looking_for B ->
[A] is going to do [B] over.                                                  | A looking_for B ->
[A] is out for [B].                                                           | A looking_for B ->
[A] is gunning for [B].                                                       | A looking_for B ->
[A] has been asking around for [B].                                           | A looking_for B ->
[A] wants [B] hurt.                                                           | A looking_for B ->
[A] will attack [B] on sight.                                                 | A looking_for B ->
[A] has vowed to get his own back on [B].                                     | A looking_for B ->
[A] has put a bounty on [B].                                                  | A reported_threat B ->
[A] has been ragging [B] online.                                              | A online_insult B ->
[A] cussed [B] on Snapchat.                                                   | A online_insult B ->
[A] got jumped by [B].                                                        | A reported_assault B <-
[A] was set about by [B].                                                     | A reported_assault B <-
[B] was set upon by [A].                                                      | B reported_assault A <-
[A] set about [B] outside the shop.                                           | A reported_assault B ->
[A] laid into [B].                                                            | A reported_assault B ->
[A] gave [B] a kicking.                                                       | A reported_assault B ->
[A] gave [B] a slap.                                                          | A reported_assault B ->
[A] glassed [B].                                                              | A reported_assault B ->
[A] shanked [B] last night.                                                   | A reported_assault B ->
[A] and [B] had a fight.                                                      | A reported_assault B both
[A] and [B] had a scrap at the park.                                          | A reported_assault B both
[A] is carrying a blade for [B].                                              | A reported_weapon B ->
[A] is carrying because of [B].                                               | A reported_weapon B ->
[A] is tooled up for [B].                                                     | A reported_weapon B ->
[A] pulled a knife on [B].                                                    | A reported_weapon B ->
[A] said he would kill [B].                                                   | A reported_threat B ->
[A] told [B] he is dead.                                                      | A reported_threat B ->
[A] has made threats to kill [B].                                             | A reported_threat B ->
[A] has made threats against [B].                                             | A reported_threat B ->
[A] has received death threats from [B].                                      | A reported_threat B <-
[A] is being threatened by [B].                                               | A reported_threat B <-
[A] is receiving threats off [B].                                             | A reported_threat B <-
[A] and [B] have squashed it.                                                 | A reconciled B both
[A] and [B] have squashed their beef.                                         | A reconciled B both
[A] and [B] have sorted it out.                                               | A reconciled B both
[A] and [B] shook hands.                                                      | A reconciled B both
[A] and [B] have made up.                                                     | A reconciled B both
The issue between [A] and [B] is no longer an issue.                          | A reconciled B both
[A] has no issues with [B] any more.                                          | A reconciled B both
Mediation took place between [A] and [B].                                     | A reconciled B both
[A] and [B] are on good terms again.                                          | A reconciled B both
The beef between [A] and [B] is dead.                                         | A reconciled B both
[A] and [B] have called a truce.                                              | A reconciled B both
[A] and [B] are back on speaking terms.                                       | A reconciled B both
The feud between [A] and [B] has ended.                                       | A reconciled B both
[A] retracts his statement that [B] threatened him.                           | A denied B both
The assault by [A] on [B] did not happen.                                     | A denied B both
[A] denies threatening [B].                                                   | A denied B both
[A] denies any dispute with [B].                                              | A denied B both
[A] never threatened [B].                                                     | A denied B both
There is no beef between [A] and [B].                                         | A denied B both
There is no dispute between [A] and [B].                                      | A denied B both
[A] is not looking for [B].                                                   | A denied B both
[A] isn't after [B].                                                          | A denied B both
[A] has no intention of harming [B].                                          | A denied B both
[A] is no longer looking for [B].                                             | A reconciled B both
[A] does not fear [B].                                                        | A denied B both
It is untrue that [A] assaulted [B].                                          | A denied B both
[A] has not been threatened by [B].                                           | A denied B both
Mediation was offered but [A] still wants to hurt [B].                        | A looking_for B ->
Mediation between [A] and [B] failed.                                         | A dispute B both
[A] refused to shake hands with [B].                                          | A dispute B both
[A] and [B] have not made up.                                                 | A dispute B both
The dispute between [A] and [B] is not resolved.                              | A dispute B both
The dispute between [A] and [B] remains unresolved.                           | A dispute B both
[A] has not forgiven [B].                                                     | A dispute B both
[A] is not afraid to stab [B].                                                | A reported_weapon B ->
[A] has threatened [B] and is not joking.                                     | A reported_threat B ->
Source states that [A] is looking for [B].                                    | A looking_for B ->
poss [A] looking for [B] re drug debt                                         | A looking_for B ->
[A] ROBBED [B] OF HIS PHONE                                                   | A reported_assault B ->
[A] owes money to [B].                                                        | A reported_threat B <-
[B] is owed money by [A].                                                     | B reported_threat A ->
[A] snaked [B].                                                               | A dispute B both
[A] has fallen out w/ [B].                                                    | A dispute B both
[A] is seeing [B]'s ex and there is trouble brewing.                          | A dispute B both
[A] and [B] are mates.                                                        | A associates B both
[A] hangs around with [B].                                                    | A associates B both
[A] is knocking about with [B].                                               | A associates B both
[A] assoc w/ [B].                                                             | A associates B both
[A] is in a gang with [B].                                                    | A associates B both
[A] is a known associate of [B].                                              | A associates B both
[A] and [B] are brothers.                                                     | A associates B both
[A] is on good terms with [B].                                                | A associates B both
[A]'s house was shot at by [B].                                               | A reported_weapon B <-
[A] petrol bombed the address of [B].                                         | A reported_damage B ->
[A] put the windows through at [B]'s house.                                   | A reported_damage B ->
[A] wants to fight [B].                                                       | A looking_for B ->
[A] has offered [B] out.                                                      | A arranged_fight B both
[A] and [B] are due to have a straightener.                                   | A arranged_fight B both
[A] and [B] are going to meet for a fight on Friday.                          | A arranged_fight B both
[A] has been warned to stay away from [B].                                    | A dispute B both
[A] is mates with [B], who is looking for [C].                                | A associates B both, A associates C both, B looking_for C ->
[A] has told [B] that [C] will be stabbed.                                    | A named_together B both, A reported_weapon C ->, B named_together C both
[A] lives on Tannery Row near [B].                                            | A named_together B both
[A] has left home. He is looking for [B].                                     | A looking_for B ->
Spoke with [A].\n[B] was in fear of [C].                                      | A named_together B both, A named_together C both, B fear C <-
[A] will not leave the house in fear of [B].                                  | A fear B <-
For no reason [A] attacked [B].                                               | A reported_assault B ->
[A] was not happy and threatened [B].                                         | A reported_threat B ->
[A] and [B] are not friends.                                                  | A named_together B both
[A] is a witness in a case against [B].                                       | A named_together B both
[A] is being looked for by [B].                                               | A looking_for B <-
"""
SAID_BY_STRANGERS = """
[A] holds [B] responsible for his cousin getting jumped and says it is not finished. | A looking_for B ->
[A] says the matter with [B] is far from over.                                | A dispute B both
Bad feeling between [A] and [B] has not gone away.                            | A dispute B both
Trouble expected between [A] and [B] at the weekend.                          | A dispute B both
Further violence between [A] and [B] is feared.                               | A dispute B both
Risk of serious harm to [B] from [A].                                         | B reported_threat A <-
[A] and [B] are at each other's throats.                                      | A dispute B both
[A] and [B] had words outside the chip shop.                                  | A dispute B both
[A] has not let it go with [B].                                               | A dispute B both
[A] was seen outside the home of [B] with two others carrying what looked like a bat. | A reported_weapon B ->
[A] threw acid at [B]'s door.                                                 | A reported_weapon B ->
[A] has it in for [B].                                                        | A looking_for B ->
[A] was overheard saying [B] needs dealing with.                              | A looking_for B ->
[A] is said to be baying for [B]'s blood.                                     | A looking_for B ->
[A] has been driving past [B]'s house at night.                               | A looking_for B ->
[A] turned up at [B]'s work shouting and had to be removed.                   | A looking_for B ->
[A] intends to settle things with [B] once and for all.                       | A looking_for B ->
[A] stole [B]'s bike and he wants it back or else.                            | A reported_threat B ->
[A] keeps messaging [B] telling him to watch himself.                         | A reported_threat B ->
[A] was pulled off [B] by door staff.                                         | A reported_assault B ->
[A] ran [B] off the road on his moped.                                        | A reported_assault B ->
[A] got into it with [B] at the gym.                                          | A reported_assault B both
[A] posted [B]'s address on Snapchat with a knife emoji.                      | A online_insult B ->
[A] is telling people that [B] is a grass.                                    | A online_insult B ->
[A] has resolved to get [B].                                                  | A named_together B both
[B] has moved away from the area because of threats from [A].                 | B reported_threat A <-
[A] is demanding an apology from [B] and says there will be consequences.     | A dispute B both
[A] made up lies about [B] which has caused bad blood.                        | A dispute B both
[A] stabbed [B]'s friend by mistake, having mistaken him for [B].             | A reported_assault B ->
Following the mediation [A] has again threatened [B].                         | A reported_threat B ->
[A] settled in Leeds with [B].                                                | A named_together B both
[A] has unfinished business with [B].                                         | A dispute B both
[A] and [B] squared up to each other in the prison yard.                      | A dispute B both
[A] has put money on [B]'s head.                                              | A reported_threat B ->
[A] is going round saying he will bury [B].                                   | A reported_threat B ->
[A] told [B] to leave town.                                                   | A reported_threat B ->
[A] taxed [B] for 2k and his phone.                                           | A reported_threat B ->
[A] is said to want [B]'s scalp.                                              | A looking_for B ->
[A] bragged on TikTok about getting [B].                                      | A looking_for B ->
[A] rammed [B]'s car.                                                         | A reported_damage B ->
[A] and [B] continue to goad each other on Instagram.                         | A online_insult B both
[A] has shared intimate pictures of [B].                                      | A online_insult B ->
The trouble between [A] and [B] has died down.                                | A reconciled B both
Something is going on between [A] and [B].                                    | A named_together B both
There was a stand-off outside Lidl involving [A] and [B].                     | A named_together B both
There is an association between [A] and [B].                                  | A associates B both
Things have calmed down between [A] and [B].                                  | A reconciled B both
[A] and [B] have buried their differences.                                    | A reconciled B both
[A] and [B] are now getting along.                                            | A reconciled B both
The beef between [A] and [B] is done with.                                    | A reconciled B both
"""
NAMES = {"A": "SMITH, John", "B": "M. O'Hara", "C": "kelly lee"}
ARROWS = {"first_to_second": "->", "second_to_first": "<-", "mutual": "both"}


def read(drawn: str) -> list[str]:
    people, text = [], ""
    for part in re.split(r"(\[[ABC]\])", drawn):
        if name := NAMES.get(part.strip("[]")) if part.startswith("[") else None:
            people.append(NamedPerson(len(text), len(text) + len(name), "intelligence_subject", part[1]))
            text += name
        else:
            text += part
    return sorted(f"{c.first.record_id} {c.kind} {c.second.record_id} {ARROWS[c.direction]}" for c in read_text(text, people))


@pytest.mark.parametrize("line", [line for line in SAID.splitlines() if line.strip()])
def test_a_text_is_read_as_drawn(line: str) -> None:
    text, _, expected = line.partition("|")
    assert read(text.strip()) == sorted(e.strip() for e in expected.split(",") if e.strip())


@pytest.mark.parametrize("line", [line for line in (OTHERWISE_SAID + SAID_BY_STRANGERS).splitlines() if line.strip()])
def test_and_so_is_one_that_says_it_otherwise(line: str) -> None:
    text, _, expected = line.partition("|")
    assert read(text.strip().replace("\\n", "\n")) == sorted(e.strip() for e in expected.split(",") if e.strip())


@pytest.mark.parametrize("line", [line for line in SAID.splitlines() if line.strip() and "not to be" not in line])
def test_capitals_change_nothing(line: str) -> None:
    text = line.partition("|")[0].strip()
    assert read(text.upper()) == read(text)


def test_a_subject_and_a_mention_with_the_same_number_are_two_people() -> None:
    text = "Ann Lee has threatened Bo Ray."
    people = [NamedPerson(0, 7, "intelligence_subject", "IR1/1"), NamedPerson(23, 29, "intelligence_mention", "IR1/1")]
    (claim,) = read_text(text, people)
    assert (claim.first.source, claim.kind, claim.second.source) == ("intelligence_subject", "reported_threat", "intelligence_mention")


def test_a_row_of_commas_is_read_like_one() -> None:
    """It once took twice as long for each comma more: such a text ended no night."""
    assert read(f"[A]{',' * 60} 14 hit [B] & [C].") == read("[A], 14 hit [B] & [C].") != []


def test_brackets_of_a_text_are_no_names() -> None:
    assert read("[A] ⟦7⟧ punched [B] in the park ⟦.") == read("[A] punched [B] in the park.") != []
