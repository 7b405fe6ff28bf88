"""Health and social-care columns are known by their names, however these are written; others are let through."""

from __future__ import annotations

import pytest

from warehouse.contracts import EXTRACTS
from warehouse.sources.gateway import refused_columns


@pytest.mark.parametrize(
    "name",
    [
        "nhs_number", "NHSNumber", "nhsno", "GP_Practice", "gp", "diagnosis", "diagnoses_1", "mental_health_flag", "MentalHealth", "health_marker",
        "social_care_status", "SocialWorker", "care_status", "CareLeaver", "in care", "looked_after", "LookedAfterChild", "LAC", "cla_flag",
        "child_protection_plan", "Child in Need", "CIN", "ehcp", "EHC plan", "sen", "SEN_Provision", "send_status", "disability", "medication",
        "hospital_admission", "camhs_referral", "self_harm_marker", "foster_carer", "special educational needs", "adhd", "substance misuse",
    ],
)  # fmt: skip
def test_refused(name: str) -> None:
    assert refused_columns(("surname", name)) == (name,)


@pytest.mark.parametrize(
    "name",
    [
        "beat_code", "sent_at", "sentence", "send_date", "gps_lat", "gps_long", "officer", "careless_driving", "school_phase", "disorder_type", "place",
        "lace", "black", "class", "asset", "severity", "carer", "incident_care_of", "ward", "supplier", "essential", "engineer", "first_aid_kit",
    ],
)  # fmt: skip
def test_let_through(name: str) -> None:
    assert refused_columns((name,)) == ()


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda extract: str(extract.name))
def test_no_column_of_the_contract_is_refused(extract) -> None:  # type: ignore[no-untyped-def]
    assert refused_columns(extract.column_names) == ()
