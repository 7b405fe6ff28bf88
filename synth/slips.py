"""Slips of pen, ear and keyboard: how a name or a date comes to be written otherwise."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import numpy as np

from synth import names
from synth.chance import Bools, Rng, Strings

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
SOUNDS_ALIKE = (
    ("ph", "f"),
    ("ck", "k"),
    ("th", "t"),
    ("ie", "ei"),
    ("ee", "ea"),
    ("ll", "l"),
    ("tt", "t"),
    ("s", "z"),
    ("y", "i"),
    ("ou", "u"),
    ("c", "k"),
    ("nn", "n"),
)
NOT_LATIN = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "ı": "i"})


Change = Callable[[str], str]


def hit(rng: Rng, size: int, share: float) -> Bools:
    """Which of so many rows a fault of that share falls on."""
    return rng.random(size) < share


def each(column: Strings, change: Change) -> Strings:
    """The column with every value changed."""
    out = np.empty(column.size, dtype=object)
    out[:] = [change(value) for value in column.tolist()]
    return out


def some(rng: Rng, column: Strings, share: float, change: Change, where: Bools | None = None) -> Strings:
    """The column with a share of its values changed."""
    rows = np.flatnonzero(hit(rng, column.size, share) & (True if where is None else where))
    out = column.copy()
    out[rows] = [change(value) for value in column[rows].tolist()]
    return out


def without_accents(text: str) -> str:
    """Letters without their marks: Ciarán becomes Ciaran, Wałęsa Walesa."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text.translate(NOT_LATIN)) if not unicodedata.combining(c))


def latin_1(text: str) -> str:
    """Only letters that Windows-1252 has; others lose their marks."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return "".join(c if c.encode("cp1252", "ignore") else without_accents(c) for c in text)
    return text


def nickname(rng: Rng) -> Change:
    """What the bearer of the name is also called."""

    def change(name: str) -> str:
        options = names.nicknames(name)
        return options[int(rng.integers(len(options)))] if options else name

    return change


def respelt(rng: Rng) -> Change:
    """Another spelling of the name, where there is one."""

    def change(name: str) -> str:
        others = names.spellings().get(name, (name,))
        return others[int(rng.integers(len(others)))]

    return change


def half(rng: Rng) -> Change:
    """One half of a double surname."""

    def change(name: str) -> str:
        halves = name.split("-")
        return halves[int(rng.integers(len(halves)))]

    return change


def with_typos(rng: Rng, column: Strings, share: float) -> Strings:
    """The column with slips of the keyboard in a share of its values."""
    return some(rng, column, share, typo(rng))


def typo(rng: Rng) -> Change:
    """A letter left out, doubled, swapped with the next or replaced; never the first."""

    def change(name: str) -> str:
        if len(name) < 4:
            return name
        at, kind, letter = int(rng.integers(1, len(name) - 1)), int(rng.integers(4)), ALPHABET[int(rng.integers(26))]
        middle = ("", name[at] * 2, name[at + 1] + name[at], letter)[kind]
        return name[:at] + middle + name[at + (2 if kind == 2 else 1) :]

    return change


def alike(rng: Rng) -> Change:
    """As it sounds: ph for f, ei for ie."""

    def change(name: str) -> str:
        options = [(old, new) for pair in SOUNDS_ALIKE for old, new in (pair, pair[::-1]) if old in name[1:]]
        if not options:
            return name
        old, new = options[int(rng.integers(len(options)))]
        return name[0] + name[1:].replace(old, new, 1)

    return change


def wrong_digit(rng: Rng) -> Change:
    """One digit of year or day off; always still a date."""

    def change(text: str) -> str:
        if rng.random() < 0.5:
            return f"{int(text[:4]) + int(rng.choice([-10, -1, 1])):04d}{text[4:8]}{min(int(text[8:]), 28):02d}"
        return text[:8] + f"{int(rng.integers(1, 29)):02d}"

    return change
