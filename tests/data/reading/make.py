"""Render the neutral JSON documents beside this file in every format that Ibid reads.

    python tests/data/reading/make.py OUT

writes OUT/NAME.txt, .md, .html, .docx, .epub and .pdf for each NAME.json. A block is a heading, paragraph, table, note
or reference; `{{1}}` in a text is the marker of note 1; null in a table's row is a cell that the one above it spans.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # it is run as a script and by path, too

from reading_formats.markdown import make_md  # noqa: E402
from reading_formats.neutral import Doc  # noqa: E402
from reading_formats.pdf import make_pdf  # noqa: E402
from reading_formats.text import make_txt  # noqa: E402
from reading_formats.web import make_epub, make_html  # noqa: E402
from reading_formats.word import make_docx  # noqa: E402

MAKERS: dict[str, Callable[[Doc, Path], None]] = {
    "txt": make_txt,
    "md": make_md,
    "html": make_html,
    "docx": make_docx,
    "epub": make_epub,
    "pdf": make_pdf,
}


def make(out: Path) -> list[Path]:
    """Render every document in every format into a folder, and return the files."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for source in sorted(HERE.glob("*.json")):
        doc = json.loads(source.read_text(encoding="utf-8"))
        for ending, render in MAKERS.items():
            path = out / f"{source.stem}.{ending}"
            render(doc, path)
            made.append(path)
    return made


if __name__ == "__main__":
    for file in make(Path(sys.argv[1])):
        sys.stdout.write(f"{file}\n")
