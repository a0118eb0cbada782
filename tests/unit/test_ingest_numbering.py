"""The numbers of a bibliography that its file counts and does not write, and the citations by them."""

import pytest

from tests.unit.markup_samples import read

ENTRIES = [
    "Heron J. On herons. *Pond* 2001; 2: 3.",
    "Reed A. On reeds. *Pond* 2004; 5: 6.",
    "Moss B. On moss. *Pond* 2008; 7: 9.",
]


def markdown(text: str, entries: list[str] = ENTRIES) -> str:
    listed = "\n".join(f"{n}. {entry}" for n, entry in enumerate(entries, start=1))
    return f"# Ponds\n\n{text}\n\n## References\n\n{listed}\n"


def page(text: str) -> str:
    listed = "".join(f"<li>{entry.replace('*', '')}</li>" for entry in ENTRIES)
    return f"<html><body><h1>Ponds</h1><p>{text}</p><h2>References</h2><ol>{listed}</ol></body></html>"


@pytest.mark.parametrize(("made", "name"), [(markdown, "a.md"), (page, "a.html")])
def test_entries_of_a_list_are_cited_by_their_place(made, name):
    _, doc = read(made("Herons fish at dawn [1]. Reeds and moss do not [2, 3]."), name)
    assert [entry.label for entry in doc.references] == ["1", "2", "3"]
    assert [(source.raw, source.reference, source.form) for source in doc.cited] == [
        ("1", 0, "numeric"),
        ("2", 1, "numeric"),
        ("3", 2, "numeric"),
    ]


@pytest.mark.parametrize(
    "text",
    ["Herons fish at dawn [1].", "Herons fish at dawn [1], moss never [4].", "Herons fish at dawn (Heron 2001)."],
)
def test_numbers_that_are_few_or_too_high_number_no_entries(text):
    _, doc = read(markdown(text), "a.md")
    assert {entry.label for entry in doc.references} == {""}
