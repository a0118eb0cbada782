"""How much memory did it take?"""

import sys

__all__ = ["peak_memory"]


def peak_memory() -> float | None:
    """Return the most memory that this process has held so far (resident, in MiB); None where it cannot be asked."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10  # bytes there, kibibytes on Linux
