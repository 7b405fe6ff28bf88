"""What README and docs/ tell a reader to type works: commands, options, settings, queries, and links to files."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb
import pytest
import typer.main

from flows.cli.main import app
from flows.dictionary import published_on_nothing
from flows.settings import PREFIX, PROJECT, Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
SHELL, SQL = ("sh", "bash", "console"), ("sql",)

document = pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.relative_to(ROOT).as_posix())


def blocks(file: Path, languages: tuple[str, ...]) -> Iterator[str]:
    """The fenced blocks of a document in one of some languages."""
    for language, text in re.findall(r"^```(\w*)\n(.*?)^```", file.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        if language in languages:
            yield text


def commands(file: Path) -> Iterator[list[str]]:
    """Every command that a document shows, in a block or in `inline code`, as words without variables before it."""
    inline = re.findall(r"`((?:make|forewarn|python -m) [^`]+)`", file.read_text(encoding="utf-8"))
    for line in [*inline, *(line for block in blocks(file, SHELL) for line in block.splitlines())]:
        words = line.split("#")[0].split("|")[0].replace("[", "").replace("]", "").split()
        while words and re.match(r"^[A-Z_]+=", words[0]):
            words.pop(0)
        if words:
            yield [words[0].removeprefix(".venv/bin/"), *words[1:]]


def complaint(words: list[str]) -> str | None:
    """What is wrong with a command, if it is one of ours."""
    command, *rest = words
    if command == "make" and rest and "=" not in rest[0]:
        return (
            None
            if re.search(rf"^{re.escape(rest[0])}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
            else "no such target"
        )
    if command == "python" and rest[:1] == ["-m"]:
        return None if importlib.util.find_spec(rest[1]) else "no such module"
    if command == "forewarn" and rest and not rest[0].startswith("-"):
        return _forewarn_complaint(rest[0], rest[1:])
    return None


def _forewarn_complaint(name: str, words: list[str]) -> str | None:
    group: Any = typer.main.get_command(app)
    if name not in group.commands:
        return f"no command {name}"
    found = group.commands[name]
    if hasattr(found, "commands") and words and not words[0].startswith("-"):
        if words[0] not in found.commands:
            return f"no command {name} {words[0]}"
        found = found.commands[words[0]]
    options = {option for parameter in found.params for option in parameter.opts} | {"--help"}
    strange = [word.split("=")[0] for word in words if word.startswith("--") and word.split("=")[0] not in options]
    return f"no option {strange[0]}" if strange else None


@document
def test_commands_shown_are_there(file: Path) -> None:
    assert [(" ".join(words), wrong) for words in commands(file) if (wrong := complaint(words))] == []


def test_a_command_that_is_not_there_is_found() -> None:
    assert complaint(["make", "tea"]) == "no such target"
    assert complaint(["forewarn", "nightly", "--landing=in", "--dry"]) == "no option --dry"
    assert complaint(["forewarn", "brew"]) == "no command brew"
    assert complaint(["forewarn", "models", "brew"]) == "no command models brew"
    assert complaint(["forewarn", "models", "list", "--dry"]) == "no option --dry"
    assert complaint(["python", "-m", "flows.tea"]) == "no such module"


@document
def test_links_lead_somewhere(file: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []


@document
def test_settings_named_are_settings(file: Path) -> None:
    known = {PREFIX + field.name.upper() for field in fields(Settings)} | {PROJECT}
    assert set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", file.read_text(encoding="utf-8"))) - known == set()


def test_the_operator_is_told_of_every_setting() -> None:
    told = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
    assert [name for field in fields(Settings) if f"`{(name := PREFIX + field.name.upper())}`" not in told] == []


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(published_on_nothing(tmp_path_factory.mktemp("home"))), read_only=True) as con:
        yield con


@document
def test_queries_shown_can_be_asked(file: Path, published: duckdb.DuckDBPyConnection) -> None:
    for query in blocks(file, SQL):
        for statement in query.split(";"):
            if statement.strip():
                published.execute(statement)
