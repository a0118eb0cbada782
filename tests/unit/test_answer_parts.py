import math
from dataclasses import replace

import pytest

from answer.confidence import SIGNALS, signals
from answer.evidence import Evidence, candidates, missing_numbers, score_sentences
from answer.features import FEATURES, coverage, matches_type
from answer.model import Model, load_model
from answer.question import AnswerType, read_question, stand_in
from answer.select import select_quotes
from tests.unit.answer_fakes import FakeIndex, Indifferent, hit, passage, plain_model


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many plants are there?", AnswerType.NUMBER),
        ("In what year was it founded?", AnswerType.DATE),
        ("Who founded the firm?", AnswerType.PERSON),
        ("Who is cited for the claim?", AnswerType.SOURCE),
        ("Why are citations of the carp left out?", AnswerType.REASON),
        ("How many times was the carp cited by the pike?", AnswerType.NUMBER),
        ("Which study found that carp sleep?", AnswerType.SOURCE),
        ("Who argues that carp sleep?", AnswerType.SOURCE),
        ("On whose work does the claim about carp rest?", AnswerType.SOURCE),
        ("Which work supports the claim that carp sleep?", AnswerType.SOURCE),
        ("Whose study found a third of the sites lost?", AnswerType.SOURCE),
        ("Which author claims that a third of the sites were lost?", AnswerType.SOURCE),
        ("Who objects that fit people garden anyway?", AnswerType.SOURCE),
        ("Who warns of floods?", AnswerType.SOURCE),
        ("Who suggests that lack of mud kills carp?", AnswerType.SOURCE),
        ("Who estimates the losses at nine carp?", AnswerType.SOURCE),
        ("Which scholars are credited with the point that carp sleep?", AnswerType.SOURCE),
        ("Which organisation objects to nets?", AnswerType.SOURCE),
        ("By whom is it claimed that carp sleep?", AnswerType.SOURCE),
        ("Who found that dropping fines gets readers back?", AnswerType.SOURCE),
        ("Who reported that small ponds froze?", AnswerType.SOURCE),
        ("Who described that bus stop?", AnswerType.PERSON),
        ("Which study showed that?", AnswerType.SOURCE),
        ("Who first showed that the carp sleep?", AnswerType.SOURCE),
        ("Who found that cold water is dear?", AnswerType.SOURCE),
        ("Which author is quoted with the phrase?", AnswerType.SOURCE),
        ("What work was done in 2019?", AnswerType.OTHER),
        ("What work is done for the town?", AnswerType.OTHER),
        ("Which author was born in 1950?", AnswerType.PERSON),
        ("Who found that bridge?", AnswerType.PERSON),
        ("Who found that old bridge in Leeds?", AnswerType.PERSON),
        ("Who held that post?", AnswerType.PERSON),
        ("Who held that the post was dear?", AnswerType.PERSON),
        ("Who said that word in 2019?", AnswerType.PERSON),
        ("Which author described that bridge?", AnswerType.PERSON),
        ("Which researcher is the director?", AnswerType.OTHER),
        ("What paper is the wrapper made of?", AnswerType.OTHER),
        ("What does the author argue?", AnswerType.SUMMARY),
        ("Who found the pond?", AnswerType.PERSON),
        ("What work do the fitters do?", AnswerType.OTHER),
        ("Why did the project fail?", AnswerType.REASON),
        ("Where is the lab?", AnswerType.PLACE),
        ("What is a red-hat enterprise?", AnswerType.OTHER),
    ],
)
def test_a_question_says_what_would_answer_it(question, kind):
    assert read_question(question).answer_type is kind


def test_words_that_point_at_the_document_are_not_asked_for():
    assert read_question("According to the chapter, what does the author say about carp?").terms == ("carp",)


def test_names_and_figures_are_told_apart_from_other_terms():
    question = read_question("What did Bell plant in 1820?")
    assert question.names == {"bell"}
    assert question.figures == {"1820"}


def test_coverage_is_the_share_of_weight_found():
    weights = {"a": 3.0, "b": 1.0}
    assert coverage(["a", "b"], {"a"}, weights.__getitem__) == 0.75
    assert coverage([], {"a"}, weights.__getitem__) == 1.0


@pytest.mark.parametrize(
    ("question", "sentence", "fits"),
    [
        ("How many plants failed?", "Six plants failed.", True),
        ("How many plants failed?", "The plants failed (Bell 2001).", False),
        ("When did it close?", "It closed in 1999.", True),
        ("When did it close in 1999?", "It closed in 1999.", False),
        ("Who is cited for it?", "It closed (Bell 2001).", True),
        ("Why did it close?", "It closed because it leaked.", True),
        ("Who built it?", "It was built by Anna Bell.", True),
    ],
)
def test_a_sentence_fits_a_question_when_it_holds_what_is_asked_for(question, sentence, fits):
    assert matches_type(read_question(question), sentence) is fits


@pytest.mark.parametrize(
    ("question", "like"),
    [
        ("What is the main argument of the chapter?", "I argue"),
        ("Who wrote this?", "Title page"),
        ("What is the title of the document?", "Title page"),
        ("Who paid for the research?", "gratefully acknowledges"),
        ("Who helped the author?", "gratefully acknowledges"),
        ("Which NSF grant number paid for this study?", "gratefully acknowledges"),
        ("Who provided assistance to the writer of the chapter?", "gratefully acknowledges"),
        ("Who provided assistance to the writer?", "gratefully acknowledges"),
        ("Was the research financed by the Reed Council?", "gratefully acknowledges"),
        ("What funding did the author receive from the NSF?", "gratefully acknowledges"),
        ("Does the author thank Anna Bell?", "gratefully acknowledges"),
        ("Did grant 1234 support the work?", "gratefully acknowledges"),
        ("Who is thanked?", "gratefully acknowledges"),
        ("Who is acknowledged for help?", "gratefully acknowledges"),
        ("Who funded the author's fieldwork?", "gratefully acknowledges"),
        ("What help is there?", None),
        ("Who pays?", None),
        ("Who helped?", None),
        ("How much money is paid?", None),
        ("Which grants are there?", None),
        ("Who funds the Pond fund?", None),
        ("Does the Pond Fund support research?", None),
        ("Who supports the research of Anna Bell?", None),
        ("Who paid for the research in Leeds?", None),
        ("Does the author support the Pond Fund?", None),
        ("Which ministry supports the research centre?", None),
        ("What does the Pond Fund pay for?", None),
        ("Who paid for the dam?", None),
        ("What is the main crop of the region?", None),
        ("Who wrote about carp?", None),
    ],
)
def test_a_question_about_the_whole_text_is_asked_in_the_words_of_those_that_answer_it(question, like):
    found = stand_in(question)
    asked = found.text if found else None
    assert asked is None if like is None else like in asked


def evidence(text: str, score: float) -> Evidence:
    return Evidence(hit(passage(text)), (0, len(text)), text, score, (0.0,) * len(FEATURES))


def test_quotes_are_the_best_and_those_near_it_within_the_word_limit():
    found = [evidence("a " * 60, 5.0), evidence("b " * 60, 4.9), evidence("c " * 30, 4.8), evidence("d", 1.0)]
    assert {e.text[0] for e in select_quotes(found)} == {"a", "c"}


def test_a_sentence_that_leads_another_in_is_quoted_once():
    text = "Ponds are old. It feeds them."
    one = replace(passage(text), sentences=((0, 14), (15, 29)))
    lead = Evidence(hit(one), (0, 14), text[:14], 4.9, (0.0,) * len(FEATURES))
    found = [Evidence(hit(one), (15, 29), text[15:], 5.0, (0.0,) * len(FEATURES)), lead]
    assert select_quotes(found) == (lead, found[0])


def test_a_sentence_under_a_label_is_quoted_with_it():
    label, said = in_passage("hopper", "Holds the grain there.", scores=(5.0, 4.0))
    label = replace(label, score=-6.0, label=True)
    assert select_quotes([said, label]) == (label, said)


def test_a_label_is_worth_less_than_what_it_stands_over():
    index = FakeIndex("# Mill\n\n## Parts\n\nParts are here.\n\nhopper\n\nHolds the grain over the stones.\n")
    found = index.search("hopper", top=5)
    question = read_question("What is the hopper?")
    read = list(candidates(question, found, [[0.5] * len(h.passage.sentences) for h in found], index))
    scored = {e.text: e for e in score_sentences(question, read, plain_model(-2.0), Indifferent())}
    assert scored["hopper"].label
    assert scored["Holds the grain over the stones."].antecedent == "hopper"
    assert scored["hopper"].score < scored["Holds the grain over the stones."].score - 5


def test_a_sentence_that_announces_is_quoted_with_what_it_announces():
    text = "Three things followed: Rain fell."
    one = replace(passage(text), sentences=((0, 22), (23, 33)))
    rain = Evidence(hit(one), (23, 33), text[23:], -5.0, (0.0,) * len(FEATURES))
    found = [Evidence(hit(one), (0, 22), text[:22], 5.0, (0.0,) * len(FEATURES)), rain]
    assert select_quotes(found) == (found[0], rain)


def in_passage(*texts: str, scores: tuple[float, ...]) -> list[Evidence]:
    """The sentences of a passage, as evidence, best first."""
    text, spans = " ".join(texts), []
    for sentence in texts:
        start = text.index(sentence, spans[-1][1] if spans else 0)
        spans.append((start, start + len(sentence)))
    one = replace(passage(text), sentences=tuple(spans))
    found = [
        Evidence(hit(one), span, sentence, score, (0.0,) * len(FEATURES))
        for sentence, span, score in zip(texts, spans, scores, strict=True)
    ]
    return sorted(found, key=lambda e: -e.score)


@pytest.mark.parametrize(
    ("texts", "quoted"),
    [
        (("The plan rests on three steps.", "First, dig.", "Second, sow.", "Finally, reap.", "Bread is dear."), 4),
        (("Two reasons explain this.", "One is the rain.", "The other is frost.", "Bread is dear."), 3),
        (("There were several objections.", "First, cost.", "Second, time.", "Bread is dear."), 3),
        (("The plan rests on three steps.", "First, dig.", "Second, sow.", "Bread is dear."), 1),  # two of three
        (("Two reasons explain this.", "Rain fell.", "Frost came.", "Bread is dear."), 1),  # not plainly these
        (("Two reasons explain this.", "First, cost.", "Some grew.", "One fell."), 1),  # not of one kind
        (("It took two days.", "Bread is dear.", "First, dig.", "Second, sow."), 1),  # not at once
    ],
)
def test_a_sentence_that_says_how_many_is_quoted_with_as_many(texts, quoted):
    found = in_passage(*texts, scores=(5.0, *(-5.0 - n for n in range(len(texts) - 1))))
    assert [e.text for e in select_quotes(found)] == list(texts[:quoted])


def test_what_is_announced_is_quoted_once_though_it_was_found_too():
    first, one, other = in_passage("Two reasons explain this.", "One is rain.", "The other is frost.", scores=(3, 2, 1))
    unscored = [replace(e, score=0.0) for e in (one, other)]
    assert select_quotes([first, one], following=lambda e: unscored if e is first else []) == (first, one, unscored[1])


def told(text: str, start: int, score: float) -> Evidence:
    span = (start, start + len(text))
    return Evidence(hit(replace(passage(text), sentences=(span,))), span, text, score, (0.0,) * len(FEATURES))


def test_the_second_of_several_is_quoted_with_the_others():
    first, second, third = (
        told("The first is rain.", 0, -3.0),
        told("The second is frost.", 20, 5.0),
        told("Third, wind.", 45, -4.0),
    )
    far = told("The first is hail.", 9000, -2.0)
    assert select_quotes([second, far, first, third]) == (first, second, third)


def test_the_second_of_several_is_quoted_alone_where_the_others_do_not_fit_in():
    long = told(f"The first is {'rain ' * 120}.", 0, -3.0)
    second = told("The second is frost.", 700, 5.0)
    assert select_quotes([second, long]) == (second,)


def test_a_probability_is_the_logistic_of_the_weighted_signals():
    model = Model(first=(1.0,), sentence=(1.0,), confidence=(2.0, 0.0), bias=-1.0, threshold=0.5)
    assert model.probability((1.0, 9.0)) == pytest.approx(1 / (1 + math.exp(-1)))


def test_the_shipped_model_weighs_every_feature_and_signal():
    model = load_model()
    assert (len(model.first), len(model.sentence), len(model.confidence)) == (
        len(FEATURES),
        len(FEATURES),
        len(SIGNALS),
    )
    assert model.first[-1] == 0
    assert 0 < model.threshold < 1


def shown(question: str, text: str, cosine: float = 0.0) -> dict[str, float]:
    """Return the signals when one sentence is all the evidence and every term is as rare."""
    features = tuple(cosine if name.endswith("cosine") else 0.0 for name in FEATURES)
    found = Evidence(hit(passage(text)), (0, len(text)), text, 1.0, features)
    return dict(zip(SIGNALS, signals(read_question(question), [found], FakeIndex()), strict=True))


def test_other_words_than_the_texts_speak_against_no_answer():
    found = shown("How fast does the rotor revolve?", "The wheel turns once in nine minutes.", 0.4)
    assert found == {**dict.fromkeys(SIGNALS, 0.0), "key_coverage": 1.0}


@pytest.mark.parametrize(
    ("question", "keys"),
    [("Who planted Ash Wood in 1820?", 1.0), ("Who planted Elm Wood in 1930?", 1 / 3), ("Who sold Ash Wood?", 1.0)],
)
def test_a_name_must_be_in_the_text(question, keys):
    found = shown(question, "Anna Bell planted Ash Wood in 1820.")
    assert (found["key_coverage"], found["named"]) == (pytest.approx(keys), 1.0)


@pytest.mark.parametrize(
    ("question", "strange"),
    [("Who planted Ash Wood?", 0.0), ("Who planted Elm Wood?", 1.0), ("Who planted elms?", 0.0)],
)
def test_a_name_that_no_document_has_is_strange(question, strange):
    index = FakeIndex("Anna Bell planted Ash Wood in 1820.")
    found = [with_features()]
    assert signals(read_question(question), found, index)[SIGNALS.index("strange")] == strange


def test_a_passage_is_far_when_its_cosine_is_low():
    assert shown("How heavy is the machine?", "Weight, empty\t96 kg", 0.3)["far"] == pytest.approx(0.05)


def test_a_question_is_worded_as_the_sentence_that_has_most_of_its_words():
    found = [with_features(sentence_coverage=0.25), with_features(sentence_coverage=0.75)]
    assert signals(read_question("Who sold it?"), found, FakeIndex())[SIGNALS.index("worded")] == 0.75


def test_what_the_reader_thinks_of_several_adds_up():
    found = [with_features(reading=0.0)] * 3
    assert signals(read_question("Who sold it?"), found, FakeIndex())[SIGNALS.index("reading")] == pytest.approx(
        math.log(3)
    )


def with_features(**values: float) -> Evidence:
    text = "Bell sold the mill."
    return Evidence(hit(passage(text)), (0, len(text)), text, 1.0, tuple(values.get(name, 0.0) for name in FEATURES))


def test_a_question_for_a_year_lacks_one_by_what_the_reader_thinks_less_of_those_that_give_it():
    found = [with_features(reading=2.0), replace(with_features(reading=1.0), text="Bell sold it in 1904.")]
    lacking = signals(read_question("In what year did Bell sell it?"), found, FakeIndex())[SIGNALS.index("lacking")]
    assert lacking == pytest.approx(math.log(math.exp(2) + math.exp(1)) - 1)
    assert signals(read_question("What did Bell sell?"), found, FakeIndex())[SIGNALS.index("lacking")] == 0


def test_a_year_that_no_sentence_gives_is_lacking_no_more_than_so_much():
    found = [with_features(reading=5.0)]
    assert signals(read_question("In what year did Bell sell it?"), found, FakeIndex())[SIGNALS.index("lacking")] == 2


def test_the_best_read_sentence_echoes_the_question_by_the_share_of_its_words():
    found = [with_features(reading=0.0, precision=1.0), with_features(reading=1.0, precision=0.5)]
    assert signals(read_question("Who sold it?"), found, FakeIndex())[SIGNALS.index("echoing")] == 0.5


def test_a_question_of_the_text_says_nothing_of_whether_it_answers():
    asks = replace(with_features(reading=9.0, precision=1.0), text="Who sold the mill?")
    found = dict(
        zip(SIGNALS, signals(read_question("Who sold it?"), [asks, with_features()], FakeIndex()), strict=True)
    )
    assert (found["reading"], found["echoing"]) == (0.0, 0.0)


def test_no_evidence_has_no_signals():
    assert signals(read_question("Who?"), [], FakeIndex()) == (0.0,) * len(SIGNALS)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How deep was the pond in 1820?", ("1820",)),
        ("How deep was the pond in 1910 or 1820?", ()),
        ("How deep is the Heron 90?", ("Heron 90",)),
        ("When did version 0.13 come out?", ("version 0.13",)),
        ("How deep is the heron 60, and what does Table 7 say?", ()),
        ("How deep is it?", ()),
        ("How deep was it on May 12?", ()),
        ("Which ponds hold over 2000 carp?", ()),  # a bound, no year
        ("What are the Tickets 4000-4999 for?", ()),  # a number as long needs no name
        ("What are the Tickets 4000-4899 for?", ("Tickets 4000-4899",)),
    ],
)
def test_years_and_numbered_names_that_no_quote_comes_near_are_told(question, missing):
    text = "In 1910 the Heron 60 was 90 feet deep, and 4000-4999 were for children."
    assert missing_numbers(read_question(question), [evidence(text, 1.0)]) == missing
