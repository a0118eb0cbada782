"""Markdown."""

from pathlib import Path

from reading_formats.neutral import MARKER, Block, Doc, is_notes_heading


def md_table(block: Block) -> str:
    """Return a pipe table under its caption; a spanned cell is left empty."""
    rows = [block["columns"], ["---"] * len(block["columns"]), *block["rows"]]
    lines = ["| " + " | ".join(cell or "" for cell in row) + " |" for row in rows]
    parts = [f"**{block['caption']}**", "\n".join(lines)]
    return "\n\n".join([*parts, f"*{block['source']}*"] if block["source"] else parts)


def md_block(block: Block) -> str:
    """Return one block as Markdown."""
    match block["kind"]:
        case "heading":
            return "#" * (block["level"] + 1) + " " + block["text"]
        case "table":
            return md_table(block)
        case "note":
            return f"[^{block['label']}]: {block['text']}"
        case "reference":
            return "- " + block["text"]
        case _:
            return MARKER.sub(r"[^\1]", block["text"])


def make_md(doc: Doc, path: Path) -> None:
    """Write Markdown with footnotes of its own."""
    head = [f"# {doc['title']}", ", ".join(doc["authors"]), doc["date"]]
    body = [md_block(b) for b in doc["blocks"] if not is_notes_heading(b)]
    path.write_text("\n\n".join(head + body) + "\n", encoding="utf-8")
