"""A draft transparency record in the fields of the Algorithmic Transparency Recording Standard v3, made from the model that it describes.

What only the organisation that uses the tool can say is marked so; the rest is as the model's card and report have it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from models.card import PURPOSE, REPORT
from models.promotions import read, state_of
from models.registry import Card, read_card

FILE = "transparency.md"
AGE = (
    "Age is used to score, as years under 26 and as nearness in age, because serious violence between people who know each other is most frequent among the "
    "young and their contemporaries. What it does is watched: flags, precision and misses by age band, and the share of under-18s listed with and without age, "
    "stand in the fairness report of every training."
)
YOURS = "**To be completed by the organisation that uses it**"
STANDARD = "Algorithmic Transparency Recording Standard v3"

Fields = tuple[tuple[str, str], ...]


def write_record(models: Path, name: str) -> Path:
    """Writes the record beside the card; returns its path. Raises ModelUnknown, LedgerBroken."""
    file = models / name / FILE
    file.write_text(record_text(models, name), encoding="utf-8")
    return file


def record_text(models: Path, name: str) -> str:
    """The record in Markdown, as the model stands now. Raises ModelUnknown, LedgerBroken."""
    card = read_card(models, name)
    state = state_of(read(models), card["lane"], name)
    head = (
        f"# Draft transparency record: Forewarn, {card['id']}\n\nIn the fields of the {STANDARD}. Made from the model in the "
        f"state: {state}. A draft: check it, complete "
        f"it and have it cleared before it is published.\n"
    )
    parts = [
        f"## {title}\n\n" + "\n".join(f"### {field}\n\n{said}\n" for field, said in fields)
        for title, fields in _sections(card, _report(models, name))
    ]
    return "\n".join([head, *parts])


def _report(models: Path, name: str) -> Any:
    file = models / name / REPORT
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def _sections(card: Card, report: Any) -> tuple[tuple[str, Fields], ...]:
    return (
        ("Metadata and title information", METADATA),
        ("Tier 1: overview", OVERVIEW),
        ("Tier 2: owner and responsibility", OWNER),
        ("Tier 2: description and rationale", RATIONALE),
        ("Tier 2: deployment context", DEPLOYMENT),
        ("Tier 2: tool specification", (*SYSTEM, *_model(card, report), *_data(card), *OPERATIONAL)),
        ("Tier 2: risks, mitigations and impact assessments", RISKS),
    )


def _model(card: Card, report: Any) -> Fields:
    period = card.get("period") or {}
    judged = (
        f"{report['verdict']['headline']} {' '.join(report['verdict']['sentences'])}"
        if report
        else "Too little settled history to judge it on."
    )
    return (
        ("4.2.1 Model name", f"{card['id']}, lane {card['lane']}"),
        ("4.2.2 Model version", f"trained on what was known by {card['as_of']}; code {card.get('code', {}).get('sha256') or 'not recorded'}"),
        ("4.2.3 Model task", PURPOSE),
        ("4.2.4 Model input", f"{len(card['features']) if card.get('features') else 'The'} measures of what passed between two people, and of each, "
            "as of a date: counts, harm weighted "
                              "by the Office for National Statistics' severity weights, time since, intelligence weighted by "
                              "its grade, suspensions for violence, age. Neither ethnicity nor "
                              "any health or social-care data."),
        ("4.2.5 Model output", "For each pair a probability of serious violence between the two within 28 days, and the reasons for it."),
        ("4.2.6 Model architecture", f"{card['scorer']}: {card['meaning']}. {card['note']}. Probabilities: {card['calibration']['note']}"),
        ("4.2.7 Model performance", f"{judged} Figures with intervals, beside every simple rule, are on the model card; by sex, age band, ethnicity and "
            "area in the fairness report."),
        ("4.2.8 Datasets", _datasets(card)),
        ("4.2.9 Dataset purposes", f"Training and judging: {period.get('weeks', 'no')} weeks, {period.get('first', '')} to {period.get('last', '')}; a "
            "week is judged only by models that "
                                   "were not taught it, and counts only once its outcomes have had time to become known."),
    )  # fmt: skip


def _datasets(card: Card) -> str:
    data = card.get("data", {})
    return (
        f"Police crime and incident records, police intelligence reports, and suspensions and exclusions from schools: {len(data.get('files', ()))} files, "
        f"{data.get('rows', 0):,} rows, {data.get('events', 0):,} events of {data.get('pairs', 0):,} pairs."
    )


def _data(card: Card) -> Fields:
    period = card.get("period") or {}
    rows = f"{period['pair_weeks']:,} pair-weeks with {period['outcomes']:,} outcomes" if period else "No settled history"
    return (
        ("4.3.1 Development data description", f"{rows}, from the extracts named above, as they were known at each date."),
        ("4.3.2 Data modality", "Tabular; free text of intelligence reports, read by rules for names and claims."),
        ("4.3.3 Data quantities", _datasets(card)),
        ("4.3.4 Sensitive attributes", f"{AGE} Sex is not used to score. Ethnicity is used only to audit fairness. Criminal offence data throughout."),
        ("4.3.5 Data completeness and representativeness", "Recorded events only: what nobody reported or recorded is not there, and "
            f"recording differs by group and area. "
            f"{YOURS}: local gaps."),
        ("4.3.6 Data cleaning", "Every row is accepted or kept aside with a reason; records of one person are brought together by probabilistic "
            "linkage, doubtful links for people to judge."),
        ("4.3.7 Data collection", "By the police and the education authority for their own purposes, shared under the Serious Violence Duty."),
        ("4.3.8 Data access and storage", "On one machine of the organisation, readable by the service's user alone; analysts read a published copy in logged, "
            "read-only sessions."),
        ("4.3.9 Data sharing agreements", YOURS),
    )  # fmt: skip


METADATA: Fields = (
    ("Organisation", YOURS),
    ("Organisation type", YOURS),
    ("Function", "Public order and safety"),
    ("Capability", "Forecasting; analysis"),
    ("Task", "Ranking pairs of people for a weekly review by a multi-agency group"),
    ("Phase", YOURS),
    ("Region", YOURS),
    ("Date published", YOURS),
    ("ATRS version", "3.0"),
    ("Other tags", YOURS),
)
OVERVIEW: Fields = (
    ("Name", "Forewarn"),
    (
        "Description",
        "Points out pairs of people whose recorded conflict may be heading for serious violence, so that partners can step in "
        "early: mediation, mentoring, safeguarding, disruption. "
        "People decide what, if anything, is done.",
    ),
    ("Website URL", YOURS),
    ("Contact email", YOURS),
)
OWNER: Fields = (
    ("1.1 Organisation or department", YOURS),
    ("1.2 Team", YOURS),
    ("1.3 Senior responsible owner", YOURS),
    ("1.4 Third party involvement", YOURS),
    ("1.4.1 Third party", YOURS),
    ("1.4.2 Companies House number", YOURS),
    ("1.4.3 Third party role", YOURS),
    ("1.4.4 Procurement procedure type", YOURS),
    ("1.4.5 Third party data access terms", YOURS),
)
RATIONALE: Fields = (
    (
        "2.1 Detailed description",
        "Every night it takes in what the police and schools recorded, works out who is who across them, follows each pair of "
        "people in contact over time, and estimates the "
        "probability of serious violence between the two in the next 28 days. Once a week the pairs to look at first go on a "
        "list, each with its reasons and the records behind them.",
    ),
    (
        "2.2 Benefits",
        f"Conflicts that escalate over months are seen while there is time to step in; every agency's part is seen together. {YOURS}: what was observed here.",
    ),
    ("2.3 Previous process", YOURS),
    (
        "2.4 Alternatives considered",
        "Simple rules (most recent, most frequent, most harm): each is run beside every model, and a model is used only where "
        "it warns better than the best of them.",
    ),
)
DEPLOYMENT: Fields = (
    (
        "3.1 Integration into broader operational process",
        f"A weekly list for a multi-agency tactical group, which decides. The tool triggers nothing. {YOURS}: the group.",
    ),
    (
        "3.2 Human review",
        "A named reviewer looks at the records behind an entry and agrees, dismisses with a reason, refers, or says that "
        "records were wrongly linked. Agreement without a look at the evidence is watched.",
    ),
    ("3.3 Frequency and scale of usage", f"Scores nightly, a list weekly, of a fixed greatest length. {YOURS}: people and area."),
    ("3.4 Required training", f"Analysts and the group read the guides in docs/. {YOURS}"),
    (
        "3.5 Appeals and review",
        "Everything held on a person, and why they were flagged, is given on request in one export; corrections and erasures "
        f"reach everything derived, and the log says who must be told. {YOURS}: how to ask.",
    ),
)
SYSTEM: Fields = (
    (
        "4.1.1 System architecture",
        "Extracts, a warehouse of versions, person linkage, pairs and events, weekly measures, a scorer, a list. One machine; no service outside it.",
    ),
    ("4.1.2 Phase", YOURS),
    (
        "4.1.3 Maintenance",
        "Trained and judged monthly; inputs, scores, base rate and calibration are held against stated thresholds each night; "
        "an expired validation stops the list; a stop switch stops everything.",
    ),
    ("4.1.4 Models", "One for each lane, conflict and domestic abuse, described below; a linkage model for who is who."),
)
OPERATIONAL: Fields = (
    (
        "4.4.1 Data sources",
        "Police incidents, their parties, police intelligence (3x5x2), its subjects; suspensions and permanent exclusions from schools.",
    ),
    (
        "4.4.2 Sensitive attributes",
        "As in development. Health and social-care columns are refused at the door. Intelligence with handling code C counts, "
        "and is shown to nobody beyond date, severity and grade.",
    ),
    ("4.4.3 Data processing methods", "As in development, every night, by what was known by the end of the day."),
    (
        "4.4.4 Data access and storage",
        "Review dates by a schedule, legal holds, erasure with proof; a hash-chained log of collection, consultation, "
        f"disclosure, alteration, combination and erasure. {YOURS}: retention periods.",
    ),
    ("4.4.5 Data sharing agreements", YOURS),
)
RISKS: Fields = (
    (
        "5.1 Impact assessments",
        f"{YOURS}: data protection and equality impact assessments, with dates and links. docs/impact-assessment.md holds what they can begin with.",
    ),
    (
        "5.2 Risks and mitigations",
        "- Victims taken for aggressors: roles are kept to the list; someone known only as a victim is never worded as the one who acts.\n"
        "- Records of two people taken for one: doubtful links are not made but judged by people; a reviewer can say that a link is wrong.\n"
        "- Groups listed more than their due: a fairness report with every training, and each quarter on the lists as they were published.\n"
        "- Young people listed for being young: age weighs in the score; the fairness report tells how many of the listed are under 18 with and without it.\n"
        "- An order that rests on a choice of weights or on one source: the fairness report tells how the list would change with other weights, without "
        "intelligence, without exclusions.\n"
        "- Deciding by the score: the list says on its face that it is no evidence and what it must not be used for; reviews are by name and watched.\n"
        "- A model that has gone stale: drift thresholds, validations that expire, no list rather than a stale one.\n"
        "- Data spread too far: one rendering per recipient profile, each logged; no profile, no file.\n"
        "- School records weighing on children: they never flag by themselves; under-18s have a safeguarding route.",
    ),
)
