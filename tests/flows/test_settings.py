"""The environment becomes one frozen Settings, or an error that says which variable and what to write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.settings import SHIPPED, Settings, SettingUnreadable, read_settings

DEFAULTS: dict[str, Any] = dict(SHIPPED)


def test_an_empty_environment_means_the_defaults() -> None:
    assert read_settings({"PATH": "/bin", "FOREWARN_HOME": ""}) == replace(Settings(home=Path("var"), list_size=50), **DEFAULTS)


def test_the_folder_that_prefect_s_worker_runs_in_is_no_setting() -> None:
    assert read_settings({"FOREWARN_PROJECT": "/srv/forewarn/project"}) == read_settings({})


def test_each_variable_is_a_field() -> None:
    given = {
        "FOREWARN_HOME": "h",
        "FOREWARN_LANDING": "in",
        "FOREWARN_MEMORY_LIMIT": "512MB",
        "FOREWARN_LIST_SIZE": "20",
        "FOREWARN_RETRIES": "0",
        "FOREWARN_PROMOTION": "by_hand",
    }
    expected = Settings(home=Path("h"), landing=Path("in"), memory_limit="512MB", list_size=20, retries=0, promotion="by_hand")
    assert read_settings(given) == replace(expected, **DEFAULTS)


def test_a_stage_may_have_minutes_of_its_own() -> None:
    minutes = read_settings({"FOREWARN_STAGE_MINUTES": "90, resolve people=600"}).stage_minutes
    assert (minutes.of("score"), minutes.of("resolve people"), minutes.strangers(["score"])) == (90, 600, ["resolve people"])
    assert read_settings({}).stage_minutes.of("score") == 240


@pytest.mark.parametrize(
    ("variable", "text", "said"),
    [
        ("FOREWARN_CADENCE", "daily", "FOREWARN_CADENCE is 'daily': it must be weekly or fortnightly"),
        ("FOREWARN_FORMATS", "pdf", "FOREWARN_FORMATS is 'pdf': it must be html, with pdf or xlsx or both beside it, such as html,xlsx"),
        (
            "FOREWARN_FORMATS",
            "html,docx",
            "FOREWARN_FORMATS is 'html,docx': it must be html, with pdf or xlsx or both beside it, such as html,xlsx",
        ),
        ("FOREWARN_LOG", "xml", "FOREWARN_LOG is 'xml': it must be console or json"),
        ("FOREWARN_STAGE_MINUTES", "soon", "FOREWARN_STAGE_MINUTES is 'soon': it must be minutes, such as 240, or 240, resolve people=600"),
        ("FOREWARN_LIST_SIZE", "0", "FOREWARN_LIST_SIZE is '0': it must be a whole number from 1"),
        ("FOREWARN_LIST_SIZE", "fifty", "FOREWARN_LIST_SIZE is 'fifty': it must be a whole number from 1"),
        ("FOREWARN_RETRIES", "-1", "FOREWARN_RETRIES is '-1': it must be a whole number from 0"),
        ("FOREWARN_MEMORY_LIMIT", "4", "FOREWARN_MEMORY_LIMIT is '4': it must be an amount of memory such as 4GB"),
        ("FOREWARN_PROMOTION", "me", "FOREWARN_PROMOTION is 'me': it must be automatic or by_hand"),
        ("FOREWARN_LIST_SISE", "50", "FOREWARN_LIST_SISE is set, but no setting has that name: did you mean FOREWARN_LIST_SIZE?"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(variable: str, text: str, said: str) -> None:
    with pytest.raises(SettingUnreadable) as error:
        read_settings({variable: text})
    assert str(error.value) == said
