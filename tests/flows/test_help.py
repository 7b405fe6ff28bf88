"""Every command's help can be read alone: a sentence, a word on each argument and option, and an example that works where something must be given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from flows.cli.listing import SECTIONS, first_sentence
from flows.cli.main import app
from tests.house.test_documents import complaint

TOP: Any = typer.main.get_command(app)


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that lead to it."""
    yield path, command
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, (*path, name))


ALL = dict(commands(TOP))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_help_can_be_read_alone(path: tuple[str, ...]) -> None:
    command = ALL[path]
    said = first_sentence(command.help)
    assert len(said.split()) > 4, said
    assert said[0].isupper()
    silent = [one.name for one in command.params if one.name != "help" and not re.sub(r"\[default.*?\]", "", one.help or "").strip()]
    assert silent == [], "an argument or option without a word on it"
    shown = CliRunner().invoke(app, [*path, "--help"])
    assert shown.exit_code == 0
    examples = re.findall(r"^ +(forewarn .+)$", shown.output, re.MULTILINE)
    assert [(line, wrong) for line in examples if (wrong := complaint(line.split()))] == []
    assert examples or not any(one.required for one in command.params), "what must be given is best shown"
    assert all(line.split()[1] in TOP.commands for line in examples)


def test_the_list_of_commands_puts_each_under_a_heading_and_cuts_no_sentence() -> None:
    named = [name for names in SECTIONS.values() for name in names]
    assert sorted(named) == sorted(TOP.commands)
    shown = CliRunner().invoke(app, ["--help"]).output
    assert "..." not in shown.replace("[ARGS]...", "")
    assert [shown.index(f"{title}:") for title in SECTIONS] == sorted(shown.index(f"{title}:") for title in SECTIONS)
