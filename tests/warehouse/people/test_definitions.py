"""What was read, fitted or clustered by other code is done anew: the lists of that code are whole."""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType

import pytest

from warehouse.people.kept_fits import FITTED_BY
from warehouse.people.readings import READ_BY
from warehouse.people.standing_tables import CLUSTERED_BY

PEOPLE = "warehouse.people"


def _imported(module: ModuleType) -> set[str]:
    """The modules of warehouse.people that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == PEOPLE:
            found |= {f"{PEOPLE}.{one.name}" for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return {name for name in found if name.startswith(f"{PEOPLE}.")}


@pytest.mark.parametrize("listed", [READ_BY, FITTED_BY, CLUSTERED_BY], ids=["READ_BY", "FITTED_BY", "CLUSTERED_BY"])
def test_the_code_that_a_result_depends_on_is_listed_whole(listed: tuple[ModuleType, ...]) -> None:
    names = {module.__name__ for module in listed}
    assert {name for module in listed for name in _imported(module)} - names == set()
