"""Every feature belongs to a reason that is declared, and every reason can be worded."""

from __future__ import annotations

import dataclasses

import pytest

from features import themes
from features.catalogue import FEATURES, feature_names
from features.themes import THEMES, ThemeUnknown, features_by_theme


def test_every_feature_belongs_to_one_reason() -> None:
    assert sorted(name for names in features_by_theme().values() for name in names) == sorted(feature_names())


def test_reasons_have_names_of_their_own_and_words_both_ways() -> None:
    assert len({theme.name for theme in THEMES}) == len(THEMES)
    assert all(theme.raises and theme.lowers for theme in THEMES)


def test_a_feature_of_an_undeclared_reason_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes, "FEATURES", (dataclasses.replace(FEATURES[0], theme="mood"),))
    with pytest.raises(ThemeUnknown, match=r"events_28d belongs to mood, which features/themes\.py does not declare: add it there"):
        features_by_theme()
