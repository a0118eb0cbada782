"""Names that computers go by, which a text has letter for letter or not at all: '--force', 'max_items', '/etc/motd'.

Stemming takes them apart ('forc', 'max', 'item'), so that what they share with other words would pass for them.
"""

import re
from collections.abc import Iterable, Sequence

from answer.evidence import Evidence
from answer.question import Question
from core.records import Document
from index.terms import analyze

__all__ = ["identifiers_in", "named_by", "unknown_identifier"]

_IDENTIFIER = re.compile(
    r"(?<![^\s(‘’“”\"'`])(?:"
    r"--?[A-Za-z][\w-]*"  # an option
    r"|(?:~|\.{1,2})?(?:/[\w.@+-]+)+/?"  # a path
    r"|\$?_*[^\W_]+(?:_+[^\W_]+)+_*(?:\(\))?|\$[A-Za-z_]\w*|[^\W\d]\w*\(\)"  # a variable or a function
    r")(?![^\s)‘’“”\"'`?!.,;:=])"
)
_DASHES = re.compile(r"[-‐‑–—−]+")  # of '--' some typesetters make one dash
# Words that ask for what a thing is or does, or say of what kind it is.
_PLAIN = frozenset(
    analyze(
        "do does mean meaning work purpose use used good happen set option flag switch setting argument parameter "
        "variable function method macro command program tool file path folder directory key field"
    )
)


def identifiers_in(text: str) -> tuple[str, ...]:
    """Return the identifiers in a question, each once."""
    return tuple(dict.fromkeys(found.rstrip(".") for found in _IDENTIFIER.findall(text)))


def unknown_identifier(text: str, documents: Iterable[Document]) -> str:
    """Return the first identifier of a question that none of some documents has; empty where there is none."""
    folded = [_folded(document.text) for document in documents] if identifiers_in(text) else []
    return next((name for name in identifiers_in(text) if not any(_has(name, told) for told in folded)), "")


def named_by(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentences that have all identifiers of a question and all else that it asks for.

    Of a question for what they mean or do, that is nothing else.
    """
    names = identifiers_in(question.text)
    if not names:
        return []
    own = question.terms_of(" ".join(names))
    asked = set(question.terms) - own - _PLAIN
    return [
        e for e in evidence if all(_has(name, _folded(e.text)) for name in names) and asked <= question.terms_of(e.text)
    ]


def _has(name: str, folded: str) -> bool:
    """Say whether a folded text has an identifier, and not as a part of another; underscores may be lost in print."""
    letters = re.escape(_folded(name.removesuffix("()"))).replace("_", "[_ ]?")
    return bool(re.search(rf"(?<![\w-]){letters}(?![\w/-]|\.\w)", folded))


def _folded(text: str) -> str:
    return _DASHES.sub("-", text).casefold()
