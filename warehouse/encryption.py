"""Whether the engine can write an encrypted database: tried, not assumed, so that encryption is never pretended."""

from __future__ import annotations

import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

PLAIN = "this must not be readable in the file"


class EncryptionUnavailable(Exception):
    """An encrypted published database was asked for, and there can be none."""


def why_not() -> str | None:
    """Why the engine cannot write an encrypted database; None when it can, and one that was tried held nothing readable."""
    with TemporaryDirectory() as folder, duckdb.connect(config={"autoinstall_known_extensions": "false"}) as con:
        file = Path(folder) / "trial.duckdb"
        try:
            con.execute(f"attach '{file}' as trial (encryption_key '{secrets.token_hex(16)}')")
            con.execute("create table trial.t as select ? as plain from range(1000)", [PLAIN])
            con.execute("detach trial")
        except duckdb.Error as error:
            return " ".join(str(error).splitlines()[0].split()).removesuffix(".")
        return "the file that it wrote can be read without the key" if PLAIN.encode() in file.read_bytes() else None


def refuse_encryption() -> None:
    """Raises EncryptionUnavailable, with the engine's own reason."""
    reason = why_not()
    said = f"this engine, duckdb {duckdb.__version__}, cannot write one: {reason}" if reason else "no reader of Forewarn's opens one yet"
    raise EncryptionUnavailable(
        f"FOREWARN_ENCRYPTION_KEY_FILE asks for an encrypted published database, but {said}. Unset it, and keep HOME on an encrypted disk."
    )
