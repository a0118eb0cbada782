"""Tell a reader in a line what became of what a language model wrote."""

from core.records import Writing

__all__ = ["writing_words"]


def writing_words(writing: Writing | None) -> str:
    """Return who wrote an answer and how much of it held, or why there are quotes; empty where no model was asked."""
    if writing is None:
        return ""
    if writing.fallback:
        return f"{writing.model} {writing.fallback}: these are quotes instead."
    told = [f"{writing.kept} kept", f"{writing.replaced} replaced by the quote", f"{writing.struck} struck"]
    counts = (writing.kept, writing.replaced, writing.struck)
    said = ", ".join(words for words, count in zip(told, counts, strict=True) if count)
    return f"Written by {writing.model}, each sentence held against the source: {said}."
