"""Try the doors of geoline with inputs that go wrong, for long: ``make fuzz``.

``python tests/fuzz/fuzz.py --inputs 200000`` shares the inputs out over the doors by the processor
time that each takes; ``--door NAME`` tries one; ``--seed N`` draws others. Every fault is printed
with the input that brings it out (written to ``--keep FOLDER``), each kind once. With atheris
installed, ``--atheris DOOR`` lets it look for inputs that reach new code instead.
"""

from __future__ import annotations

import argparse
import math
import random
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from geoline import GeolineError
from tests.fuzz.doors import doors
from tests.fuzz.mutation import mutated

if TYPE_CHECKING:
    from collections.abc import Iterator

# Times the processor time that a door may take after which it is taken to hang.
HANGS = 5
# Inputs that one task tries.
BATCH = 50


class _TooLong(BaseException):
    """What no door catches."""


def _too_long(*_: object) -> None:
    raise _TooLong


def fault_of(name: str, data: bytes) -> str:
    """Hand an input in; say what is wrong with what came out, or nothing."""
    door = doors()[name]
    start = time.process_time()
    signal.signal(signal.SIGPROF, _too_long)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # GDAL warns from within its own code, where nothing can be raised.
            warnings.filterwarnings("ignore", category=RuntimeWarning, module="pyogrio")
            signal.setitimer(signal.ITIMER_PROF, HANGS * door.seconds)
            try:
                door.enter(data)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
    except _TooLong:
        return f"{name}: hangs"
    except GeolineError as error:
        if "\n" in str(error):
            return f"{name}: an error of more than one line: {type(error).__name__}"
    except OSError as error:
        return f"{name}: {type(error).__name__}: {error.strerror}"
    except Exception as error:  # noqa: BLE001  (whatever comes out is the fault)
        frames = traceback.extract_tb(error.__traceback__)
        ours = [f for f in frames if "geoline" in Path(f.filename).parts]
        at = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
        return f"{name}: {type(error).__name__} at {at}: {str(error)[:100]}"
    took = time.process_time() - start
    return f"{name}: slow" if took > door.seconds else ""


def batch(task: tuple[str, int, int]) -> tuple[str, int, float, list[tuple[str, bytes]]]:
    """Try a number of inputs of a door; its name, how many, processor seconds, and the faults."""
    name, seed, count = task
    rng = random.Random(f"{name} {seed}")
    valid = doors()[name].valid
    start, faults = time.process_time(), []
    for _ in range(count):
        data = mutated(rng.choice(valid), rng, valid)
        fault = fault_of(name, data)
        if fault:
            faults.append((fault, data))
    return name, count, time.process_time() - start, faults


def _tasks(names: list[str], inputs: int, seed: int) -> Iterator[tuple[str, int, int]]:
    shares = {name: doors()[name].share for name in names}
    each = inputs / sum(shares.values())
    batches = {name: math.ceil(each * share / BATCH) for name, share in shares.items()}
    for number in range(max(batches.values())):
        for name in names:
            if number < batches[name]:
                yield name, seed * 1_000_003 + number, BATCH


def main() -> None:
    """Try, count, and say what went wrong; exit status 1 if anything did."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--door", action="append", choices=sorted(doors()))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--atheris", choices=sorted(doors()))
    options = parser.parse_args()
    if options.atheris:
        _by_coverage(options.atheris, options.inputs)
    names = options.door or sorted(doors())
    tried: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    with Pool(options.workers) as pool:
        for door, count, took, faults in pool.imap_unordered(
            batch, _tasks(names, options.inputs, options.seed)
        ):
            tried[door] += count
            seconds[door] += round(took * 1000)
            for fault, data in faults:
                kinds[fault] += 1
                if kinds[fault] > 1:
                    continue
                print(fault, data[:120], flush=True)
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / f"{len(kinds):04}").write_bytes(data)
    for name in names:
        each = seconds[name] / max(1, tried[name])
        print(f"{name:30} {tried[name]:8,} inputs {each:8.1f} ms each")
    print(f"{sum(tried.values()):,} inputs, {sum(kinds.values())} faults of {len(kinds)} kinds")
    sys.exit(1 if kinds else 0)


def _by_coverage(name: str, inputs: int) -> None:
    import atheris  # noqa: PLC0415  (does not install everywhere)

    def one(data: bytes) -> None:
        fault = fault_of(name, data)
        if fault:
            raise AssertionError(fault)

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-runs={inputs}", "-max_len=64000"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
