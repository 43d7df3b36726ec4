"""The authors: a process of its own in which many type at once, each in a draft of her own, and note how long each save
took.

It sends what static/js/autosave.js sends. Reads what to do as JSON from its input and writes what it saw as JSON to its
output.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

# Seconds without an answer after which something has gone wrong.
PATIENCE = 60
# An author types for some seconds and stops; the page saves two seconds after the last key. So often on average:
EVERY = 6.0
BOUNDARY = "----clavet-bench"
SENTENCE = " One more sentence, the {number}th."


@dataclass
class Typed:
    """What came of one author: seconds of each save, saves that failed, what she wrote last and was told is saved."""

    code: str
    latencies: list[float] = field(default_factory=list)
    failed: int = 0
    last: str | None = None


def multipart(fields: list[tuple[str, str]]) -> bytes:
    """A form as browsers send it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields
    ]
    return "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()


async def type_on(port: int, draft: dict[str, Any], seconds: float, every: float, random: Random) -> Typed:
    """One author: types, pauses, is saved, and so on until the time is over; she is saved once at least."""
    typed = Typed(draft["code"])
    fields = dict(draft["fields"])
    ends = time.perf_counter() + seconds
    # Everybody has been writing for a while: nobody begins with the others.
    await asyncio.sleep(random.random() * min(every, seconds))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    number = 0
    while not number or time.perf_counter() < ends:
        number += 1
        fields[draft["field"]] += SENTENCE.format(number=number)
        began = time.perf_counter()
        writer.write(question(port, draft, multipart(list(fields.items()))))
        status, body = await asyncio.wait_for(answer(reader), PATIENCE)
        typed.latencies.append(time.perf_counter() - began)
        if status == 200:
            fields["seen"] = str(json.loads(body)["seen"])
            typed.last = fields[draft["field"]]
        else:
            typed.failed += 1
        await asyncio.sleep(every * random.uniform(0.5, 1.5))
    writer.close()
    return typed


def question(port: int, draft: dict[str, Any], body: bytes) -> bytes:
    """The request that saves."""
    cookies = "; ".join(f"{name}={value}" for name, value in draft["cookies"].items())
    head = (
        f"POST {draft['path']} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookies}\r\nX-Autosave: 1\r\n"
        f"Accept-Encoding: gzip\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of the next answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    else:
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return int(first.split(" ")[1]), body


async def type_all(wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """All authors at once."""
    every = min(EVERY, wanted["seconds"])
    authors = (
        type_on(wanted["port"], draft, wanted["seconds"], every, Random(draft["code"]))  # noqa: S311 - nothing secret
        for draft in wanted["drafts"]
    )
    return [asdict(typed) for typed in await asyncio.gather(*authors)]


if __name__ == "__main__":
    json.dump(asyncio.run(type_all(json.load(sys.stdin))), sys.stdout)
