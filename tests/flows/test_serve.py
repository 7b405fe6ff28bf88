"""What make serve hands to server and worker: this machine only, nothing told to anyone, the project's folder."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from flows import serve


def test_the_environment_of_server_and_worker() -> None:
    env = serve.environment({"PATH": "/bin", "FOREWARN_HOME": "/srv/forewarn"}, Path("/srv/project"))
    assert env == {
        "PATH": "/bin",
        "FOREWARN_HOME": "/srv/forewarn",
        "FOREWARN_PROJECT": "/srv/project",
        "PREFECT_HOME": "/srv/forewarn/prefect",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": "/srv/forewarn/prefect/page",
        "PREFECT_API_URL": "http://127.0.0.1:4200/api",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": "4200",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }


def test_another_address_to_listen_on_must_be_given_by_hand() -> None:
    env = serve.environment({"FOREWARN_HOME": "h", "PREFECT_SERVER_API_HOST": "0.0.0.0"}, Path("/srv/project"))
    assert (env["PREFECT_SERVER_API_HOST"], env["PREFECT_API_URL"]) == ("0.0.0.0", "http://127.0.0.1:4200/api")


def test_a_port_that_is_taken_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PREFECT_SERVER_API_PORT", str(port))
        monkeypatch.setenv("FOREWARN_HOME", str(tmp_path))
        with pytest.raises(SystemExit, match=rf"make serve: port {port} is taken \(Address already in use\): stop what holds it"):
            serve.main()
