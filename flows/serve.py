"""make serve: a Prefect server and a worker on this machine, with what prefect.yaml says deployed, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from flows.settings import PROJECT, read_settings

POOL = "forewarn"
HOST = "127.0.0.1"
START_SECONDS = 120
STOP_SECONDS = 20
PAGE = Path("prefect", "page")
"""In HOME, what Prefect makes of its own files to show; nothing of what was received."""


class ServerUnavailable(Exception):
    """The Prefect server did not come up."""


def environment(given: dict[str, str], project: Path) -> dict[str, str]:
    """What server, worker and the runs they start see: all on this machine unless told otherwise, private, and telling nobody."""
    port = given.get("PREFECT_SERVER_API_PORT", "4200")
    home = read_settings(given).home.resolve()
    return given | {
        PROJECT: str(project),
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(home / PAGE),  # else it is copied into .venv, in the way of other users
        "PREFECT_API_URL": f"http://{HOST}:{port}/api",
        "PREFECT_SERVER_API_HOST": given.get("PREFECT_SERVER_API_HOST", HOST),
        "PREFECT_SERVER_API_PORT": port,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }


def main() -> None:
    """Serves until Ctrl-C or SIGTERM, then stops worker and server."""
    os.umask(0o077)
    env = environment(dict(os.environ), Path.cwd())
    Path(env["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    try:
        _claim(int(env["PREFECT_SERVER_API_PORT"]))
        for stop in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stop, signal.default_int_handler)
        with _running(["server", "start"], env) as server:
            _await_health(env["PREFECT_API_URL"], server)
            _prefect(["work-pool", "create", POOL, "--type", "process", "--overwrite"], env)
            _prefect(["--no-prompt", "deploy", "--all"], env)
            with _running(["worker", "start", "--pool", POOL], env) as worker:
                _say(env)
                _wait(server, worker)
    except KeyboardInterrupt:
        sys.stdout.write("Stopped.\n")
    except ServerUnavailable as error:
        sys.exit(f"make serve: {error}")


def _claim(port: int) -> None:
    """Another server on the port would answer in the place of ours, and be deployed to."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise ServerUnavailable(
                f"port {port} is taken ({error.strerror}): stop what holds it, or set PREFECT_SERVER_API_PORT to another."
            ) from None


def _command(words: list[str]) -> list[str]:
    return [str(Path(sys.executable).with_name("prefect")), *words]


def _prefect(words: list[str], env: dict[str, str]) -> None:
    done = subprocess.run(_command(words), env=env, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)  # noqa: S603
    if done.returncode:
        raise ServerUnavailable(f"prefect {' '.join(words)} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def _running(words: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A Prefect process in a session of its own, so that Ctrl-C reaches only us and we end it in order."""
    process = subprocess.Popen(_command(words), env=env, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _await_health(api: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise ServerUnavailable("the Prefect server ended at once; its message is above")
        try:
            with urlopen(f"{api}/health", timeout=2):  # noqa: S310
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise ServerUnavailable(f"the Prefect server did not answer within {START_SECONDS} seconds")


def _say(env: dict[str, str]) -> None:
    settings = read_settings(env)
    sys.stdout.write(
        f"\nPrefect's page: {env['PREFECT_API_URL'].removesuffix('/api')}\n"
        f"Landing folder: {settings.landing or 'none yet: set FOREWARN_LANDING and start again'}\n"
        f"Home: {settings.home}\n"
        "A run now: on the page under Deployments, nightly, Run; or\n"
        f"  PREFECT_API_URL={env['PREFECT_API_URL']} .venv/bin/prefect deployment run nightly/nightly\n"
        "Ctrl-C stops server and worker.\n\n"
    )
    sys.stdout.flush()


def _wait(server: subprocess.Popen[bytes], worker: subprocess.Popen[bytes]) -> None:
    while server.poll() is None and worker.poll() is None:
        time.sleep(1)
    raise ServerUnavailable("the server or the worker ended by itself; its message is above")


if __name__ == "__main__":
    main()
