"""Write the validation articles and their questions as sets for eval.fit.

`python -m eval.reader.exams --general DIR OUT`: OUT gets, for each article that is held out, NAME.txt and NAME.jsonl
(docs/questions.md), and in OUT/general those of DIR with their general questions: what `eval.fit --documents OUT
--general OUT/general` reads. The reader was not trained on any of them, so that its word is worth there what it is
worth elsewhere.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.lines import json_lines
from eval.reader.data import LABEL, held_out

__all__ = ["as_question", "main"]


def as_question(stored: dict[str, Any], text: str, number: int) -> dict[str, Any]:
    """Return a written question as one of a question set; right is an answer that holds its first gold quote.

    Of a table's row it holds the cells, under whatever names; of a note it need not hold the number.

    Args:
        stored: {doc_id, question, answerable, evidence (slices of the text), split}.
        text: the article's.
        number: makes the id, with the article's name.
    """
    quotes = [text[start:end] for start, end in stored["evidence"]]
    return {
        "id": f"{stored['doc_id']}-{number:03}",
        "kind": "factoid" if quotes else "unanswerable",
        "question": stored["question"],
        "answer": quotes[0] if quotes else "",
        "must": [[fact] for fact in _facts(quotes[0])] if quotes else [],
        "evidence": quotes,
        "answerable": stored["answerable"],
    }


def _facts(quote: str) -> list[str]:
    label = LABEL.match(quote)
    return quote[label.end() if label else 0 :].split("\t")


def main(
    out: Annotated[Path, typer.Argument(help="The folder to write to.")],
    general: Annotated[Path, typer.Option(help="A folder of general questions.")],
    newer: Annotated[bool, typer.Option(help="With the texts that the shipped confidence was not fitted on.")] = False,
) -> None:
    """Write the sets."""
    (out / "general").mkdir(parents=True, exist_ok=True)
    folder = Path(str(files("eval.reader")))
    written, unseen = json_lines(folder / "written.jsonl"), held_out(folder / "written.jsonl")
    documents = [d for d in json_lines(general / "documents.jsonl") if d["doc_id"] in unseen]
    paths = (folder / "texts").rglob("*.txt") if newer else (folder / "texts").glob("*.txt")
    made = {path.stem: path.read_text(encoding="utf-8") for path in paths if path.stem in unseen}
    texts = {d["doc_id"]: d["text"] for d in documents} | dict(sorted(made.items()))
    for name, text in texts.items():
        (out / f"{name}.txt").write_text(text, encoding="utf-8")
        own = (q for q in written if q["doc_id"] == name)
        _write(out / f"{name}.jsonl", [as_question(q, text, number) for number, q in enumerate(own, start=1)])
    asked = [q for q in json_lines(general / "questions.jsonl") if q["doc_id"] in unseen and q["answerable"]]
    _write(out / "general" / "documents.jsonl", documents)
    _write(out / "general" / "questions.jsonl", asked)


def _write(path: Path, records: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
