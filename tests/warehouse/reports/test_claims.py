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


@pytest.mark.parametrize("line", [line for line in SAID.splitlines() if line.strip() and "not to be" not in line])
def test_capitals_change_nothing(line: str) -> None:
    text = line.partition("|")[0].strip()
    assert read(text.upper()) == read(text)


def test_a_subject_and_a_mention_with_the_same_number_are_two_people() -> None:
    text = "Ann Lee has threatened Bo Ray."
    people = [NamedPerson(0, 7, "intelligence_subject", "IR1/1"), NamedPerson(23, 29, "intelligence_mention", "IR1/1")]
    (claim,) = read_text(text, people)
    assert (claim.first.source, claim.kind, claim.second.source) == ("intelligence_subject", "reported_threat", "intelligence_mention")
