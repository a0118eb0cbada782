"""When questions to ask next are made, with an engine that only counts."""

from threading import Event, Thread

from ui_samples import answer, document, find

from ui.engine import Engine
from ui.suggesting import Suggestions

ANSWERED = {"asked": ["What do owls do?"], "cited": [["herons", *find("Herons <b>wait</b>.1")]]}


class Asked:
    """An engine's parts that remember what they are asked, and of which documents."""

    def __init__(self, *, quiet=True, reply=None) -> None:
        self.questions: list[str] = []
        self.narrowed: list[frozenset[str]] = []
        self.is_quiet = quiet
        self.reply = reply or answer

    def ask(self, question, history=()):
        self.questions.append(question)
        return self.reply()

    def engine(self) -> Engine:
        unused = None
        return Engine(
            {"herons": document(), "owls": document()},
            self.ask,
            lambda: None,
            check_each=unused,
            search=unused,
            check=unused,
            sources_for=unused,
            narrow=lambda ids: (self.narrowed.append(ids), self.engine())[1],
            quiet=lambda seconds: self.is_quiet,
        )


def test_they_are_put_to_the_answerer_while_nobody_waits():
    asked = Asked()
    Suggestions(asked.engine()).after(ANSWERED)
    assert asked.questions


def test_nothing_is_asked_while_somebody_waits_for_an_answer():
    asked = Asked(quiet=False)
    assert Suggestions(asked.engine()).after(ANSWERED) == ()
    assert asked.questions == []


def test_who_asks_meanwhile_ends_it():
    asked = Asked()

    def somebody_comes():
        asked.is_quiet = False
        return answer()

    asked.reply = somebody_comes
    Suggestions(asked.engine()).after(ANSWERED)
    assert len(asked.questions) == 1


def test_only_the_chosen_documents_are_asked():
    asked = Asked()
    Suggestions(asked.engine()).after(ANSWERED | {"left_out": ["owls"]})
    assert asked.narrowed == [frozenset({"owls"})]
    assert asked.questions


def test_a_quote_of_a_document_that_was_left_out_since_leads_to_nothing():
    asked = Asked()
    assert Suggestions(asked.engine()).after(ANSWERED | {"left_out": ["herons"]}) == ()
    assert asked.questions == []


def test_they_are_made_for_one_at_a_time_and_who_would_wait_too_long_gets_none():
    inside, go_on = Event(), Event()

    def slowly():
        inside.set()
        assert go_on.wait(60)
        return answer()

    asked = Asked(reply=slowly)
    suggestions = Suggestions(asked.engine(), patience=0.01)
    first = Thread(target=suggestions.after, args=(ANSWERED,))
    first.start()
    assert inside.wait(60)
    assert suggestions.after(ANSWERED) == ()
    assert len(asked.questions) == 1
    go_on.set()
    first.join()
