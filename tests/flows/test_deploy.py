"""The files under deploy/: what systemd itself says of the units, and that nothing listens beyond this machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

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
