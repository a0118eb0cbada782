"""Time Ibid: `python -m benchmarks.time_ibid FOLDER`."""

import sys
import time
from pathlib import Path

from benchmarks.clock import report


def main(folder: Path) -> None:
    """Index the bundled corpus under a folder and ask."""
    begun = time.perf_counter()
    from answer import Answerer
    from core.settings import Settings, bundled_corpus
    from index import add_documents, open_index
    from ingest import find_documents

    settings = Settings(home=folder)
    add_documents(settings, find_documents([bundled_corpus()]))
    index = open_index(settings)
    text = next(iter(index.documents.values())).text
    report(begun, text, Answerer(index, settings).ask)
    index.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
