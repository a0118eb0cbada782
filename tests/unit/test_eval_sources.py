from core.records import CitedSource
from core.settings import bundled_corpus
from eval.sources import GOLD, load_gold, precision_recall
from ingest import find_documents, read_document


def cited(raw: str, year: str) -> CitedSource:
    return CitedSource((raw.split(maxsplit=1)[0],), year, "", raw, 0, len(raw), (0, len(raw)))


def test_precision_and_recall_count_each_line_once():
    gold = [("bell 1999", ("Bell",), "1999", ""), ("dorn 2004", ("Dorn",), "2004", "")]
    found = [cited("Bell 1999", "1999"), cited("Bell 1999", "1999"), cited("Ek 2001", "2001")]
    precision, recall, missed, false = precision_recall(gold, found)
    assert (precision, recall) == (1 / 3, 1 / 2)
    assert [key[0] for key in missed] == ["dorn 2004"]
    assert [key[0] for key in false] == ["bell 1999", "ek 2001"]


def test_the_cited_sources_of_the_bundled_document_are_read_as_a_person_lists_them():
    (source,) = find_documents([bundled_corpus()])
    document = read_document(source.path, document_id=source.id, metadata=source.metadata)
    precision, recall, missed, false = precision_recall(load_gold(GOLD), document.cited)
    assert min(precision, recall) >= 0.98, (missed, false)
