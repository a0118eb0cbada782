"""What every timed system shares: the questions it is asked, and the line it prints."""

import json
import resource
import sys
import time
from collections.abc import Callable

__all__ = ["report"]


def report(begun: float, text: str, ask: Callable[[str], object]) -> None:
    """Ask 60 questions made of the text's own words, and print one JSON object.

    Args:
        begun: time.perf_counter() when the process began its work; all up to now counts as building.
        text: the document.
        ask: answers one question.
    """
    built = time.perf_counter() - begun
    words = text.split()[100:700:10]
    ask("warm up")
    times = []
    for word in words:
        started = time.perf_counter()
        ask(f"What is said about {word}?")
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    found = {
        "build_s": built,
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[int(len(times) * 0.95)],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(found) + "\n")
