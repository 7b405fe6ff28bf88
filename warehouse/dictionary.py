"""The meaning of every table and column that analysts see: the comments in the database and docs/data-dictionary.md are made of this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from warehouse.described_table import Table
from warehouse.dictionary_of_reviews import OF_REVIEWS

SHARED: Mapping[str, str] = {
    "as_of": "The day by whose end everything used here was known",
    "pair_id": "The two people's ids, the smaller first, joined by a hyphen",
    "person_a": "The one of the two whose id sorts first",
    "person_b": "The one of the two whose id sorts second",
    "person_id": "A person; does not change unless the evidence makes two people one, or one two (person_changes)",
    "score": "Probability of serious violence, as recorded, between the two within 28 days after the as-of date",
    "raw": "The scorer's own figure, before it is turned into a probability",
    "scorer": "The rule or model that made the score",
    "lane": "conflict, or domestic if an incident between the two is flagged as domestic",
    "district": "ONS code of the district",
    "rank": "1 = first to look at, each lane apart",
    "status": "new if not listed in the last eight weeks; else escalating, persisting or cooling: the score against that of four weeks before,"
    " or of the first week since with one",
    "first_flagged": "Date of the first list that the pair was on",
    "reasons": "Why it is listed, most important first; then what speaks against (against: ...), then what would take it off (off the list: ...)",
    "week": "The Monday that follows the as-of date",
    "match_probability": "How likely the linkage holds it that the record is this person's",
    "file": "Name of the file as delivered",
    "source": "Where it comes from",
    "record_id": "Key of the record, its parts joined by /",
    "display_name": "The name most often recorded, forename first",
    "sex": "M, F or U as most often recorded",
    "feud_id": "A group in conflict",
    "meaning": "What the name says, in a sentence",
}

_FLAG = Table("The list of the latest run, each lane ranked from 1: an assessment for people to look at, not a finding")

TABLES: Mapping[str, Table] = {
    **OF_REVIEWS,
    "flagged_pairs": _FLAG,
    "flag_history": Table("The lists of all runs"),
    "flagged_people": Table(
        "The two people of each flagged pair",
        {
            "side": "a or b of the pair",
            "age": "Age in years on the as-of date",
            "is_under_18": "Under 18 on the as-of date: a safeguarding route",
            "roles": "Roles this person has had towards the other in adverse events that may be shown, with how often",
            "only_victim": "Known only as the victim or target of the other: never to be treated as an aggressor",
        },
    ),
    "flag_contributions": Table(
        "What each feature does to the score of each flagged pair: the scorer's own arithmetic",
        {
            "feature": "A feature of the pair tonight that is not what it is for a quiet pair",
            "value": "Its value tonight",
            "weight": "What it adds: log odds for a learned scorer (those of the glass box add up), the rule's own points for a rule; below 0 it lowers",
            "score_without": "The score the pair would have if this were as for a quiet pair and all else the same",
        },
    ),
    "review_dates": Table(
        "When each record is due for review, and erased unless it is held; by the retention schedule",
        {
            "source": "incident (its parties go with it), intelligence (its subjects go with it) or exclusion",
            "review_on": "From this day on it is due; null where no rule fits",
            "rule": "The rule that says so (config/retention.toml)",
            "is_held": "Under legal hold: neither a review date nor an order erases it",
        },
    ),
    "flag_reasons": Table(
        "Why each pair is on the list: what raises its score, what lowers it and what would take it off, in that order, each with the query for its rows",
        {
            "ordinal": "1 = weightiest of what raises; then what lowers; then what would take the pair off",
            "reason": "The reason in words; protected reports show their day and grade only",
            "direction": "raises, lowers or off_list",
            "theme": "The features that measure one thing (features/themes.py); protected: themes that rest on protected reports alone",
            "weight": "What it adds to what a quiet pair would have, and all of a pair's weights add up: log odds for a learned scorer, the rule's own"
            " points for a rule",
            "share": "Its part of all that moves the score, up or down",
            "score_without": "The score the pair would have without it and all else the same",
            "is_exact": "The weight is the same in whatever order reasons are taken away; if not, it is the mean over the orders",
            "features": "The features whose weights it sums; each one's value is in pair_weeks and flag_contributions",
            "records": "Records behind it, protected reports and suspensions included",
            "record_ids": "Incidents and reports behind it that may be named",
            "query": "SQL that returns the rows of pair_timeline behind it; of what would take the pair off, the rows of flag_outlook",
        },
    ),
    "flag_outlook": Table(
        "What the score of each flagged pair would come to on later days while nobody's events change: what would take it off the list, not a forecast",
        {
            "scenario": "quiet: nothing more happens; peace: the same, and a report of peace between the two graded 1B is known tonight",
            "days": "Days from the as-of date",
            "day": "The date",
            "is_on_list": "At or above the last place of tonight's list, or the list is not full",
        },
    ),
    "pair_timeline": Table(
        "Everything that passed between two people and counts today, one row an event and direction",
        {
            "occurred_at": "When it happened; of a report without an event date, when it was recorded",
            "known_at": "When an agency first knew",
            "source": "incident, intelligence or exclusion",
            "record_id": "The incident, report or exclusion; null for a protected report",
            "other_record_id": "The other pupil's exclusion, where two make one event",
            "kind": "What passed between the two (event kinds: warehouse/codes/event_kinds.csv)",
            "direction": "a_to_b, b_to_a or mutual",
            "stance": "adverse, peace, ally or contact",
            "severity": "ONS severity weight of the offence, or of the offence that a report is likened to",
            "serious": "Serious violence in lane conflict, as the contract defines it",
            "domestic": "The incident is flagged as domestic",
            "serious_domestic": "The same offences in an incident flagged as domestic: what the scores of lane domestic foretell",
            "weapon": "Weapon recorded in the incident",
            "offence_code": "Home Office offence code",
            "grade": "Source evaluation and intelligence assessment (3x5x2), e.g. 1B",
            "is_protected": "Intelligence with handling code C: only its date, severity and grade are shown",
            "role_a": "Role of person_a in the record; SAID TO ... where intelligence says so",
            "role_b": "Role of person_b in the record; SAID TO ... where intelligence says so",
            "summary": "The incident's summary or the report's sanitised text",
        },
    ),
    "pair_weeks": Table("The score of each pair and week of the last year, and the features it was made from, as known then"),
    "pairs": Table(
        "Every two people in contact",
        {"first_contact": "First event between the two that counts", "last_contact": "Last event between the two that counts"},
    ),
    "person_pairs": Table(
        "With whom each person is in contact: every pair twice, from the side of each of the two",
        {
            "other_id": "The other of the two",
            "other_name": "The other's name, as most often recorded",
            "other_age": "The other's age in years on the as-of date",
            "score": "The pair's newest score; null if no week had one",
            "adverse_365d": "Records of adverse events in the last 365 days that may be shown",
            "serious_365d": "Incidents of serious violence in the last 365 days",
            "last_adverse": "Day of the last adverse event that may be shown",
            "last_contact": "Day of the last event of any kind",
            "list_rank": "Its place on tonight's list of its lane; null if it is not on it",
            "feud_id": "The feud that the pair is part of",
        },
    ),
    "people": Table(
        "Every person with a record that may be shown, or in contact with someone",
        {"date_of_birth": "The date most often recorded", "records": "Records that may be shown (person_records)"},
    ),
    "person_records": Table(
        "Which records are about which person; records of protected reports are left out",
        {"source": "incident_party, intelligence_subject, intelligence_mention (named only in a report's text) or exclusion"},
    ),
    "link_review": Table(
        "Pairs of people that the linkage was not sure about: neither merged nor forgotten",
        {
            "why": "What speaks for and against one person",
            "match_probability": "How likely the linkage holds it that they are one person; null where only a person's judgement put them here",
            "judgement": "unsure where a person looked and could not tell; null: nobody has looked",
            "judgement_id": "That judgement's number (judgements)",
        },
    ),
    "judgements": Table(
        "Who said of which records that they are one person, two, or that it cannot be told; rows are only ever added",
        {
            "judgement_id": "Number of the judgement, in the order made",
            "judgement": "same, different, unsure, or withdrawn: a row that takes back an earlier one",
            "source_a": "Source of the first record",
            "record_a": "Key of the first record, or of the one that stands for its person; null if its report is protected",
            "source_b": "Source of the second record",
            "record_b": "Key of the second record, or of the one that stands for its person; null if its report is protected",
            "person_of_a": "Whose the first record is now",
            "person_of_b": "Whose the second record is now",
            "judged_by": "Who judged",
            "judged_at": "From when it counts: nights as of an earlier day do not know it",
            "why": "The reason given",
            "made_by": "person, or model",
            "state": "holds; replaced by a later judgement on the same two; rests while a record is not there; withdraws another, or withdrawn by one",
        },
    ),
    "link_evidence": Table(
        "Why two records were joined: the links that hold each person together, comparison by comparison; a person of n records has n - 1 links",
        {
            "source_a": "Source of the first record",
            "record_a": "Key of the first record",
            "source_b": "Source of the second record",
            "record_b": "Key of the second record",
            "place": "Order of the rows of a link",
            "part": "records compared: these weights add up to match_weight; group: what else singled the person out; judgement: a person's word",
            "comparison": "What was compared",
            "says": "How the two values compare",
            "value_a": "The first record's value, as compared; a pupil number is not shown",
            "value_b": "The second record's value, as compared; a pupil number is not shown",
            "weight": "Evidence that they are one person, in log2 of the odds: +1 doubles the odds, -1 halves them",
            "match_weight": "The evidence of the two records together, in log2 of the odds",
            "how": "Why the link was taken: strong by itself, singled out among all who fit, or judged by a person",
        },
    ),
    "data_quality": Table(
        "What each source lacks or gets wrong, and how often",
        {
            "source": "incident, incident_party, intelligence, intelligence_subject or exclusion; people: across all of them",
            "what": "What is missing or wrong",
            "counted": "What is counted: records that count, people, person numbers, or rows of files",
            "records": "How many it is so of",
            "of_records": "How many it can be said of",
            "share": "The one as a share of the other",
        },
    ),
    "person_changes": Table(
        "When the evidence made two people one, or one two",
        {
            "change": "merged or split",
            "other_person_id": "The id that was given up (merged) or is new (split)",
            "records": "Records that moved",
        },
    ),
    "feuds": Table(
        "Three people or more held together by live conflicts and old alliances, first to look at first: an assessment, not a finding",
        {
            "rank": "1 = likeliest to come to serious violence",
            "pairs": "Pairs in live conflict in the feud",
            "people": "People in it, each with a live conflict of their own",
            "score": "Probability of serious violence between any two of its people within 28 days after the as-of date",
            "district": "ONS code of the district of its latest event",
            "founded_on": "Night on which the feud was first seen under this id",
            "best_pair_score": "Score of its likeliest pair",
            "listed_pairs": "How many of its pairs are on tonight's list",
            "is_warning": "None of its pairs is on the list, the feud as a whole is as likely as the last pair there, and no single pair explains that",
            "track_record": "How feuds that would have been warned of so fared in settled weeks, beside other feuds with no listed pair",
            "reasons": "What the score rests on, in plain English",
            "score_note": "What the probability rests on",
        },
    ),
    "feud_pairs": Table(
        "Which pairs in live conflict make up which feud",
        {"is_across": "The two stand on different sides", "list_rank": "The pair's rank on tonight's list; null if it is not on it"},
    ),
    "feud_people": Table(
        "The people of each feud and the side each stands on, as far as conflicts and alliances tell",
        {
            "side": "a or b; null where ties speak for neither. Which of the two is called a means nothing",
            "age": "Age in years on the as-of date",
            "pairs": "Pairs in live conflict that the person is in, in this feud",
            "only_victim": "Known only as a victim or target in all that is between the pairs of this feud: never to be treated as an aggressor",
        },
    ),
    "loads": Table(
        "One row per file, refused and postponed ones included",
        {
            "sha256": "Fingerprint of the file's content",
            "extract_date": "Day the extract was cut, from the file's name",
            "rows_read": "Rows in the file",
            "rows_accepted": "Rows taken in",
            "rows_rejected": "Rows kept in rejects",
            "values_unreadable": "Optional values that could not be read and became unknown",
            "loaded_at": "When the run read it",
            "source": "Which of the five extracts it is",
            "status": "loaded, refused, or postponed (it was still being written)",
            "message": "Why the file was refused or postponed, or that its end is cut off, and what to mend",
        },
    ),
    "deliveries": Table(
        "One row per extract that is expected (config/deliveries.toml): how it stood on the as-of date",
        {
            "source": "Which of the five extracts it is",
            "states": "Empty when all is as expected; else never, late, refused, postponed, cut off, shrunken, swollen, rejected, stale or empty",
            "said": "A sentence for each state",
            "last_extract_on": "Day that the last one was cut",
            "days_since": "Days from then to the as-of date",
            "every_days": "One is expected every so many days",
            "rows_read": "Rows of the last one",
            "usual_rows": "Median of up to eight before it; null before there are four",
            "newest_record_on": "Day on which the newest record in the last one was recorded",
            "stops_list": "So old that no weekly list is made",
        },
    ),
    "rejects": Table(
        "One row per rejected row, as received",
        {
            "line": "Line in the file (the header is line 1)",
            "reason": "What is wrong",
            "raw": "The row as received; withheld where it may be protected intelligence",
        },
    ),
    "scorers": Table(
        "How each scorer would have done on the settled weeks, which one makes the scores, and why",
        {
            "average_precision": "Area under precision-recall over all settled pair-weeks",
            "precision_at_list": "Share of the pairs on a list of the set size that serious violence followed",
            "weeks": "Settled weeks it was compared on; a learned model only on weeks that it had not seen",
            "outcomes": "Pair-weeks that serious violence followed",
            "note": "What the gate said of the learned models",
            "trained_as_of": "Nothing known later was used to choose or to train",
            "is_chosen": "This one makes the scores",
            "calibration": "What the probabilities rest on",
        },
    ),
    "models": Table(
        "The model that makes each lane's scores, by whose decision, and until when its validation lasts",
        {
            "model_id": "Name under which it is registered",
            "trained_as_of": "Nothing known later was used to choose or to train",
            "promoted_by": "The person who chose it; the gate, where it came into use by rule; nobody, where the best simple rule fills in",
            "promoted_because": "The reason given, or what the gate said",
            "valid_until": "The last day whose list it may make",
            "expired_because": "Why no weekly list is issued; null while the validation stands",
        },
    ),
    "drift": Table(
        "Whether pairs and scores still look as they did before the training, and whether the lists issued came true as they said",
        {
            "model_id": "The model in use",
            "measure": "inputs and scores: stability index over four weeks; pairs, base_rate, calibration: now as a multiple of before",
            "feature": "The feature measured, of inputs",
            "figure": "The index (0: no drift), or the multiple (1: no drift)",
            "before": "Before the training; for calibration, what the lists foresaw",
            "now": "Now; for calibration, what followed",
            "low": "Index worth a look, or the lowest multiple without a breach (config/drift.toml)",
            "high": "Index that is a breach, or the highest multiple without one",
            "state": "steady, watch, breach or too few to say",
        },
    ),
    "run": Table(
        "The run that made this file",
        {
            "run_id": "Name of the run",
            "published_at": "When it was published",
            "list_size": "Most pairs on a list, a lane",
            "warnings": "What the reader of the list must know about the data",
            "scorer_note": "What the scorer counts",
            "calibration_note": "What the probabilities rest on",
        },
    ),
}


class UndescribedColumn(LookupError):
    """A published column has no meaning in the dictionary."""


def comments(columns: Iterable[tuple[str, str]], features: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """The meaning of each (table, column); raises UndescribedColumn on one that is described nowhere."""
    for table, column in columns:
        meaning = TABLES[table].columns.get(column) or SHARED.get(column) or features.get(column)
        if meaning is None:
            raise UndescribedColumn(f"analyst.{table}.{column} has no meaning: add it to warehouse/dictionary.py")
        yield table, column, meaning
