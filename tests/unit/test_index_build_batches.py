"""How documents are gathered into segments that fit into memory."""

from types import SimpleNamespace

from index.build import _batches


class Counted(tuple):
    """Passages that note how often they are counted."""

    times = 0

    def __len__(self) -> int:
        Counted.times += 1
        return super().__len__()


def test_a_batch_is_closed_when_it_is_full_and_sorted_by_id(monkeypatch):
    monkeypatch.setattr("index.build._BATCH", 3)
    documents = [SimpleNamespace(id=i) for i in ("c", "b", "a", "d")]
    batches = list(_batches(documents, lambda document: ("p",) * (2 if document.id == "b" else 1)))
    assert [[document.id for document in batch.documents] for batch in batches] == [["b", "c"], ["a", "d"]]
    assert [list(map(len, batch.passages)) for batch in batches] == [[2, 1], [1, 1]]


def test_each_document_is_counted_once_however_many_share_a_batch(monkeypatch):
    monkeypatch.setattr(Counted, "times", 0)
    assert len(list(_batches([SimpleNamespace(id=str(n)) for n in range(500)], lambda document: Counted(("p",))))) == 1
    assert Counted.times == 500
