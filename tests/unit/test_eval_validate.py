"""What a question set holds and what is wrong with it, on sets whose numbers can be counted by eye."""

import dataclasses
import json

import pytest

from eval.dataset import KINDS, Question
from eval.validate import Unshared, as_table, capitalised_terms, check, count_unshared, main, shared_terms
from index import add_documents
from ingest import Source
from tests.unit.answer_fakes import FakeIndex

TEXT = "# Ponds\n\n## Carp\n\nCarp live in the northern pond of Trebon. They eat maize. Today Trebon has 300 ponds.\n"
(DOCUMENT,) = FakeIndex(TEXT).documents.values()
PLAIN = Question(
    id="q1",
    kind="factoid",
    question="Where do carp live?",
    answer="In the northern pond",
    must=(("northern pond",),),
    must_not=(),
    evidence=("Carp live in the northern pond of Trebon.",),
    section="Carp",
    answerable=True,
    history=(),
    split="dev",
)
OTHER_WORDS = dataclasses.replace(
    PLAIN,
    id="q2",
    question="What food is given to fish?",
    must=(("maize",),),
    evidence=("They eat maize.",),
    split="test",
)
NAME_ALONE = dataclasses.replace(
    PLAIN,
    id="q3",
    question="How many lakes surround Trebon?",
    must=(("300",),),
    evidence=("Today Trebon has 300 ponds.",),
)
NONE = dataclasses.replace(
    PLAIN,
    id="q4",
    kind="unanswerable",
    question="Who feeds pike?",
    must=(),
    evidence=(),
    answerable=False,
    split="test",
)
SET = (PLAIN, OTHER_WORDS, NAME_ALONE, NONE)


def change(**fields: object) -> tuple[Question, ...]:
    return (dataclasses.replace(PLAIN, **fields),)


def test_a_set_without_faults_has_no_problems():
    assert check(SET, [DOCUMENT]) == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (change(evidence=("Carp live.", *PLAIN.evidence)), "q1: evidence is not in the text: Carp live."),
        (change(must=(("southern pond", "Trebon"), ("eels",))), "q1: no alternative of ('eels',) is in the evidence"),
        (change(kind="followup"), "q1: a followup has no history"),
        (
            change(kind="false_premise", answerable=False, must=(), evidence=()),
            "q1: no evidence corrects the false premise",
        ),
        ((PLAIN, dataclasses.replace(NAME_ALONE, id="q1")), "q1: the id is used twice"),
        ((PLAIN, dataclasses.replace(PLAIN, id="q9", question="where do Carp  live?")), "q9: asks what q1 asks"),
        ((PLAIN, dataclasses.replace(PLAIN, id="q9", question="In which pond do carp live?")), ""),
        ((PLAIN, dataclasses.replace(PLAIN, id="q9", question="Where does a carp live?")), "q9: asks what q1 asks"),
    ],
)
def test_each_fault_is_told_in_one_line(wrong, said):
    found = check(wrong, [DOCUMENT])
    assert len(found) == bool(said)
    assert "".join(found).startswith(said)


def test_kinds_with_too_few_questions_are_told_on_request():
    found = check(SET, [DOCUMENT], at_least=3)
    assert found[0] == "numeric: 0 questions, expected at least 3"
    assert {line.partition(":")[0] for line in found} == set(KINDS) - {"factoid"}


def test_words_are_shared_by_their_stems_and_by_the_history_too():
    assert shared_terms(PLAIN) == {"carp", "live"}
    assert shared_terms(OTHER_WORDS) == frozenset()
    asked = dataclasses.replace(OTHER_WORDS, question="Who gives it?", history=("What did they use for eating?",))
    assert shared_terms(asked) == {"eat"}


def test_names_are_words_that_are_capitalised_within_sentences():
    text = "In Bath, the AI of Liu bathes. Despite this, Zhou’s iFly is ill. The bath of Zhou."
    assert capitalised_terms([text]) == {"liu", "zhou", "ifli"}


def test_questions_without_a_shared_word_are_counted_with_and_without_names():
    names = capitalised_terms([DOCUMENT.text])
    assert "trebon" in names
    assert count_unshared(SET, names) == Unshared(questions=3, strictly=1, loosely=2)
    in_lower_case = dataclasses.replace(NAME_ALONE, question="how many lakes surround trebon?")
    assert count_unshared([in_lower_case], names) == Unshared(questions=1, strictly=0, loosely=0)


def test_the_table_counts_by_kind_and_split():
    lines = [line.split() for line in as_table(SET, [DOCUMENT]).splitlines()]
    assert ["factoid", "2", "1", "3"] in lines
    assert ["unanswerable", "0", "1", "1"] in lines
    assert ["questions", "2", "2", "4"] in lines
    assert ["share", "50%", "50%"] in lines
    assert ["no", "word", "at", "all", "0%", "100%", "33%"] in lines
    assert ["names", "aside", "50%", "100%", "67%"] in lines
    assert "–" in as_table([NONE], [DOCUMENT])


@pytest.fixture
def ponds(home, embedder, tmp_path, monkeypatch):
    path = tmp_path / "ponds.md"
    path.write_text(TEXT, encoding="utf-8")
    add_documents(home, [Source(path, "ponds")], embedder=embedder)
    monkeypatch.setenv("IBID_HOME", str(home.home))
    return tmp_path / "set.jsonl"


def write(path, questions):
    path.write_text("\n".join(json.dumps(dataclasses.asdict(q)) for q in questions), encoding="utf-8")
    return [str(path), "--corpus", "test"]


def test_the_command_prints_the_table_and_succeeds(ponds, capsys):
    with pytest.raises(SystemExit) as ended:
        main(write(ponds, SET))
    said = capsys.readouterr()
    assert (ended.value.code, said.err) == (0, "")
    assert said.out.splitlines()[0].split() == ["kind", "dev", "test", "all"]


def test_the_command_fails_with_a_line_for_each_problem(ponds, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*write(ponds, (*SET, *change(id="q9", question="Why?", must=(("eels",),)))), "--at-least", "1"])
    said = capsys.readouterr().err.splitlines()
    assert ended.value.code == 1
    assert said[0] == "q9: no alternative of ('eels',) is in the evidence"
    assert len(said) == 1 + len(KINDS) - 2


def test_a_set_or_corpus_that_is_missing_is_told_in_one_line(ponds, capsys):
    assert main([str(ponds), "--corpus", "test"]) == 1
    assert capsys.readouterr().err.startswith("python -m eval.validate: cannot read the question set")
    assert main([*write(ponds, SET)[:2], "nowhere"]) == 1
    assert "nowhere" in capsys.readouterr().err
