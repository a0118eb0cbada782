"""Time reading one file: `python -m benchmarks.time_reading FILE WARM`, where WARM is a small file of the same type.

The small file is read first: what is imported and loaded at the first use counts as starting, not as reading.
"""

import json
import resource
import sys
import time
from pathlib import Path


def main(path: Path, warm: Path) -> None:
    """Read both files, and print one JSON object: seconds, counts, and the peak of resident memory in MB."""
    begun = time.perf_counter()
    from core.settings import Settings
    from ingest import read_document, split_document

    words = Settings().passage_words
    split_document(read_document(warm), passage_words=words)
    started, cpu = time.perf_counter(), time.process_time()
    peak_start = _peak_mb()
    document = read_document(path)
    read = time.perf_counter()
    passages = split_document(document, passage_words=words)
    split, cpu = time.perf_counter(), time.process_time() - cpu
    found = {
        "start_s": started - begun,
        "read_s": read - started,
        "split_s": split - read,
        "cpu_s": cpu,
        "start_mb": peak_start,
        "peak_mb": _peak_mb(),
        "characters": len(document.text),
        "blocks": len(document.blocks),
        "passages": len(passages),
    }
    sys.stdout.write(json.dumps(found) + "\n")


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
