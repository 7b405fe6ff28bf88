"""What turns a cue into its opposite, takes it back, or sets it aside."""

from __future__ import annotations

import re

NOT_THE_SAME = re.compile(
    r"\b(?:not (?:to be )?(?:confused|mistaken) (?:with|for)|no relation (?:to|of)|not related to|is not the same)\b", re.IGNORECASE
)
UNRELATED = re.compile(r"\bunrelated\b|\bwitness(?:ed)? (?:to|of)\b", re.IGNORECASE)

# Words that turn a cue which comes right after them into its opposite: within three words, and not across a new clause.
NEGATED = re.compile(
    r"(?:\b(?:not|never|nor|neither|cannot|without|denies|denied|denying|no(?! (?:doubt|reason|one|longer|further)\b))|n['’]t)\b"
    r"(?:(?!\b(?:but|and|so|because|that|until|unless|as|who|which|only|just)\b)[^.,;:]){0,28}\Z",
    re.IGNORECASE,
)
NO_LONGER = re.compile(
    r"\bno longer\b(?!\W+(?:speak|talk|associat))(?:(?!\b(?:after|because|since|due|following|as)\b)[^.,;:]){0,28}\Z"
    r"|\bnot\b[^.,;:]{0,28}\bany ?more\b",
    re.IGNORECASE,
)
WITHIN_WORDS = 3
# However far away: staff do not believe that ...
DISBELIEVED = re.compile(r"\b(?:do(?:es)?|did)(?: not|n['’]t) (?:believe|think|consider|accept|feel)\b[^.;]*\Z", re.IGNORECASE)
# What is said in spite of it counts, not this; and what comes after `but`, more than what comes before it.
CONCEDED = re.compile(r"\b(?:despite|in spite of|notwithstanding|although|even though)\b[^,.⟦]*,?", re.IGNORECASE)
CONTRAST = re.compile(r"\b(?:but|however|though|yet)\b(?! not\b)(.*)", re.IGNORECASE | re.DOTALL)
# What shows that a peace was not made.
NOT_MADE = re.compile(
    r"\b(?:fail\w*|broke(?:n)? down|did(?: not|n['’]t) (?:last|work|hold|take)|short[- ]lived|collapsed|declin\w*|refus\w*"
    r"|reject\w*|fell through|(?:was|were|been) offered|being (?:arranged|planned|offered|considered|sought|set up)"
    r"|to be (?:arranged|offered)|suggested|recommended|proposed|but\b.{0,40}\bstill"
    r"|demand\w*|wants?\W+(?:an? )?(?:apology|to (?:make|reconcile|apologi[sz]e|settle|resolve|sort))"
    r"|(?:tried|trying|attempt\w*) to (?:make|reconcile|apologi[sz]e|settle|resolve|sort)|again (?:threat|attack|assault|start|argu)\w*"
    r"|not (?:yet )?(?:been )?accept\w*|unwilling|pretend\w*|superficial\w*|lip service|for show|biding"
    r"|unlikely|no (?:chance|prospect|sign) of|walked out"
    r"|stormed out|sabotag\w*|threw it back|no[- ]show|(?:did(?: not|n['’]t)|fail\w*|refus\w*) (?:to )?(?:attend|turn up|engage))\b",
    re.IGNORECASE,
)
NEGATED_INSIDE = re.compile(r"\b(?:not|never)\b(?! (?:only|just|joking|afraid|scared|frightened))|n['’]t\b", re.IGNORECASE)


def is_negated(before: str) -> bool:
    """Whether the words before a cue end in a negation of it."""
    if DISBELIEVED.search(before):
        return True
    found = NEGATED.search(before)
    return found is not None and len(before[found.start() :].split()) <= WITHIN_WORDS
