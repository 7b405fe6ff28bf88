"""Intelligence reports: a story told in words, with its grade and its handling, and who is listed as its subjects."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import polars as pl

from synth import errors, names
from synth.chance import Ints, Rng, minutes, pick, stream
from synth.people import People
from synth.places import HAUNTS, SITES, STREETS
from synth.recording import later

FORMS = ("full", "reversed", "nickname", "initial", "lower", "alias")
FORM_SHARES = (0.44, 0.31, 0.12, 0.04, 0.05, 0.04)
LISTED = {"a": 0.82, "b": 0.74, "c": 0.62}
CONDITIONS = ("Not to be used without the originator's consent", "No dissemination outside the intelligence unit", "Do not action without contacting the source unit")
ORIGINS = (("STREET", "ONLINE", "SCHOOL", "PRISON", "PARTNER", "OTHER"), (0.42, 0.14, 0.09, 0.05, 0.14, 0.16))


@dataclass(frozen=True)
class Intelligence:
    """`reports`: the extract's columns and theme, a, b, is_true, feud. `subjects`: report_id, subject_no, person, observed_at. `mentions`: people only named in a text."""

    reports: pl.DataFrame
    subjects: pl.DataFrame
    mentions: pl.DataFrame


@cache
def phrases() -> dict[str, list[str]]:
    """The sentences by theme."""
    return tomllib.loads((files("synth") / "phrases.toml").read_text(encoding="utf-8"))


def write_reports(seed: int, stories: pl.DataFrame, people: People) -> Intelligence:
    """A report for each story, numbered in order of recording."""
    rng = stream(seed, "reports")
    size = stories.height
    event_time = stories["time"].to_numpy().astype("datetime64[m]")
    recorded_at = event_time + minutes(rng, size, 1.6) + np.timedelta64(30, "m")
    source, assessment = _grades(rng, stories["is_true"].to_numpy(), stories["theme"].to_numpy())
    handling = np.where(rng.random(size) < 0.11, "C", "P")
    frame = stories.with_columns(
        pl.Series("recorded_at", recorded_at.astype("datetime64[us]")),
        pl.Series("event_date", np.where(rng.random(size) < 0.12, np.datetime64("NaT"), event_time.astype("datetime64[D]")).astype("datetime64[D]")),
        pl.Series("source_evaluation", source.tolist(), dtype=pl.String), pl.Series("intelligence_assessment", assessment.tolist(), dtype=pl.String),
        pl.Series("handling_code", handling.tolist(), dtype=pl.String),
        pl.Series("handling_conditions", np.where(handling == "C", pick(rng, CONDITIONS, size), "").tolist(), dtype=pl.String),
        pl.Series("origin", np.where(rng.random(size) < 0.05, "", pick(rng, ORIGINS[0], size, ORIGINS[1])).tolist(), dtype=pl.String),
        pl.Series("withdrawn_at", later(rng, recorded_at, 0.005, 30).astype("datetime64[us]")),
    ).sort("recorded_at", "theme", "a", "b", maintain_order=True).with_row_index("serial", offset=1)
    frame = frame.with_columns(pl.format("IR{}", pl.col("serial").cast(pl.String).str.zfill(6)).alias("report_id")).drop("serial")
    return _told(rng, frame, people)


def _grades(rng: Rng, is_true: np.ndarray, theme: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mostly untested sources; what is false is graded lower, but not always."""
    source = np.where(is_true, pick(rng, ("1", "2", "3"), is_true.size, (0.22, 0.66, 0.12)), pick(rng, ("1", "2", "3"), is_true.size, (0.08, 0.62, 0.30)))
    assessment = np.where(is_true, pick(rng, tuple("ABCDE"), is_true.size, (0.14, 0.38, 0.20, 0.26, 0.02)), pick(rng, tuple("ABCDE"), is_true.size, (0.03, 0.20, 0.20, 0.40, 0.17)))
    return source, assessment


class _Writer:
    """Writes one report after another."""

    def __init__(self, rng: Rng, people: People, size: int) -> None:
        self.rng, self.people = rng, people
        self.draws = rng.random((size, 16))
        self.forms = np.searchsorted(np.cumsum(FORM_SHARES), rng.random((size, 3)) * sum(FORM_SHARES)).clip(0, 5)

    def one(self, values: list[str] | tuple[str, ...], draw: float) -> str:
        return values[int(draw * len(values))]

    def fillings(self, row: int) -> dict[str, str]:
        draw, told = self.draws[row], phrases()
        fill = {"haunt": self.one(HAUNTS, draw[0]), "street": self.one(STREETS, draw[1]), "site": self.one(SITES, draw[2]), "when": self.one(told["when"], draw[3]),
                "car": self.one(told["car"], draw[4]), "school": self.one(self.people.schools.name.tolist(), draw[5])}
        return fill | {"cause": self.one(told["cause"], draw[6]).format(**fill)}

    def name(self, row: int, slot: int, person: int) -> tuple[str, str]:
        """(form, as written) of a person's name."""
        form = FORMS[self.forms[row, slot]]
        people, draw = self.people, float(self.draws[row, 12 + slot])
        first, last = errors.latin_1(people.forename[person]), errors.latin_1(people.surname[person])
        short = names.nicknames(people.forename[person])
        if form == "alias" and people.alias[person]:
            return form, f'a male known as "{people.alias[person]}"' if people.sex[person] == "M" else f'a female known as "{people.alias[person]}"'
        if form == "nickname" and short:
            return form, f"{self.one(short, draw)} {last.upper() if draw < 0.3 else last}"
        if form == "initial":
            return form, f"{first[0]}. {last}" if draw < 0.6 else f"{first[0]} {last.upper()}"
        if form == "lower":
            return form, f"{first} {last}".lower()
        if form == "reversed":
            return form, f"{last.upper()}, {first}" if draw < 0.4 else f"{last.upper()} {first}"
        return "full", f"{first} {last.upper()}" if draw < 0.5 else f"{first} {last}"


def _told(rng: Rng, frame: pl.DataFrame, people: People) -> Intelligence:
    writer = _Writer(rng, people, frame.height)
    texts: list[str] = []
    subjects: list[tuple[str, int, int, object]] = []
    mentions: list[tuple[str, int, int, str, str]] = []
    columns = frame.select("report_id", "theme", "a", "b", "c").iter_rows()
    for row, (report, theme, *who) in enumerate(columns):
        text, named = _sentence(writer, row, theme, dict(zip("abc", who, strict=True)))
        texts.append(text)
        listed = [slot for slot, _, _, _ in named if writer.draws[row, 7 + "abc".index(slot)] < LISTED[slot]]
        number = 0
        for slot, person, form, written in named:
            if slot in listed:
                subjects.append((report, listed.index(slot) + 1, person, None))
            else:
                number += 1
                mentions.append((report, number, person, form, written))
    reports = frame.with_columns(pl.Series("text", texts, dtype=pl.String))
    when = reports.select("report_id", "recorded_at")
    listed_frame = pl.DataFrame([s[:3] for s in subjects], schema={"report_id": pl.String, "subject_no": pl.Int64, "person": pl.Int64}, orient="row")
    named_frame = pl.DataFrame(mentions, schema={"report_id": pl.String, "n": pl.Int64, "person": pl.Int64, "form": pl.String, "written": pl.String}, orient="row")
    return Intelligence(reports, listed_frame.join(when, on="report_id", maintain_order="left"), named_frame.join(when, on="report_id", maintain_order="left"))


def _sentence(writer: _Writer, row: int, theme: str, who: dict[str, int]) -> tuple[str, list[tuple[str, int, str, str]]]:
    """The text, and in its order everyone named in it: (slot, person, form, as written)."""
    draw, fill = writer.draws[row], writer.fillings(row)
    present = {slot: person for slot, person in who.items() if person >= 0}
    options = [p for p in phrases()[theme] if ("{c}" not in p or "c" in present) and ("{b}" not in p or "b" in present)]
    template = writer.one(options, draw[10])
    slots = sorted((slot for slot in present if "{" + slot + "}" in template), key=lambda slot: template.index("{" + slot + "}"))
    called = {slot: writer.name(row, "abc".index(slot), present[slot]) for slot in slots}
    fill |= {slot: written for slot, (_, written) in called.items()} | {f"{slot}_again": _again(writer.people, present[slot]) for slot in slots}
    if draw[11] < 0.30:
        template += " " + writer.one(phrases()["tail"], draw[11] / 0.30)
    elif draw[11] > 0.86 and "a" in slots:
        template += (" ", "\n")[int(draw[11] > 0.98)] + writer.one(phrases()["about_a"], (draw[11] - 0.86) / 0.14)
    text = template.format(**fill)
    return text[0].upper() + text[1:] if not text[0].isupper() and called.get("a", ("", ""))[0] != "lower" else text, [(s, present[s], *called[s]) for s in slots]


def _again(people: People, person: int) -> str:
    """How someone already named is spoken of again."""
    return "He" if people.sex[person] == "M" else "She"


def observed(rng: Rng, people: People, subjects: pl.DataFrame) -> pl.DataFrame:
    """What is noted of each subject."""
    rows: Ints = subjects["person"].to_numpy()
    return errors.observe(rng, people, rows, subjects["recorded_at"].to_numpy(), errors.INTELLIGENCE)
