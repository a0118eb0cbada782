"""A document small enough to count its offsets by hand, and an answer over it."""

from core.records import Answer, Block, BlockKind, Citation, Document, Hit, NoteRef, Passage, PassageKind

TITLE = "On Herons"
SENTENCE = "Herons <b>wait</b>.1"
TEXT = f"{TITLE}\n\nHABITS\n\n{SENTENCE} They strike & eat.\n\nTable 1: Prey\n1 frog\n2 eel\n\n1. See ![x](http://a.example/p.png)."


def find(part: str) -> tuple[int, int]:
    """Where a part of TEXT stands."""
    start = TEXT.index(part)
    return start, start + len(part)


def document(document_id: str = "herons", title: str = TITLE) -> Document:
    """The document, with a page break inside its paragraph and a note."""
    marker = find(SENTENCE)[1] - 1
    strike = find("They strike")[0]
    return Document(
        id=document_id,
        title=title,
        authors=("Ada Fowler",),
        source="herons.txt",
        text=TEXT,
        page_marks=((0, 1), (strike, 2)),
        blocks=(
            Block(BlockKind.FRONT, *find(TITLE), 1, ()),
            Block(BlockKind.HEADING, *find("HABITS"), 1, ("HABITS",), level=1),
            Block(BlockKind.PARAGRAPH, find(SENTENCE)[0], find("eat.")[1], 1, ("HABITS",)),
            Block(
                BlockKind.TABLE, find("Table 1")[0], find("2 eel")[1], 2, ("HABITS",), label="Table 1: Prey",
                lines=(find("1 frog"), find("2 eel")),
            ),
            Block(BlockKind.NOTE, find("1. See")[0], len(TEXT), 2, ("HABITS",), label="1"),
        ),
        note_refs=(NoteRef("1", marker, marker + 1),),
        content_hash="0" * 64,
    )  # fmt: skip


def hit(document_id: str = "herons") -> Hit:
    """The paragraph as a hit."""
    start, end = find(f"{SENTENCE} They strike & eat.")
    passage = Passage(
        id=f"{document_id}:0", document_id=document_id, text=TEXT[start:end], start=start, end=end, page=1,
        section=("HABITS", "Hunting"), kind=PassageKind.PROSE, sentences=(find(SENTENCE), find("They strike & eat.")),
    )  # fmt: skip
    return Hit(passage, score=0.5, rank=1, retrievers=("dense",), similarity=0.75)


def answer(question: str = "What do herons do?") -> Answer:
    """Two sentences quoted, the first with a raised note marker."""
    spans = (find(SENTENCE), find("They strike & eat."))
    citations = tuple(
        Citation(i, "herons", ("HABITS", "Hunting"), i, TEXT[start:end], start, end, "herons:0")
        for i, (start, end) in enumerate(spans, start=1)
    )
    text = "Herons <b>wait</b>.¹ [1] They strike & eat. [2]"
    return Answer(question, text, citations, False, "", 0.87654, (hit(),), {"retrieve": 1.0})


def refusal(question: str = "What do owls do?") -> Answer:
    """A refusal with one passage nearby."""
    return Answer(question, "The document does not say. It never uses the word ‘owls’.", (), True,
                  "It never uses the word ‘owls’.", 0.1, (hit(),))  # fmt: skip
