"""What the features of a pair depend on, said once: the events of its company, and what is known of each of its two people alone.

The company of some people are the pairs that any of them is in, and the pairs in conflict between people who stand with them. It works both ways: a
pair is measured from the events of its company (features/partition.py), and what changes for a pair can change the measures of its company and of no
other pair (features/changes.py). A feature that looks further must widen this query; tests plant changes of each kind and look.
"""

from __future__ import annotations

PAIRS = """
    pair as (
        select pair_id, person_a, person_b, bool_or(stance = 'adverse') as is_adverse, bool_or(stance = 'ally') as is_ally
        from {events} where stance <> 'own' group by pair_id, person_a, person_b
    ),
    side as (
        select pair_id, unnest([person_a, person_b]) as person_id, unnest([person_b, person_a]) as other_id, is_adverse, is_ally from pair
    )"""
"""Of `events` (a table or query in brackets, as pair_week.read_events gives them): every pair, and every pair from either side."""

COMPANY = """
    friend as (select distinct person.part, side.other_id as person_id from person join side using (person_id) where side.is_ally),
    company as (
        select person.part, side.pair_id, side.is_adverse from person join side using (person_id)
        union
        select one.part, pair.pair_id, true
        from pair
        join friend as one on one.person_id = pair.person_a
        join friend as other on other.person_id = pair.person_b and other.part = one.part
        where pair.is_adverse
    )"""
"""part, pair_id, is_adverse: the company of `person` (part, person_id), part by part; after PAIRS in one query."""
