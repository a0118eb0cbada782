"""Words that answers, the app and the terminal share."""

__all__ = ["count_of"]


def count_of(number: int, what: str) -> str:
    """Return a count in words: '1 table', '2 tables', '1,200 tables'."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
