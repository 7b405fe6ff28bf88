"""A long bench in pieces: what was found is kept, added up, and not mixed with that of other code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bench.faults import kept
from bench.faults.kept import OtherCode, OtherPiece, add_up, keep, kept_outcomes, only_piece, scene_in
from bench.faults.nights import Scene
from bench.faults.trial import Outcome

HELD = Outcome("disk full", 0, injected=True, whole=True, as_undisturbed=True)
TOLD = replace(HELD, n=1, status=1, said="forewarn: publish failed: the disk is full")
WRONG = replace(TOLD, n=2, as_undisturbed=False, is_clear=False, wrong="the next night differs in people")


def test_pieces_add_up(tmp_path: Path) -> None:
    assert kept_outcomes(tmp_path) == []
    for outcome in (HELD, TOLD, WRONG, replace(HELD, fault="kill -9")):
        keep(tmp_path, outcome)
    assert add_up("disk full", kept_outcomes(tmp_path)) == {
        "fault": "disk full",
        "injected": 3,
        "ended": {"0": 1, "1": 2},
        "whole": 3,
        "as_undisturbed": 2,
        "as_if_late": 0,
        "said": {"forewarn: publish failed: the disk is full": 2},
        "unclear": {"forewarn: publish failed: the disk is full": 1},
        "wrong": ["2: the next night differs in people"],
    }


def test_a_scene_is_made_once_and_is_of_one_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def make(folder: Path, people: int, seed: int, first: date) -> Scene:
        made.append(first)
        return Scene(folder / "landing", folder / "before", folder / "backup.tar", first, 6.5, 4096, {"people": "a"}, {"people": "b"})

    monkeypatch.setattr(kept, "make_scene", make)
    first = date(2026, 11, 1)
    scene = scene_in(tmp_path / "scene", first, 600, 1)
    assert scene_in(tmp_path / "scene", first, 600, 1) == scene
    assert made == [first]
    monkeypatch.setattr(kept, "_commit", lambda: "another")
    with pytest.raises(OtherCode, match="give another folder"):
        scene_in(tmp_path / "scene", first, 600, 1)


def test_two_pieces_do_not_share_a_folder(tmp_path: Path) -> None:
    with only_piece(tmp_path), pytest.raises(OtherPiece, match="another piece is at work"), only_piece(tmp_path):
        pass
    with only_piece(tmp_path):
        pass
