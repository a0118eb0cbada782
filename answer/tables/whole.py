"""Which words ask for a table whole, and how much of it is shown."""

import re

from index.terms import analyze

__all__ = ["LISTS", "MOST_WORDS", "SHOWS"]

MOST_WORDS = 180  # a longer table is cut after a row

# 'Show me', 'I would like to see', 'every row'.
LISTS = re.compile(
    r"^\W*(?:please )?(?:show|list|give|display)\b|\blike to see\b|\b(?:every|each|all) (?:the )?(?:rows?|lines?|entr)",
    re.IGNORECASE,
)
SHOWS = frozenset(
    analyze(
        "show whole entire full complete all list give display see contain table content row line entry please like"
    )
)
