"""The house keeps its own rules: names, sizes, and nothing of one machine in what is kept."""

from __future__ import annotations

import re
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
ROOMS = ("warehouse", "features", "models", "alerts", "flows", "synth", "bench", "tests")
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base", "manager"}
TEXT = {".py", ".sql", ".md", ".toml", ".yaml", ".yml", ".txt", ".lock", ".html", ".css", ".j2", ""}
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.}])/(work|root|opt|home|Users)/\w|files\.pythonhosted|--(extra-)?index[-]url|--find-links|pypi\.org/simple"
)


def kept_files() -> list[Path]:
    """What git keeps; in a copy without git, everything but what tools make."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = (
        listed.stdout.splitlines()
        if listed.returncode == 0
        else [p.relative_to(ROOT).as_posix() for room in ROOMS for p in (ROOT / room).rglob("*")]
    )
    return [ROOT / name for name in names if (ROOT / name).is_file() and "__pycache__" not in name]


def written() -> list[tuple[str, str]]:
    """Path and text of every kept text file."""
    files = [file for file in kept_files() if file.suffix in TEXT]
    return [(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")) for file in files]


def test_a_file_says_in_its_name_what_it_holds() -> None:
    assert [str(p.relative_to(ROOT)) for p in kept_files() if p.suffix == ".py" and (NAMELESS & set(p.with_suffix("").parts))] == []


def test_no_file_of_code_is_over_400_lines() -> None:
    assert [(path, n) for path, text in written() if path.endswith((".py", ".sql")) and (n := text.count("\n")) > 400] == []


def test_nothing_kept_names_an_index_or_a_folder_of_one_machine() -> None:
    here = Path(__file__).relative_to(ROOT).as_posix()
    found = [
        f"{path}:{n}"
        for path, text in written()
        for n, line in enumerate(text.splitlines(), 1)
        if path != here and OF_ONE_MACHINE.search(line)
    ]
    assert found == []


def test_every_module_says_what_it_is() -> None:
    silent = [path for path, text in written() if path.endswith(".py") and not path.startswith("tests/") and not re.match(r'r?"""\S', text)]
    assert silent == []


EXTRAS_OF = {"requirements.lock": ("build",), "requirements-dev.lock": ("build", "dev"), "requirements-spark.lock": ("spark",)}


@pytest.mark.parametrize("lock", EXTRAS_OF)
def test_a_lock_pins_every_dependency_with_hashes_and_nothing_else(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line.removesuffix("\\").strip()) for line in lines if not line.startswith(" ")]
    assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in lines if line.startswith(" "))
    assert all(line.endswith("\\") for line in lines if not line.startswith(" ")), "each pin is followed by its hashes"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [need for extra in EXTRAS_OF[lock] for need in extras[extra]] + (project["dependencies"] if "build" in EXTRAS_OF[lock] else [])
    for need in map(Requirement, wanted):
        versions = [next(iter(pin.specifier)).version for pin in pins if canonicalize_name(pin.name) == canonicalize_name(need.name)]
        assert versions, f"{need.name} is not locked: make lock"
        assert all(need.specifier.contains(version) for version in versions), f"{need} is locked at {versions}: make lock"


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = {canonicalize_name(Requirement(need).name) for need in project["dependencies"] + project["optional-dependencies"]["spark"]}
    of_module = packages_distributions()
    found = []
    for path, text in written():
        if path.endswith(".py") and path.startswith(ROOMS[:6]):
            roots = {name.split(".")[0] for name in re.findall(r"^\s*(?:from|import) ([\w.]+)", text, re.MULTILINE)}
            packages = {root: {canonicalize_name(name) for name in of_module[root]} for root in roots & of_module.keys() - set(ROOMS)}
            found += [f"{path}: {root}" for root, names in packages.items() if not names & needs]
    assert found == []
