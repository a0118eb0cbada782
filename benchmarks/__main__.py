"""The command `python -m benchmarks [NAME [OPTIONS]]`: run one benchmark, or those of `make bench`.

Each writes its results into benchmarks/results (ablation: eval/results) as Markdown and JSON, some with a plot.
`python -m benchmarks NAME --help` tells the options of those that have any.
"""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from benchmarks.ablation.run import run_ablation
from benchmarks.against import run_against
from benchmarks.chapter import run_chapter
from benchmarks.embedding import run_embedding
from benchmarks.growth.run import run_growth
from benchmarks.million import run_million
from benchmarks.reading import run_reading
from benchmarks.record import say
from core.errors import IbidError

__all__ = ["BENCHMARKS", "main"]

BENCHMARKS: Mapping[str, Callable[[Sequence[str]], str]] = {
    "chapter": run_chapter,
    "reading": run_reading,
    "growth": run_growth,
    "embedding": run_embedding,
    "ablation": run_ablation,
    "against": run_against,
    "million": run_million,
}
USUAL: Mapping[str, Sequence[str]] = {  # what `make bench` runs, within half an hour on two cores
    "chapter": (),
    "reading": (),
    "growth": ("--most", "100", "--real", "1"),
    "embedding": (),
    "ablation": (),
}


def main(arguments: Sequence[str]) -> int:
    """Run one benchmark with its options, or the usual ones; return 1 when one failed, which harms no other."""
    if arguments and arguments[0] not in BENCHMARKS:
        sys.exit(f"no benchmark '{arguments[0]}': expected {' or '.join(BENCHMARKS)}")
    chosen = {arguments[0]: arguments[1:]} if arguments else USUAL
    failed = 0
    for name, options in chosen.items():
        say(f"benchmark {name}")
        try:
            sys.stdout.write(BENCHMARKS[name](options) + "\n")
        except Exception as error:  # whatever it is, it harms no other
            say(f"benchmark {name} failed: {_why(error)}")
            failed = 1
    return failed


def _why(error: Exception) -> str:
    """What went wrong in a line; of a process, which one and the last line that it said."""
    if isinstance(error, subprocess.CalledProcessError):
        said = (error.stderr or "").strip().splitlines()
        return f"{error}: {said[-1].strip()}" if said else str(error)
    return str(error) if isinstance(error, IbidError) else f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
