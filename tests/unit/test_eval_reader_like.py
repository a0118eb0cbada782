"""Copies of a sentence that speak of something else: what is kept, what is changed, and which one answers."""

import random
import re

import numpy as np
import pytest

from eval.reader.data import Article, Asked, Group
from eval.reader.like import like_group, names_of

FACT = "The mill of Alder was built in 1780 for 1.5 pounds."
TABLE = "Mill | Built\nAlder\t1780"
NAMES = {1: ["Alder", "Birch", "Cedar"], 2: ["Port Hesper"]}


def article(*sentences: str) -> Article:
    text = "\n\n".join(sentences)
    spans = tuple((text.index(s), text.index(s) + len(s)) for s in sentences)
    return Article(text, spans, sentences, np.zeros((len(sentences), 1), dtype=np.float32))


def group_of(question: str, fact: str = FACT, seed: int = 0) -> Group | None:
    asked = Asked("a", question, frozenset({0}), frozenset({0}), (0,))
    return like_group(asked, article(fact), NAMES, random.Random(seed))


def sentences_of(group: Group) -> list[str]:
    return [stretch.text[a:b] for stretch in group.stretches for a, b in stretch.sentences]


def test_names_are_taken_from_amid_sentences_and_told_by_their_words():
    text = "Once the Mill of Port Hesper, said Varde’s clerk, stood. Nobody knows it."
    assert names_of([article(text)]) == {1: ["Mill", "Varde"], 2: ["Port Hesper"]}


@pytest.mark.parametrize("seed", range(30))
def test_only_the_sentence_itself_answers_and_its_copies_name_another(seed):
    group = group_of("When was the mill of Alder built?", seed=seed)
    told = dict(zip(sentences_of(group), group.answers, strict=True))
    assert {sentence for sentence, answers in told.items() if answers} <= {FACT}
    copies = [sentence for sentence, answers in told.items() if not answers]
    assert copies
    for copy in copies:
        name, year, pounds = re.fullmatch(r"The mill of (\w+) was built in (\d+) for ([\d.]+) pounds\.", copy).groups()
        assert name in {"Birch", "Cedar"}
        assert year[:2] == "17" and year != "1780"
        assert pounds[:2] == "1." and pounds != "1.5"


def test_some_groups_lack_the_answer_and_some_are_one_passage():
    groups = [group_of("When was the mill of Alder’s brook built?", seed=seed) for seed in range(60)]
    assert {any(group.answers) for group in groups} == {True, False}
    assert {len(group.stretches) == 1 for group in groups} == {True, False}


def test_a_figure_that_the_question_shares_is_changed_too():
    group = group_of("which mill was built in 1780?")
    others = [s for s, answers in zip(sentences_of(group), group.answers, strict=True) if not answers]
    assert others and not any("1780" in sentence for sentence in others)


@pytest.mark.parametrize(("question", "fact"), [("How old is it?", FACT), ("When was Alder built?", TABLE)])
def test_without_a_shared_name_or_in_a_table_there_is_no_group(question, fact):
    assert group_of(question, fact) is None
