"""The data dictionary in docs/ says what the published database says; and a night on an empty landing folder publishes."""

from __future__ import annotations

from flows.dictionary import main


def test_the_data_dictionary_is_up_to_date() -> None:
    assert main(["--check"]) == 0
