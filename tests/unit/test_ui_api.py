"""The endpoints over fakes: the JSON of the command line, and one line for whatever is wrong."""

import inspect
import threading
from dataclasses import dataclass, field

import pytest
from ui_samples import answer, document, find, hit

from answer import LONGEST_QUESTION, LONGEST_TEXT, Place
from core.errors import InputError
from core.records import Check, CheckedClaim, CitedSource, Verdict
from ui.api import Endpoints, endpoints

PLACE = Place(
    document="herons", section=("HABITS",), page=2, sentence="They strike & eat.",
    cited=CitedSource(("Dorn",), "1999", "4", "Dorn 1999: 4", *find("They"), find("They strike & eat.")),
)  # fmt: skip


@dataclass
class Fake:
    documents: dict = field(default_factory=lambda: {"herons": document()})
    asked: list = field(default_factory=list)

    def ask(self, question, history):
        self.asked.append((question, tuple(history)))
        if not question.strip():
            raise InputError("the question is empty:\nask in words")
        if question == "boom":
            raise RuntimeError("it broke")
        return answer(question)

    def search(self, query, top):
        return (hit(),)[:top]

    def check(self, text):
        return Check((CheckedClaim(text, 0, len(text), Verdict.NOT_FOUND, (), ()),), ())

    def places_of(self, work):
        if work != "Dorn 1999":
            raise InputError(f"no document cites '{work}'")
        return (PLACE,)

    def sources_for(self, claim):
        return (PLACE,)


@pytest.fixture
def offers():
    return Fake()


class LineError(Exception):
    """Stands in for Gradio's error."""

    def __init__(self, line, *, print_exception):
        super().__init__(line)
        self.print_exception = print_exception


def functions(offers, at_once=2):
    return {f.__name__: f for f in endpoints(offers, at_once=at_once, error=LineError)}


def test_ask_gives_the_object_of_the_machine_interface(offers):
    record = Endpoints(offers).ask("And then?", ["What do herons do?"])
    assert list(record) == [
        "id", "question", "answer", "refused", "reason", "confidence", "citations", "latency_ms", "verdict",
        "differences",
    ]  # fmt: skip
    assert record["citations"][1]["quote"] == "They strike & eat."
    assert offers.asked == [("And then?", ("What do herons do?",))]


def test_search_gives_ranked_passages(offers):
    (found,) = Endpoints(offers).search("herons", 1)
    assert (found["rank"], found["document"], found["section"]) == (1, "herons", "HABITS > Hunting")


def test_check_gives_claims_with_verdicts(offers):
    record = Endpoints(offers).check("Herons sing.")
    assert record["claims"][0]["verdict"] == "not found"
    assert record["counts"] == {"supported": 0, "contradicted": 0, "not found": 1}


def test_cite_gives_the_places_of_a_claim_and_of_every_work(offers):
    (place,) = Endpoints(offers).cite(claim="herons eat")
    assert (place["work"], place["locator"], place["page"]) == ("Dorn 1999", "4", 2)
    assert Endpoints(offers).cite() == []  # the document itself cites nothing
    assert [place["raw"] for place in Endpoints(offers).cite(work="Dorn 1999")] == ["Dorn 1999: 4"]
    with pytest.raises(InputError, match="no document cites 'Bell'"):
        Endpoints(offers).cite(work="Bell")


def test_documents_are_described_without_the_path_of_their_file(offers):
    (record,) = Endpoints(offers).documents()
    assert (record["id"], record["authors"], record["pages"]) == ("herons", ["Ada Fowler"], 2)
    assert record["sections"] == ["HABITS"]
    assert "herons.txt" not in str(record)


def test_documents_added_later_are_there(offers):
    listed = Endpoints(offers)
    offers.documents = {**offers.documents, "owls": document("owls", "On Owls")}
    assert [record["id"] for record in listed.documents()] == ["herons", "owls"]


@pytest.mark.parametrize(
    ("name", "args", "line"),
    [
        ("ask", ["  "], "the question is empty: ask in words"),
        ("ask", [5], "parameter 'question': got 5, Input should be a valid string"),
        ("ask", ["x" * (LONGEST_QUESTION + 1)], f"String should have at most {LONGEST_QUESTION} characters"),
        ("ask", ["Why?", "Who?"], "parameter 'history': got 'Who?', Input should be a valid list"),
        ("ask", ["Why?", [None]], "parameter 'history.0': got None"),
        ("ask", ["\ud800?"], "parameter 'question'"),
        ("ask", ["boom"], "RuntimeError: it broke (a fault of Ibid's"),
        ("search", [" "], "the query is empty"),
        ("search", ["x", 0], "parameter 'top': got 0, Input should be greater than or equal to 1"),
        ("search", ["x", True], "parameter 'top': got True"),
        ("check", [""], "the text is empty"),
        ("check", ["x" * (LONGEST_TEXT + 1)], f"at most {LONGEST_TEXT} characters"),
        ("cite", ["Dorn 1999", "herons eat"], "give one of the two"),
        ("cite", ["Nobody 1900"], "no document cites 'Nobody 1900'"),
    ],
)
def test_what_is_wrong_is_one_line_for_the_client(offers, monkeypatch, name, args, line):
    monkeypatch.delenv("IBID_DEBUG", raising=False)
    with pytest.raises(LineError) as raised:
        functions(offers)[name](*args)
    assert line in str(raised.value)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 250
    assert not raised.value.print_exception


def test_a_function_keeps_its_signature_without_self(offers):
    ask = functions(offers)["ask"]
    assert list(inspect.signature(ask).parameters) == ["question", "history"]
    assert ask.__doc__.startswith("Answer a question")


def test_no_more_calls_than_allowed_are_worked_on_at_once(offers):
    running, most, two, lock = [0], [0], threading.Event(), threading.Lock()

    def slow(text):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
            if running[0] == 2:
                two.set()
        two.wait(10)
        with lock:
            running[0] -= 1
        return Check((), ())

    offers.check = slow
    check = functions(offers)["check"]
    threads = [threading.Thread(target=check, args=("x",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [2]
