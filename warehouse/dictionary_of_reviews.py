"""What the published tables on people's decisions mean: reviews, watches, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping

from warehouse.described_table import Table

OF_REVIEWS: Mapping[str, Table] = {
    "reviews": Table(
        "Every decision that people made about pairs, in the order made; rows are only added, and taking one back is a further row",
        {
            "review_id": "The review's number",
            "decision": "agree, dismiss, managed, wrong_link, refer, nominate or withdraw",
            "reason": "Why a pair was dismissed, one of a list (docs/tactical-group.md)",
            "pathway": "The help that the pair was referred to (config/pathways.toml)",
            "note": "In the reviewer's words",
            "until": "The last day that the decision holds; null without an end",
            "made_by": "Who decided",
            "made_at": "When",
            "evidence_seen": "Whether the reviewer had looked at the pair's evidence in the fortnight before, by the access log",
            "list_as_of": "The list that the pair was on when it was reviewed",
            "score": "Its score then",
            "withdraws": "The review that this one takes back",
            "withdrawn_by": "The review that took this one back",
            "keeps_off": "Whether it keeps the pair off tonight's list",
            "back_because": "Why a dismissed pair may be listed again: what is new and worse",
        },
    ),
    "watched_pairs": Table(
        "The pairs that someone put on watch, whatever their score, until the day named",
        {
            "made_by": "Who put it on watch",
            "made_at": "When",
            "note": "Why, in their words",
            "until": "The last day of the watch",
            "review_id": "The review that did so",
        },
    ),
    "review_outcomes": Table(
        "What became of pairs after each kind of decision; no proof of what a decision did, since it was not made by lot",
        {
            "decision": "The decision",
            "reason": "Why a pair was dismissed",
            "reviews": "How many reviews that stand",
            "mean_score": "Mean score when reviewed",
            "reviews_over": "How many of them were made 28 days ago or longer",
            "followed_by_serious": "How many of those were followed by serious violence between the two within 28 days",
            "evidence_seen": "Reviews made after a look at the evidence",
        },
    ),
    "review_agreement": Table(
        "How reviewers decided about listed pairs, by each reason that raised the score when they did",
        {
            "reason": "The reason's first words, without the records that it names",
            "reviews": "How many reviews of pairs listed with that reason stand",
            "agreed": "How many of them agreed, referred or said that it is managed",
            "dismissed": "How many dismissed",
            "wrong_link": "How many said that the records are of other people",
            "share_agreed": "The agreed as a share of the reviews",
        },
    ),
    "list_outcomes": Table(
        "What followed listed pairs with and without action, 28 days or longer ago; no proof of what an action did, since it was not made by lot",
        {
            "action": "What was decided by a week after the list: referred or managed, agreed with, dismissed or wrong link, no decision",
            "entries": "Pairs on lists, each once a week",
            "pairs": "Different pairs among them",
            "expected": "How many entries the scores led to expect serious violence of: their sum",
            "followed_by_serious": "How many serious violence between the two, in lane domestic that flagged as domestic, followed within 28 days",
        },
    ),
    "reviewers": Table(
        "How each reviewer decides, to see rubber stamps",
        {
            "made_by": "The reviewer",
            "reviews": "How many reviews",
            "share_agreed": "Share that agreed, referred or said that it is managed",
            "share_agreed_unseen": "Share that did so without a look at the pair's evidence in the fortnight before",
            "median_seconds_apart": "Median seconds since the reviewer's review before",
        },
    ),
}
