"""What is known of each of the two by themselves: their conflicts with others, those of the people on their side, school, and age."""

from __future__ import annotations

import polars as pl

from features.catalogue import ADVERSE, AGE, ALLY, NEVER_DAYS, POINTS
from features.harm import decayed
from features.neighbours import NUMBER, neighbours
from warehouse.timegate import visible

OWN = "own"
"""The stance of a record of one person alone: person_a is that person, and there is no pair."""
HALF_LIFE_DAYS, RECORD_HALF_LIFE_DAYS = 60, 180
GROWN_UP, FAR_APART = 26.0, 10.0
DAYS_A_YEAR = 365.25
OWN_RECORDS = """
    with in_contact as (select person_a as person_id from pairs.event union select person_b from pairs.event)

    select
        person_record.person_id as person_a, 'exclusion' as source, exclusion.record_id, 'own' as stance, 'mutual' as direction,
        unnest(list_filter(['own_violence', 'own_weapon'], lambda kind: case kind
            when 'own_violence' then list_has_any([reason_1, reason_2, reason_3], ['PP', 'PA', 'VP', 'VA', 'BU', 'TB'])
            else list_has_any([reason_1, reason_2, reason_3], ['OW', 'BW']) end)) as kind,
        0.0 as severity, 1.0 as evidence, false as is_grave, false as is_domestic,
        exclusion.start_date::timestamp as occurred_at, exclusion.known_from as known_at, exclusion.known_from, exclusion.counts_to as known_to
    from known.exclusion as exclusion
    join people.person_record as person_record on person_record.source = 'exclusion' and person_record.record_id = exclusion.record_id
    join in_contact using (person_id)
    where exclusion.counts_to is null or exclusion.counts_to > exclusion.known_from
    union all by name
    select
        person.person_id as person_a, 'person' as source, person.person_id as record_id, 'own' as stance, 'mutual' as direction, 'born' as kind,
        0.0 as severity, 1.0 as evidence, false as is_grave, false as is_domestic,
        any_value(person.date_of_birth)::timestamp as occurred_at, min(record.known_from) as known_at, min(record.known_from) as known_from
    from people.person as person
    join in_contact using (person_id)
    join people.person_record as link using (person_id)
    join people.record as record on record.source = link.source and record.record_id = link.record_id
    where record.date_of_birth = person.date_of_birth
    group by person.person_id"""
"""Suspensions and exclusions of people who are in contact with someone, and when each was born, known from the first record that says so."""


def own_records(events: pl.DataFrame) -> pl.DataFrame:
    """The records of one person alone."""
    return events.filter(pl.col("stance") == OWN).select(
        pl.col("person_a").alias("person_id"), "kind", "occurred_at", "known_from", "known_to"
    )


def with_people(pairs: pl.DataFrame, seen: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Adds to each pair and as-of date what PERSON_FEATURES are made of: a column ending in _a and one in _b for each side's measures."""
    adverse = _adverse(seen)
    table = pairs.join(adverse.drop("person_a", "person_b"), on=["pair_id", "as_of"], how="left")
    people = _people(adverse)
    for side, other in ("ab", "ba"):
        mine = people.rename({"person_id": f"person_{side}"})
        table = table.join(mine, on=[f"person_{side}", "as_of"], how="left").with_columns(
            (pl.col("harm") - pl.col("pair_harm")).clip(lower_bound=0.0).alias(f"others_harm_{side}"),
            pl.col("events").alias(f"person_events_{side}"),
            (pl.col("struck") - pl.col(f"struck_{side}")).clip(lower_bound=0.0).alias(f"struck_others_{side}"),
            (pl.col("hurt") - pl.col(f"struck_{other}")).clip(lower_bound=0.0).alias(f"hurt_by_others_{side}"),
            (pl.col("opponents") - pl.col("is_alive")).clip(lower_bound=0.0).alias(f"opponents_{side}"),
        )
        table = table.drop("harm", "events", "struck", "hurt", "opponents")
    return _with_school(_with_ages(_with_sides(table, seen, adverse), own), own)


def _adverse(seen: pl.DataFrame) -> pl.DataFrame:
    """A row a pair and as-of date: its decayed harm, what each side did, events in a year."""
    slow, mutual = decayed(POINTS, AGE, RECORD_HALF_LIFE_DAYS), pl.col("direction") == "mutual"
    this_year = AGE <= 365
    return (
        seen.filter(ADVERSE)
        .group_by("pair_and_day", maintain_order=True)
        .agg(
            pl.col("pair_id", "as_of", "person_a", "person_b").first(),
            decayed(POINTS, AGE, HALF_LIFE_DAYS).sum().alias("pair_harm"),
            pl.when((pl.col("direction") == "a_to_b") | mutual).then(slow).otherwise(0.0).sum().alias("struck_a"),
            pl.when((pl.col("direction") == "b_to_a") | mutual).then(slow).otherwise(0.0).sum().alias("struck_b"),
            this_year.sum().cast(pl.Float64).alias("pair_events"),
            this_year.any().cast(pl.Float64).alias("is_alive"),
        )
        .drop("pair_and_day")
    )


def _turned(adverse: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Each pair from either side: person, other, struck (what the person did to the other), hurt, and `columns`."""
    return pl.concat(
        adverse.select(
            "as_of",
            pl.col(f"person_{side}").alias("person"),
            pl.col(f"person_{other}").alias("other"),
            pl.col(f"struck_{side}").alias("struck"),
            pl.col(f"struck_{other}").alias("hurt"),
            *columns,
        )
        for side, other in ("ab", "ba")
    )


def _people(adverse: pl.DataFrame) -> pl.DataFrame:
    both = _turned(adverse, "pair_harm", "pair_events", "is_alive").rename({"person": "person_id"})
    return (
        neighbours(both, "person_id")
        .group_by(NUMBER, maintain_order=True)
        .agg(
            pl.col("person_id", "as_of").first(),
            pl.col("pair_harm").sum().alias("harm"),
            pl.col("pair_events").sum().alias("events"),
            pl.col("struck").sum(),
            pl.col("hurt").sum(),
            pl.col("is_alive").sum().alias("opponents"),
        )
        .drop(NUMBER)
    )


def _with_sides(table: pl.DataFrame, seen: pl.DataFrame, adverse: pl.DataFrame) -> pl.DataFrame:
    """friends_harm: between one and the other's friends; sides_harm: between the friends of both. Friends were on one side in two years."""
    ties = seen.filter(ALLY).select("as_of", "person_a", "person_b").unique(maintain_order=True)
    ties = pl.concat(
        ties.select("as_of", pl.col(f"person_{one}").alias("person"), pl.col(f"person_{other}").alias("friend"))
        for one, other in ("ab", "ba")
    )
    conflict = _turned(adverse, "pair_harm").select("as_of", "person", "other", "pair_harm")
    by_friends = ties.join(conflict, on=["as_of", "person"]).group_by("as_of", "friend", "other").agg(pl.col("pair_harm").sort().sum())
    by_both = (
        ties.join(by_friends.rename({"friend": "one", "other": "person"}), on=["as_of", "person"])
        .group_by("as_of", "one", "friend")
        .agg(pl.col("pair_harm").sort().sum().alias("sides_harm"))
    )
    for side, other in ("ab", "ba"):
        names = {"friend": f"person_{side}", "other": f"person_{other}", "pair_harm": f"friends_harm_{side}"}
        table = table.join(by_friends.rename(names), on=["as_of", "person_a", "person_b"], how="left")
    table = table.join(by_both.rename({"one": "person_a", "friend": "person_b"}), on=["as_of", "person_a", "person_b"], how="left")
    return table.with_columns(
        (pl.col("friends_harm_a").fill_null(0.0) + pl.col("friends_harm_b").fill_null(0.0)).alias("friends_harm"),
        pl.col("sides_harm").fill_null(0.0),
    )


def _with_ages(table: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Age as known on the as-of day: nobody is older before a record says when they were born."""
    born = own.filter(pl.col("kind") == "born").unique("person_id", keep="first", maintain_order=True)
    years = {}
    for side in "ab":
        mine = born.select(
            pl.col("person_id").alias("key"), pl.col("occurred_at").alias(f"born_{side}"), pl.col("known_from").alias(f"born_known_{side}")
        )
        table = table.join(mine, left_on=f"person_{side}", right_on="key", how="left")
        end = pl.col("as_of").cast(pl.Datetime("us")) + pl.duration(days=1)
        age = (end - pl.col(f"born_{side}")).dt.total_days() / DAYS_A_YEAR
        years[side] = pl.when(pl.col(f"born_known_{side}") < end).then(age)
    gap = (years["a"] - years["b"]).abs()
    return table.with_columns(
        *((GROWN_UP - years[side]).clip(lower_bound=0.0).fill_null(0.0).alias(f"years_under_26_{side}") for side in "ab"),
        (FAR_APART - gap).clip(lower_bound=0.0).fill_null(0.0).alias("near_in_age"),
    )


def _with_school(table: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Each side's own suspensions and exclusions from school."""
    days = table["as_of"].unique().to_list()
    school = visible(own.filter(pl.col("kind") != "born"), days).with_columns(
        ((pl.col("as_of").cast(pl.Datetime("us")) + pl.duration(days=1) - pl.col("occurred_at")).dt.total_seconds() / 86400.0).alias(
            "age_days"
        )
    )
    weight = decayed(pl.lit(1.0), AGE, RECORD_HALF_LIFE_DAYS)
    names = {f"suspended_{word}": f"own_{word}" for word in ("violence", "weapon")}
    sums = (
        school.filter(AGE <= NEVER_DAYS)
        .group_by("person_id", "as_of")
        .agg(pl.when(pl.col("kind") == kind).then(weight).otherwise(0.0).sort().sum().alias(name) for name, kind in names.items())
    )
    for side in "ab":
        mine = sums.rename({"person_id": "key", **{name: f"{name}_{side}" for name in names}})
        table = table.join(mine, left_on=[f"person_{side}", "as_of"], right_on=["key", "as_of"], how="left")
    return table.with_columns(pl.col(f"{name}_{side}").fill_null(0.0) for name in names for side in "ab")
