"""Reading inputs that nobody meant: damaged filings, arrangements of their pieces, random bytes.

    python -m benchmarks.fuzz_reading --inputs 1000000 --seed 1

The inputs follow from the seed and a running number alone, so a failure can be repeated: `--first 4711
--inputs 1` reads that one input again.
"""

import argparse
import random
import resource
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.corpora import SAMPLES, real_filings
from pipeline.errors import UnreadableSubmissionError
from pipeline.reading.filing import read_filing
from tests.reading.spans import check_spans

_LONGEST_SLICE = 1_500
_LARGE = 100_000
_ONE_LARGE_IN = 1_000
_SLOW = 1.0  # seconds
_PIECES = (
    *(b"<table>", b"</table>", b"<tr>", b"<td>", b"<td colspan=99>", b"<td rowspan=9>", b"</td>", b"<p>"),
    *(
        b"<div style='display:none'>",
        b"</div>",
        b"<b>",
        b"<i a=%d>",
        b"<font x=%d>",
        b"</p>",
        b"<br>",
        b"<li>",
    ),
    *(b"<pre>", b"</pre>", b"<!--", b"-->", b"<xmp>", b"<sup>1</sup>", b"<hr>", b"<PAGE>\n", b"<S>  <C>\n"),
    *(b"$", b"8,940", b"(1,275", b")", b"%", b"&nbsp;", b"&#151;", b"&", b"<", b">", b'"', b"\0", b"\xe9"),
    *(b"\n", b"\n\n", b"\r", b"     ", b"\t", b"|", b"---", b"....", b"(a) ", b"1. ", b"\xe2\x80\xa2 "),
    *(b"Item 2.05 ", b"Items 2.05 and 2.06 ", b"Costs Associated with Exit or Disposal Activities\n"),
    *(b"SIGNATURES\n", b"EXHIBIT INDEX\n", b"EX-99.1\n", b"Exhibit 99.1 ", b"incorporated by reference "),
    *(b"<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n", b"</TEXT>", b"<TYPE>EX-99.1\n", b"<SEC-HEADER>", b"<ITEMS>2.05\n"),
    *(b"ITEM INFORMATION: 2.05\n", b"begin 644 a.gif\n", b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n"),
)


@dataclass
class Outcome:
    """What came of the inputs."""

    read: int = 0
    refused: int = 0
    crashes: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    slowest: float = 0.0
    megabytes: list[float] = field(default_factory=list)
    """The process's peak of memory after a tenth of the inputs, and at the end."""


def make_input(seed: int, number: int, corpus: Sequence[bytes]) -> bytes:
    """The input of that number; nine in ten are slices of real text, one in 1,000 is of up to 100 KB."""
    chance = random.Random(f"{seed}:{number}")
    if number % _ONE_LARGE_IN == 0:
        pieces = chance.sample(_PIECES, chance.randint(1, 3))
        unit = b"".join(piece % chance.randrange(99) if b"%d" in piece else piece for piece in pieces)
        return chance.choice(corpus)[: chance.randrange(_LARGE // 2)] + unit * (_LARGE // 2 // len(unit))
    match chance.randrange(10):
        case 0:
            return chance.randbytes(chance.randrange(300))
        case 1:
            return b"".join(chance.choices(_PIECES, k=chance.randrange(1, 60)))
    text = bytearray(_slice(chance, corpus))
    for _ in range(chance.randrange(8)):
        at = chance.randrange(len(text) + 1)
        end = at + chance.randrange(200)
        match chance.randrange(5):
            case 0:
                del text[at:end]
            case 1:
                text[at:at] = chance.choice(_PIECES)
            case 2:
                text[at:end] = chance.randbytes(chance.randrange(12))
            case 3:
                text[at:at] = _slice(chance, corpus)[:400]
            case 4:
                text[at:at] = text[at:end] * chance.randrange(1, 4)
    return bytes(text)


def _slice(chance: random.Random, corpus: Sequence[bytes]) -> bytes:
    data = chance.choice(corpus)
    start = chance.choice((0, chance.randrange(len(data) + 1)))
    return data[start : start + chance.randrange(_LONGEST_SLICE)]


def fuzz(inputs: int, seed: int, first: int = 0, seconds: float = float("inf")) -> Outcome:
    """Read inputs until their number or the time is up."""
    corpus = [path.read_bytes() for path in (*sorted(SAMPLES.glob("*/*.txt")), *real_filings())]
    outcome = Outcome()
    end = time.perf_counter() + seconds
    for number in range(first, first + inputs):
        data = make_input(seed, number, corpus)
        begun = time.perf_counter()
        try:
            reading = read_filing(data)
            outcome.read += 1
        except UnreadableSubmissionError:
            outcome.refused += 1
            continue
        except Exception:
            outcome.crashes.append(f"input {number}: {traceback.format_exc(limit=-2)}")
            continue
        took = time.perf_counter() - begun
        outcome.slowest = max(outcome.slowest, took)
        if took > _SLOW:
            outcome.slow.append(f"input {number} of {len(data):,} bytes took {took:.1f} s")
        try:
            for section in reading.sections:
                check_spans(section)
        except AssertionError:
            outcome.crashes.append(f"input {number}: {traceback.format_exc(limit=-1)}")
        if number - first == inputs // 10:
            outcome.megabytes.append(_peak())
        if begun > end:
            break
    outcome.megabytes.append(_peak())
    return outcome


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def describe(outcome: Outcome) -> str:
    """One paragraph."""
    number = outcome.read + outcome.refused + len(outcome.crashes)
    memory = " and ".join(f"{megabytes:.0f}" for megabytes in outcome.megabytes)
    lines = [
        f"{number:,} inputs: {outcome.read:,} read, {outcome.refused:,} refused, "
        f"{len(outcome.crashes)} crashes, {len(outcome.slow)} over {_SLOW:.0f} s; "
        f"slowest {outcome.slowest:.2f} s; peak of memory {memory} MB after a tenth and at the end."
    ]
    return "\n".join([*lines, *outcome.slow[:10], *outcome.crashes[:10]])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    options = parser.parse_args()
    print(describe(fuzz(options.inputs, options.seed, options.first, options.seconds)))
