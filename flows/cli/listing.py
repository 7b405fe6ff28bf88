"""The list of commands in a help: under headings in the order in which a newcomer needs them, each with its whole first sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from typer.core import TyperGroup

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Try it": ("demo", "synth"),
    "Every night, week and month": ("nightly", "weekly", "train", "deliveries"),
    "Look": ("pair", "person", "sql", "export"),
    "Decide": ("review", "people"),
    "How good it is": ("backtest", "models"),
    "Answer for it": ("audit", "access", "retention", "stop", "go"),
    "Look after it": ("doctor", "backup", "restore", "rollback"),
}


class Listed(TyperGroup):
    """A group whose help tells each command's first sentence whole."""

    sections: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes the commands, those under no heading last."""
        listed = [name for names in self.sections.values() for name in names]
        others = tuple(name for name in self.list_commands(ctx) if name not in listed)
        for title, names in [*self.sections.items(), ("More" if listed else "Commands", others)]:
            if rows := list(self._rows(ctx, names)):
                with formatter.section(title):
                    formatter.write_dl(rows)

    def _rows(self, ctx: Any, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for name in names:
            command = self.get_command(ctx, name)
            if command is not None:
                yield name, first_sentence(command.help or "")


class TopLevel(Listed):
    """The forewarn command itself."""

    sections = SECTIONS


def first_sentence(said: str) -> str:
    """The first sentence of a help, on one line."""
    paragraph = " ".join(said.split("\n\n", maxsplit=1)[0].split())
    return paragraph.split(". ", maxsplit=1)[0].rstrip(".") + "."
