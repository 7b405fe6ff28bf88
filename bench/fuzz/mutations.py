"""What can be wrong with a file: each mutation takes its bytes and gives others, at random places."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from random import Random

import polars as pl

from warehouse.sources.lines import decode
from warehouse.sources.refusal import FileRefused

Mutate = Callable[[bytes, Random], bytes]

FIELDS = (
    "'; drop table landing.incidents; --", '" or 1=1 --', "$$;attach '/etc/passwd' as x;", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3",
    "../../etc/passwd", "C:\\..\\x", "\U0001f52a\U0001f468\u200d\U0001f469\u200d\U0001f467", "e\u0301\u202e\u200b\ufeff", "\x01\x07\x1b[31m\x7f\x85",
    "\u2028\u2029\x0b\x0c", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59+14:00", "31/12/9999 23:59", "0000-00-00", "-0001-01-01", "infinity",
    "1e999", "99999999999999999999", "-1", "NaN", "{}", "<script>alert(1)</script>", "%s%n{0}", "x" * 131_073, "y" * 1_000_000, '"', '""', ",", "\n", "",
)  # fmt: skip
SIGNS = (b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"\xc3", b";", b"\t", b"'", b"\xef\xbb\xbf", b"\x1a", b'","', b'""')


def _flip(content: bytes, rng: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 20)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _sign(content: bytes, rng: Random) -> bytes:
    for _ in range(rng.randint(1, 10)):
        at = rng.randrange(len(content) + 1)
        content = content[:at] + rng.choice(SIGNS) + content[at:]
    return content


def _cut(content: bytes, rng: Random) -> bytes:
    begin, end = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return rng.choice([content[:begin], content[:begin] + content[end:], content + content[begin:end]])


def _coded(content: bytes, rng: Random) -> bytes:
    return content.decode("utf-8", "replace").encode(
        rng.choice(["utf-8-sig", "cp1252", "utf-16", "utf-32", "utf-16-be", "cp037", "utf-7"]), "replace"
    )


def _delimited(content: bytes, rng: Random) -> bytes:
    return content.replace(b",", rng.choice([b";", b"\t", b"|", b",,", b", ", b'","'])).replace(
        b"\n", rng.choice([b"\n", b"\r", b"\r\n", b"\n\n", b"\n\r"])
    )


def _values(content: bytes, rng: Random) -> bytes:
    head, *rows = list(csv.reader(io.StringIO(decode(content))))
    for _ in range(rng.randint(1, 40)):
        row = rng.choice(rows)
        row[rng.randrange(len(row))] = rng.choice(FIELDS)
    text = io.StringIO()
    csv.writer(text, quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])).writerows([head, *rows])
    return text.getvalue().encode()


def _header(content: bytes, rng: Random) -> bytes:
    head, _, rest = content.partition(b"\n")
    names = head.split(b",")
    names[rng.randrange(len(names))] = rng.choice(
        [b"", b"\0", b"x" * 100_000, b"weapon", b"'; drop table x", b"extra", names[0], b"\xf0\x9f\x94\xaa"]
    )
    rng.shuffle(names)
    return b",".join(names) + b"\n" + rest


def _wide(content: bytes, rng: Random) -> bytes:
    lines = content.split(b"\n")
    lines[rng.choice([0, rng.randrange(len(lines))])] += b"," * 100_000
    return b"\n".join(lines)


MUTATIONS: tuple[Mutate, ...] = (_flip, _sign, _cut, _coded, _delimited, _values, _values, _header, _wide)


def mutated(content: bytes, rng: Random) -> tuple[str, bytes]:
    """A CSV file made into another: its ending and its bytes. One in six is made a workbook or Parquet file first, and then damaged."""
    if rng.random() < 1 / 6:
        return _as_table(content, rng)
    for _ in range(rng.randint(1, 2)):
        try:
            content = rng.choice(MUTATIONS)(content or b",", rng)
        except (csv.Error, FileRefused, IndexError, ValueError):
            continue  # too far gone for this one
    return "csv", content


def _as_table(content: bytes, rng: Random) -> tuple[str, bytes]:
    rows = list(csv.reader(io.StringIO(decode(content))))
    rows = [row for row in rows if len(row) == len(rows[0])]
    for row in rng.choices(rows[1:], k=20):
        row[rng.randrange(len(row))] = rng.choice(FIELDS)[:30_000]
    frame = pl.DataFrame(rows[1:], schema=rows[0], orient="row")
    made, ending = io.BytesIO(), rng.choice(["parquet", "xlsx"])
    if ending == "parquet":
        frame.write_parquet(made, compression=rng.choice(["uncompressed", "zstd"]))
    else:
        frame.write_excel(made)
    whole = made.getvalue()
    return ending, rng.choice([whole, _flip(whole, rng), _cut(whole, rng)])
