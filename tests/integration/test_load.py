"""Several people ask the real app at once while a document is dropped into it: nobody gets another answer for that."""

from serving import GUIDE, index_guide

from benchmarks.load.clients import Program
from benchmarks.load.people import Question, crowd_of
from benchmarks.load.server import served
from benchmarks.load.trial import try_crowd

QUESTIONS = [
    Question("ferry", "When does the ferry to Gull Island leave?"),
    Question("carries", "How many passengers does the ferry carry?"),
    Question("first", "When was the first ferry built?"),
    Question("keeper", "Who was the lighthouse keeper?"),
    Question("lamp", "What does the lamp burn?"),
    Question("dues", "When were harbour dues abolished?"),
    Question("mayor", "Who was the mayor of the harbour?"),
    Question("it", "How many passengers does it carry?", ("When does the ferry to Gull Island leave?",)),
]


def test_five_people_ask_and_a_document_comes_in_the_middle(tmp_path):
    index_guide(tmp_path)
    document = tmp_path / "storms.md"
    document.write_text("# Storms\n\n" + GUIDE.partition("\n\n")[2].replace("ferry", "lugger") * 20, encoding="utf-8")
    crowd = crowd_of(QUESTIONS, people=5, pages=2, seconds=4, think=0.2, seed=2, most=8)
    with served(tmp_path) as app:
        judged = try_crowd(app, crowd, document, lambda name, record: bool(record["answer"])).judged
        after = Program(app.url)
        titles = [listed["title"] for listed in after.documents()]
        after.close()
    assert (judged.errors, judged.different) == ((), ())
    assert judged.answers >= len(crowd.scripts)
    assert sorted(titles) == ["A Guide to the Harbour", "Storms"]
    assert not app.broke()
