"""The files under deploy/: what systemd itself says of the units, and that nothing listens beyond this machine."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from cyclopts import CycloptsError
from prefect.cli._app import _app as prefect_app
from typer.testing import CliRunner

from flows.cli.main import app
from flows.settings import read_settings

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("forewarn-*"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for unit in UNITS:  # the commands are not installed here: any that is there stands for them
        text = re.sub(r"(?m)^(Exec\w+)=\S+", r"\1=/bin/true", unit.read_text(encoding="utf-8"))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if "forewarn" in line]) == (0, [])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_every_service_is_private_and_gains_nothing(unit: Path) -> None:
    said = RawConfigParser(strict=False)
    said.optionxform = str  # type: ignore[assignment, method-assign]
    said.read_string(unit.read_text(encoding="utf-8"))
    service = dict(said["Service"])
    assert {name: service[name] for name in ("User", "UMask", "NoNewPrivileges", "ProtectSystem", "IPAddressDeny", "IPAddressAllow")} == {
        "User": "forewarn",
        "UMask": "0077",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "IPAddressDeny": "any",
        "IPAddressAllow": "localhost",
    }
    assert service["EnvironmentFile"] == "/etc/forewarn/forewarn.env"


def test_units_and_containers_tell_nobody_and_listen_on_this_machine_alone() -> None:
    environment = (DEPLOY / "systemd" / "forewarn.env").read_text(encoding="utf-8")
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    for text in (environment, dockerfile):
        assert "DO_NOT_TRACK=1" in text
        assert "PREFECT_SERVER_ANALYTICS_ENABLED=false" in text
    assert "PREFECT_SERVER_API_HOST=127.0.0.1\n" in environment
    compose: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert [port for service in compose["services"].values() for port in service.get("ports", [])] == ["127.0.0.1:4200:4200"]
    for service in compose["services"].values():
        assert (service["user"], service["cap_drop"], service["read_only"]) == ("10001:10001", ["ALL"], True)
    assert re.search(r"^USER forewarn$", dockerfile, re.MULTILINE)


def unit_of(file: Path) -> RawConfigParser:
    """A unit; of lines with one name, all are kept, one to a line."""

    class Lines(dict[str, Any]):
        def __setitem__(self, name: str, value: Any) -> None:
            if isinstance(value, list) and isinstance(self.get(name), list):
                value = [*self[name], *value]
            super().__setitem__(name, value)

    said = RawConfigParser(strict=False, dict_type=Lines)
    said.optionxform = str  # type: ignore[assignment, method-assign]
    said.read_string(file.read_text(encoding="utf-8"))
    return said


def settings_of(file: Path) -> dict[str, str]:
    """The variables of an environment file."""
    return dict(line.split("=", 1) for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))


def complaint(words: list[str]) -> str | None:
    """What is wrong with a command of ours or of Prefect's, which reads its words and does nothing."""
    name, *rest = words
    if name == "prefect":
        rest = [word for word in rest if word != "--no-prompt"]  # an option of all its commands
        try:
            prefect_app.parse_args(rest, exit_on_error=False, print_error=False)
        except CycloptsError as error:
            return type(error).__name__
        return None
    done = CliRunner().invoke(app, [*rest, "--help"])
    return done.output if done.exit_code else None


def commands_of_units() -> list[list[str]]:
    return [
        shlex.split(line)
        for unit in SERVICES
        for name, lines in unit_of(unit)["Service"].items()
        if name.startswith("Exec")
        for line in lines.split("\n")
    ]


def commands_of_containers() -> list[list[str]]:
    compose: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    given = [service["command"] for service in compose["services"].values()]
    lines = [line for command in given for line in (command[2].split("&&") if command[0] == "sh" else [shlex.join(command)])]
    return [shlex.split(line.strip().removeprefix("exec ")) for line in lines]


def test_every_command_of_the_units_and_containers_is_there_and_takes_its_options() -> None:
    units, containers = commands_of_units(), commands_of_containers()
    assert [len(units), len(containers)] == [5, 5]
    assert {str(Path(words[0]).parent) for words in units} == {"/srv/forewarn/project/.venv/bin"}
    ours = [[Path(words[0]).name, *words[1:]] for words in [*units, *containers] if words[0] != "umask"]
    assert [(shlex.join(words), wrong) for words in ours if (wrong := complaint(words))] == []
    for words in (
        ["forewarn", "doctor", "--nofity"],
        ["forewarn", "docter"],
        ["prefect", "worker", "strat"],
        ["prefect", "server", "start", "--nope"],
    ):
        assert complaint(words)


def test_units_and_containers_name_the_same_folders_as_the_settings() -> None:
    environment = settings_of(DEPLOY / "systemd" / "forewarn.env")
    settings = read_settings(environment)
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for unit in SERVICES:
        service = unit_of(unit)["Service"]
        assert (service["WorkingDirectory"], service["ReadWritePaths"]) == (environment["FOREWARN_PROJECT"], str(settings.home))
    for name in ("FOREWARN_PROJECT", "FOREWARN_HOME", "FOREWARN_LANDING", "PREFECT_HOME", "PREFECT_SERVER_UI_STATIC_DIRECTORY"):
        assert f"{name}={environment[name]}" in dockerfile
    for name in ("PREFECT_HOME", "PREFECT_SERVER_UI_STATIC_DIRECTORY"):
        assert settings.home in Path(environment[name]).parents, "the only folder that the services may write to"
    compose: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    mounted = [volume.split(":")[1] for service in compose["services"].values() for volume in service["volumes"]]
    assert set(mounted) == {str(settings.home), str(settings.landing)}
    for path in (settings.home, settings.landing, "/etc/forewarn/forewarn.env"):
        assert str(path) in readme
    assert {unit.stem for unit in UNITS} <= set(re.findall(r"forewarn-\w+", readme))


def test_what_the_image_is_made_from_is_there() -> None:
    copied = re.findall(r"^COPY (\S+) ", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    root = DEPLOY.parent
    assert [name for name in copied if not (root / name).exists()] == []
    assert "setuptools==" in (root / "requirements.lock").read_text(encoding="utf-8"), "the project is installed without build isolation"
    ignored = (root / ".dockerignore").read_text(encoding="utf-8").split()
    assert {"var/", ".git/", "*.duckdb"} <= set(ignored), "no data may get into an image"
