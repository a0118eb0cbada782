"""What is done for each row of a table must not grow with the table: counted, since times on a machine vary."""

from dataclasses import replace

from core.records import BlockKind
from ingest import labelled_row, split_document
from tests.unit.markup_samples import read


class Counted(frozenset):
    """A set that counts how often it is gone over."""

    walks = 0

    def __iter__(self):
        Counted.walks += 1
        return super().__iter__()


class Unsearched(tuple):
    """A tuple that nobody may search from its beginning."""

    __slots__ = ()

    def __contains__(self, item):
        raise AssertionError("searched")

    def index(self, *_):
        raise AssertionError("searched")


def test_a_row_is_found_without_a_search_and_spans_are_sorted_once():
    body = "".join(f"<tr><td>Pond {i}</td><td>{i}</td></tr>" for i in range(200))
    head = "<tr><th>Kind</th><th>Pond</th><th>Depth</th></tr>"
    _, doc = read(f"<table>{head}{body.replace('<tr>', '<tr><td rowspan=200>Dug</td>', 1)}</table>", "a.html")
    (table,) = [block for block in doc.blocks if block.kind is BlockKind.TABLE]
    assert len(table.merged) == 199
    counted = replace(table, lines=Unsearched(table.lines), merged=Counted(table.merged))
    doc = replace(doc, blocks=tuple(counted if block is table else block for block in doc.blocks))
    passages = split_document(doc, passage_words=90)
    assert passages[-1].context.endswith("Kind: Dug")
    assert labelled_row(doc, table.lines[-1]) == "Kind: Dug | Pond: Pond 199 | Depth: 199"
    assert Counted.walks <= 2
