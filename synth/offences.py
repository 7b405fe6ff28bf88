"""What an event is recorded as: Home Office code, weapon and a line of summary, by what happened and how badly."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import numpy as np
import polars as pl

from synth.chance import Floats, Rng, Strings, pick_index, strings

Choice = tuple[str, str, float]            # code, weapon, weight
SERIOUS_SEVERITY = 4
_WORDS: tuple[Choice, ...] = (("8R", "NONE", 5), ("9A", "NONE", 3), ("8L", "NONE", 2))
_THREATS: tuple[Choice, ...] = (("8L", "NONE", 40), ("3B", "NONE", 15), ("9A", "NONE", 20), ("58C", "NONE", 10), ("58A", "NONE", 8), ("58D", "NONE", 4), ("8M", "NONE", 3))
_BLOWS: tuple[Choice, ...] = (("105A", "NONE", 75), ("3B", "NONE", 10), ("58C", "BLUNT", 6), ("105B", "NONE", 3), ("105A", "OTHER", 6))
_INJURY: tuple[Choice, ...] = (("8N", "NONE", 70), ("8N", "BLUNT", 18), ("8P", "NONE", 4), ("8N", "OTHER", 6), ("56B", "OTHER", 2))
_GRAVE: tuple[Choice, ...] = (("5D", "KNIFE", 28), ("8N", "KNIFE", 26), ("3B", "KNIFE", 17), ("5D", "BLUNT", 13), ("5E", "OTHER", 5), ("62A", "KNIFE", 5), ("3B", "FIREARM", 3),
                              ("8N", "CORROSIVE", 2), ("105A", "KNIFE", 1))
_DEADLY: tuple[Choice, ...] = (("5D", "KNIFE", 58), ("2", "KNIFE", 18), ("5D", "NONE", 10), ("5E", "OTHER", 5), ("2", "FIREARM", 4), ("1", "KNIFE", 4), ("4.1", "NONE", 1))
_VIOLENCE = {0: _WORDS, 1: _THREATS, 2: _BLOWS, 3: _INJURY, 4: _GRAVE, 5: _DEADLY}
OFFENCES: dict[str, dict[int, tuple[Choice, ...]]] = {
    "feud": _VIOLENCE, "blue": _VIOLENCE, "bullying": _VIOLENCE, "school_fight": _VIOLENCE,
    "night": {**_VIOLENCE, 1: (("9A", "NONE", 7), ("105A", "NONE", 3)), 3: (("8N", "NONE", 80), ("8N", "OTHER", 14), ("8P", "NONE", 6))},
    "domestic": {**_VIOLENCE, 0: (("8R", "NONE", 4), ("8L", "NONE", 4), ("9A", "NONE", 2)), 1: (("8L", "NONE", 4), ("8Q", "NONE", 2), ("58A", "NONE", 2), ("3B", "NONE", 2))},
    "neighbour": {0: (("9A", "NONE", 6), ("8R", "NONE", 4)), 1: (("8L", "NONE", 5), ("58A", "NONE", 2), ("58C", "NONE", 2), ("9A", "NONE", 1)), 2: (("105A", "NONE", 1),)},
    "robbery": {2: (("34B", "NONE", 1),), 3: (("34B", "NONE", 6), ("34B", "BLUNT", 3), ("34A", "NONE", 1)), 4: (("34B", "KNIFE", 9), ("34A", "KNIFE", 1), ("34B", "FIREARM", 0.3))},
    "staff": {1: (("9A", "NONE", 5), ("3B", "NONE", 1)), 2: (("105A", "NONE", 1),), 3: (("8N", "NONE", 9), ("8N", "OTHER", 1))},
    "officer": {1: (("104", "NONE", 1),), 2: (("104", "NONE", 1),), 3: (("8S", "NONE", 1),)},
    "theft": {0: (("46", "NONE", 36), ("45", "NONE", 12), ("28E", "NONE", 10), ("30C", "NONE", 5), ("49", "NONE", 14), ("44", "NONE", 5), ("48", "NONE", 6), ("39", "NONE", 4),
                  ("58C", "NONE", 6), ("40", "NONE", 2))},
    "possession": {0: (("92E", "NONE", 30), ("92D", "NONE", 12), ("92A", "NONE", 14), ("10D", "KNIFE", 13), ("10C", "BLUNT", 4), ("802", "NONE", 9), ("99", "NONE", 6), ("54", "NONE", 6),
                       ("83", "NONE", 6))},
}
AFFRAY: dict[int, tuple[Choice, ...]] = {
    1: (("9A", "NONE", 1),), 2: (("66", "NONE", 7), ("9A", "NONE", 3)), 3: (("66", "NONE", 7), ("66", "BLUNT", 2)), 4: (("66", "KNIFE", 4), ("62A", "KNIFE", 5)), 5: (("62A", "KNIFE", 1),),
}
DOWNGRADED = {"5D": "8N", "8N": "105A", "2": "5D", "34B": "39", "3B": "9A", "66": "9A", "62A": "66"}     # as which it may be recorded at first

SUMMARIES: dict[str, tuple[str, ...]] = {
    "8R": ("Abusive messages received from a known person.", "Offensive posts about the aggrieved shared on social media.", "Repeated abusive calls; messages kept."),
    "9A": ("Shouting and swearing in the street, neighbours alarmed.", "Suspect squared up to the aggrieved and made off.", "Verbal altercation; no injuries."),
    "8L": ("Aggrieved reports repeated unwanted contact.", "Suspect has been attending the home address and shouting.", "Followed on several occasions over recent weeks."),
    "8Q": ("Suspect has been waiting outside the workplace.", "Repeated calls and visits since the end of the relationship."),
    "8M": ("Racially abusive language used during an argument.",),
    "3B": ("Suspect said he would kill the aggrieved.", "Threats made over the phone to come round and finish it.", 'Told "you are dead" in front of others.'),
    "58A": ("Front window smashed.", "Door kicked in during the night.", "Eggs and paint thrown at the house."),
    "58C": ("Vehicle keyed along both sides.", "Tyres slashed overnight.", "Wing mirror kicked off."),
    "58D": ("Phone snatched and smashed.", "Fence panels broken."),
    "105A": ("Pushed and slapped, no injury.", "Spat at and pushed.", "Grabbed by the throat briefly; no visible injury.", "Struck once to the body."),
    "105B": ("Pushed, with racist language used.",),
    "8N": ("Punched to the face, bruising and a cut lip.", "Kicked while on the ground, attended hospital.", "Assaulted by a group; broken nose.", "Headbutted.\nAttended minor injuries unit."),
    "8P": ("Punched, with racist language used; bruising.",),
    "5D": ("Stab wound to the thigh, conveyed to hospital.", "Slashed to the arm with a blade.", "Struck repeatedly to the head with a weapon; fractured skull.", "Stabbed in the back; serious but stable."),
    "5E": ("Strangled until nearly unconscious.", "Car driven at the aggrieved."),
    "2": ("Multiple stab wounds, life-threatening.", "Shot at from a vehicle."), "1": ("Fatal stabbing.",), "4.1": ("Died after a single blow.",),
    "62A": ("Group armed with knives attacked others in the street.", "Large-scale disorder, weapons seen."), "66": ("Fight between two people in public; both involved.", "Affray: both parties exchanged blows."),
    "34B": ("Phone and jacket taken under threat.", "Surrounded and made to hand over a bicycle.", "Wallet taken, aggrieved pushed to the ground."), "34A": ("Till emptied under threat.",),
    "104": ("Officer kicked during arrest.", "Officer spat at."), "8S": ("Officer punched, suffered a broken finger.",), "56B": ("Bin set alight against the door.",),
    "46": ("Meat and spirits concealed and not paid for.", "Baby milk taken.", "Made off with clothing."), "45": ("Tools taken from a van.", "Window smashed, bag taken."),
    "28E": ("Rear door forced, jewellery taken.", "Insecure window, keys and car taken."), "10D": ("Lock knife found during a search.", "Kitchen knife found in waistband."),
    "92A": ("Wraps and cash found.", "Seen to exchange items; found with deal bags."), "92E": ("Cannabis found on search.",),
}
PLACE_OF_THEFT = {"46": "SHOP", "28E": "DWELLING", "40": "DWELLING", "30C": "OTHER", "45": "STREET", "48": "STREET", "44": "STREET", "39": "STREET", "58C": "STREET"}


@cache
def descriptions() -> dict[str, str]:
    """The Home Office's description of each code."""
    with (files("warehouse") / "codes" / "offences.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row["description"] for row in csv.DictReader(lines)}


def classify(rng: Rng, happened: pl.DataFrame) -> tuple[Strings, Strings]:
    """Code and weapon for each event."""
    size = happened.height
    kind, severity, mutual = happened["kind"].to_numpy(), happened["severity"].to_numpy(), happened["is_mutual"].to_numpy()
    code, weapon = np.full(size, "", dtype=object), np.full(size, "", dtype=object)
    draw: Floats = rng.random(size)
    for name in OFFENCES:
        for level in range(6):
            for both in (False, True):
                rows = np.flatnonzero((kind == name) & (severity == level) & (mutual == both))
                if rows.size:
                    choices = AFFRAY[level] if both and level in AFFRAY else OFFENCES[name][level]
                    bounds = np.cumsum([weight for _, _, weight in choices])
                    at = np.minimum(np.searchsorted(bounds, draw[rows] * bounds[-1], side="right"), len(choices) - 1)
                    code[rows] = strings([c for c, _, _ in choices])[at]
                    weapon[rows] = strings([w for _, w, _ in choices])[at]
    return code, weapon


def summaries(rng: Rng, code: Strings) -> Strings:
    """A line of summary for most."""
    out = np.full(code.size, "", dtype=object)
    for name in sorted(set(code.tolist())):
        rows = np.flatnonzero(code == name)
        variants = SUMMARIES.get(name, (descriptions()[name] + " reported.",))
        out[rows] = strings(variants)[pick_index(rng, len(variants), rows.size)]
    return np.where(rng.random(code.size) < 0.08, "", out).astype(object)
