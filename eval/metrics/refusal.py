"""Does it refuse what it should, and only that? Each is a question's part in a share; the mean is the metric."""

__all__ = ["false_refusal", "refusal_precision", "refusal_recall"]


def refusal_precision(refused: bool, answerable: bool) -> float | None:
    """Return whether a refusal is due; None of a question that was answered."""
    return float(not answerable) if refused else None


def refusal_recall(refused: bool, answerable: bool) -> float | None:
    """Return whether a question that should be refused is; None of one that has an answer."""
    return None if answerable else float(refused)


def false_refusal(refused: bool, answerable: bool) -> float | None:
    """Return whether a question that has an answer is refused; None of one that has none."""
    return float(refused) if answerable else None
