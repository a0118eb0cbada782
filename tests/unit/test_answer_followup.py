"""Follow-ups are completed from the conversation, and what stands alone is left alone."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from answer import LONGEST_QUESTION
from answer.followup.completing import complete_question
from answer.followup.items import items_of
from core.records import Answer, Citation
from index.terms import analyze

LISTS = {
    "Which towns have a port?": ("Hull", "Leeds", "York"),
    "Name the ships of the fleet.": ("Ark", "Bell", "Crane"),
    "Which grants did Bell win?": ("the Reed grant", "the Ash grant"),
}
PORTS = "Which towns have a port?"


def listed(question):
    return LISTS.get(question, ())


COMPLETED = [
    # An ellipsis takes the earlier question with its own name, figure or noun in the place of that kind.
    (["How many mills were counted in Hull?"], "And in Leeds?", "How many mills were counted in Leeds?"),
    (["How many mills were counted in Hull?"], "Leeds?", "How many mills were counted in Leeds?"),
    (["How many mills were counted in Hull?"], "Thanks. And in Leeds?", "How many mills were counted in Leeds?"),
    (["How many plants did Paris have?"], "What about Rome?", "How many plants did Rome have?"),
    (["When did Acme open its works in Leeds?"], "And in York?", "When did Acme open its works in York?"),
    (["When did Acme open its works in Leeds?"], "What about Beta?", "When did Beta open its works in Leeds?"),
    (["How tall is the Reed Tower?"], "And the Bell Tower?", "How tall is the Bell Tower?"),
    (["What is the capital of Peru?"], "And of Chile?", "What is the capital of Chile?"),
    (["What is the capital of Peru?"], "And Chile?", "What is the capital of Chile?"),
    (["How deep is well 12?"], "And well 7?", "How deep is well 7?"),
    (["What dose did group C take?"], "And group A?", "What dose did group A take?"),
    (["What was sold in 2018?"], "And in 2019?", "What was sold in 2019?"),
    (
        ["What was the population of Leeds in 1901?"],
        "And York in 1911?",
        "What was the population of York in 1911?",
    ),
    (
        ["What was the population of Leeds in 1901?"],
        "And that of York?",
        "What was the population of York in 1901?",
    ),
    (
        ["How much pond money do town councils hold?"],
        "And the rural ones?",
        "How much pond money do rural councils hold?",
    ),
    (["Who built the old bridge?"], "And the new one?", "Who built the new bridge?"),
    (["Who invented the telephone?"], "And the radio?", "Who invented the radio?"),
    (["How much steel did Acme sell?"], "And copper?", "How much copper did Acme sell?"),
    (["How is salt made?"], "And sugar?", "How is sugar made?"),
    (["When does Acme open?"], "And on Sundays?", "When does Acme open on Sundays?"),
    (["When did the theatre in York open?"], "And the museum in Leeds?", "When did the museum in Leeds open?"),
    (["What is the area of Leeds?"], "What about its population?", "What is the population of Leeds?"),
    (["What is Acme known for?"], "what about its turnover?", "What about Acme’s turnover?"),
    (["What is Acme?"], "Beta", "What is Beta?"),
    # Several names take the place of the one among them, whatever stands before it.
    (["How large is Hull?"], "In York, Leeds and Hull?", "How large are York, Leeds and Hull?"),
    (["How many mills did Hull have?"], "In York and Hull?", "How many mills did York and Hull have?"),
    (["How many firms of Hull moved?"], "In York, Leeds and Hull?", "How many firms of York, Leeds and Hull moved?"),
    # What stands at the end gives way to its like.
    (["How often does the ferry sail in summer?"], "And in winter?", "How often does the ferry sail in winter?"),
    (["When does Acme open on weekdays?"], "And on Sundays?", "When does Acme open on Sundays?"),
    (["Summarise the chapter on trade."], "And the one on fishing?", "Summarise the chapter on fishing."),
    (["What share of Acme’s boats sank?"], "And of Beta’s?", "What share of Beta’s boats sank?"),
    (["When was the tower built?"], "And sold?", "When was the tower sold?"),
    (["How much did the bridge cost?"], "And the station?", "How much did the station cost?"),
    (["What share of clerks are women?"], "And of nurses?", "What share of nurses are women?"),
    (["How many pupils does the school have?"], "And how many teachers?", "How many teachers does the school have?"),
    (["Who sold the mill?"], "On what grounds?", "On what grounds was the mill sold?"),
    # A question word alone takes the rest of the earlier question.
    (["Which firms moved?"], "How many of them?", "How many firms moved?"),
    (["Who designed the mill?", "Thanks. And who built the tower?"], "When?", "When was the tower built?"),
    (["Who founded Acme?"], "When?", "When was Acme founded?"),
    (["Who founded Acme?"], "In which year?", "In which year was Acme founded?"),
    (["Who wrote the old charter of York?"], "When?", "When was the old charter of York written?"),
    (["Where did Acme move?"], "Why?", "Why did Acme move?"),
    (["Where did Acme move?"], "And when exactly?", "When exactly did Acme move?"),
    (["Did Anna Bell visit York?"], "When?", "When did Anna Bell visit York?"),
    (["How many works did Acme build in Leeds?"], "When?", "When did Acme build works in Leeds?"),
    (["Which towns did Acme supply?"], "How many?", "How many towns did Acme supply?"),
    (["How many funds does Acme run?"], "Which ones?", "Which funds does Acme run?"),
    (["When was Acme founded?"], "By whom?", "By whom was Acme founded?"),
    (["How tall is the tower?"], "And how old?", "How old is the tower?"),
    (["How many ships were lost in 1805?"], "And how many in 1806?", "How many ships were lost in 1806?"),
    (["Who runs Acme?"], "Who else?", "Who else runs Acme?"),
    # A pronoun gives way to what it stands for.
    (["What is Acme?"], "Who founded it?", "Who founded Acme?"),
    (["What is Acme?"], "And who founded it?", "Who founded Acme?"),
    (["What is Acme?", "Thanks!"], "Who founded it?", "Who founded Acme?"),
    (["Who founded iBox?"], "How large is its workforce?", "How large is iBox’s workforce?"),
    (["Who runs Acme?"], "Who owns it, and when did it close?", "Who owns Acme, and when did it close?"),
    (["Who runs Acme?"], "What did Bell say about it?", "What did Bell say about Acme?"),
    (["When did the museum in Leeds open?"], "Who built it?", "Who built the museum in Leeds?"),
    (["Who is the director of the Reed Museum?"], "When did it open?", "When did the Reed Museum open?"),
    (
        ["Who is the director of the Reed Museum?"],
        "When was she appointed?",
        "When was the director of the Reed Museum appointed?",
    ),
    (["What did Anna Bell plant?"], "When did she die?", "When did Anna Bell die?"),
    (["Who founded Acme?"], "When was he born?", "When was the person who founded Acme born?"),
    (["What causes rust?"], "How can it be prevented?", "How can rust be prevented?"),
    (["What are glaciers?"], "How fast do they move?", "How fast do glaciers move?"),
    (["How large are Hull and Leeds?"], "Where are they?", "Where are Hull and Leeds?"),
    (["Compare Hull and Leeds."], "Which of them is older?", "Which of Hull and Leeds is older?"),
    (["Compare Hull and Leeds."], "Who governs both?", "Who governs Hull and Leeds?"),
    (["Which firms make steel?"], "Where are they based?", "Where are the firms that make steel based?"),
    (["Who lives in Leeds?"], "What is made there?", "What is made in Leeds?"),
    (["Did Anna Bell visit York?"], "What did she see there?", "What did Anna Bell see in York?"),
    (["What is Acme?"], "Who runs this company?", "Who runs the company Acme?"),
    (["What is the Reed Fund?"], "Who runs that fund?", "Who runs the Reed Fund?"),
    (["What is Acme?"], "Tell me more.", "Tell me more about Acme."),
    (["How much does entry to the museum cost?"], "Who built it?", "Who built the museum?"),
    (["What is a glacier?"], "How do they form?", "How do glaciers form?"),
    (["What is a bakery?"], "Who runs them?", "Who runs bakeries?"),
    # Carried over more than one question, and over a change of topic.
    (["What is Acme?", "Who founded it?", "When?"], "And why?", "Why was Acme founded?"),
    (["What is Acme?", "Is it bigger than Beta?"], "Who founded it?", "Who founded Acme?"),
    (["What is Acme?", "Who founded it?", "What is Beta?"], "Who founded it?", "Who founded Beta?"),
    (["Who founded Acme?", "When was he born?"], "Where did he die?", "Where did the person who founded Acme die?"),
    # Items by their place: of the answer's list, or of the question.
    ([PORTS], "How large is the first?", "How large is Hull?"),
    ([PORTS], "What about the second one?", f"{PORTS} What about Leeds?"),
    ([PORTS, "How large is the first?"], "What about the second one?", "How large is Leeds?"),
    ([PORTS, "How large is the first?"], "and the others?", "How large are Leeds and York?"),
    ([PORTS, "What about the second one?"], "Is it bigger than the first?", "Is Leeds bigger than Hull?"),
    ([PORTS], "Who governs the first two?", "Who governs Hull and Leeds?"),
    (["Name the ships of the fleet."], "What happened to the 3rd one?", "What happened to Crane?"),
    (["Which grants did Bell win?"], "How much was the last one?", "How much was the Ash grant?"),
    (["How large are Hull and Leeds?"], "What about the latter?", "How large is Leeds?"),
    (["How long is the first bridge?"], "And the second one?", "How long is the second bridge?"),
    # What English has no simple way to say gets the earlier question before it.
    (["What is Acme?"], "When?", "What is Acme? When?"),
    (["Did Acme close?"], "Why not?", "Did Acme close? Why not?"),
    (["Who runs Acme?"], "What happened next?", "Who runs Acme? What happened next?"),
    (["How large are Hull and Leeds?"], "Which is the largest?", "How large are Hull and Leeds? Which is the largest?"),
    (["Which town grew fastest?"], "What is its area?", "Which town grew fastest? What is its area?"),
    (["Why did Bell leave York?"], "What did he do then?", "Why did Bell leave York? What did Bell do then?"),
    (
        ["Where did the Long Plan place mills?"],
        "Why there, of all places?",
        "Where did the Long Plan place mills? Why there, of all places?",
    ),
    (["How many firms does Hull have?"], "And in York?", "How many firms does Hull have? And in York?"),
    (["What is the area of Hull?"], "And in York?", "What is the area of Hull? And in York?"),
    (["Compare Hull and Leeds."], "And the former?", "Compare Hull and Leeds. What about Hull?"),
    (["Which is larger, Hull or Leeds?"], "And York?", "Which is larger, Hull or Leeds? And York?"),
    (
        ["What was the first aim of the trust?"],
        "And the later ones?",
        "What was the first aim of the trust? And the later ones?",
    ),
    (
        ["How many boats did Acme sell?"],
        "Is that more than Beta?",
        "How many boats did Acme sell? Is that more than Beta?",
    ),
    (["What did Acme do in 1901?"], "Why?", "What did Acme do in 1901? Why?"),
    (["Who runs Acme now?"], "And before her?", "Who runs Acme now? And before her?"),
    (["How many mills are there?"], "Which town has the most?", "How many mills are there? Which town has the most?"),
    (["Where is the mill?"], "How many workers?", "Where is the mill? How many workers?"),
    (["Where is the mill?"], "How much was paid?", "Where is the mill? How much was paid?"),
    (["Where is the mill?"], "Which is the second largest?", "Where is the mill? Which is the second largest?"),
    ([PORTS], "What about the ninth one?", f"{PORTS} What about the ninth one?"),
]

ALONE = [
    "Who founded Beta?",
    "And who founded Beta?",
    "Where is Leeds?",
    "What is inflation?",
    "Who pays taxes?",
    "Name three rivers",
    "mill output per head",
    "summarise the text",
    "Thanks!",
    "Who wrote this chapter?",
    "What does it say about tariffs?",
    "Is it true that the bridge fell?",
    "Is it possible to visit the works?",
    "Was it Bell who founded Beta?",
    "How long did it take to build the tunnel?",
    "What did Beta do when it moved?",
    "How did Beta raise its funds?",
    "What is Beta and who founded it?",
    "I read about Beta. Who founded it?",
    "When it closed, what did Beta do?",
    "Why do glaciers move when they melt?",
    "Who said that prices rose?",
    "Which firms that make steel moved?",
    "Are there other firms in Leeds?",
    "How many bridges are there in York?",
    "What is the first law of motion?",
    "Who was the first to climb the hill?",
    "Do others agree?",
    "How do bonds differ from shares?",
    "What did Dr. Bell say of her mother?",
    "What happened in the first quarter of 1806?",
    "What did the mill make in the last winter?",
    "Does it say who built the mill?",
    "What makes it hard to hire pilots?",
    "Did the toll make it easier to trade grain?",
    "How did the belief come about that the mill closed?",
    "How much did the tariff raise?",
    "How much did prices rise?",
    "How much was paid to the workers?",
    "Which is the largest town?",
    "Which was opened first, the mill or the dam?",
    "Which is the largest of the villages?",
    "Does it mention the mill?",
    "How many people died?",
    "How many firms moved?",
    "In which town was Beta founded?",
    "Who earns the most?",
    "Does it explain the fall in prices?",
]


@pytest.mark.parametrize(("history", "question", "completed"), COMPLETED)
def test_a_follow_up_is_completed_from_the_conversation(history, question, completed):
    assert complete_question(question, history, listed) == completed


@pytest.mark.parametrize("question", ALONE)
def test_a_question_that_stands_alone_is_not_touched_by_the_topic_before(question):
    assert complete_question(question, ["Who runs Acme?"], listed) == question


@pytest.mark.parametrize(("history", "question"), [(history, question) for history, question, _ in COMPLETED])
def test_completing_what_is_complete_changes_nothing(history, question):
    completed = complete_question(question, history, listed)
    assert complete_question(completed, history, listed) == completed


def test_the_answer_is_looked_at_only_for_the_items_of_a_list():
    def asked(question):
        raise AssertionError(question)

    assert complete_question("Who founded it?", ["What is Acme?"], asked) == "Who founded Acme?"
    assert complete_question("And the latter?", ["How large are Hull and Leeds?"], asked) == "How large is Leeds?"


def test_an_earlier_question_without_an_antecedent_is_passed_over():
    assert complete_question("Who founded it?", ["Why?", "Thanks!"]) == "Who founded it?"


WORDS = (
    "who what when where why how many which did was is are the a of in it its they them their he she there that this "
    "those first second one ones others and but about Acme Leeds York Anna Bell town towns mill built founded large "
    "old bigger than 1901 more else then"
).split()
SENTENCES = st.builds(
    lambda words, end: f"{' '.join(words)}{end}",
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9),
    st.sampled_from(["?", "", ".", " ?"]),
)
TEXTS = SENTENCES | st.text(max_size=40) | st.builds(lambda a, b: f"{a} {b}", SENTENCES, SENTENCES)
HISTORIES = st.lists(TEXTS | st.just("x" * LONGEST_QUESTION), max_size=4)
# What gives way to what it stands for, or only joins a question to the talk.
GIVES_WAY = set(analyze("one ones first second others thanks"))


@given(TEXTS)
def test_without_a_conversation_nothing_changes(question):
    assert complete_question(question, []) == question


@settings(max_examples=150)
@example("than?", ["Acme?", "then who?"])
@given(TEXTS, HISTORIES)
def test_completing_twice_is_completing_once_and_stays_within_the_limit(question, history):
    completed = complete_question(question, history, lambda _: ("Hull", "Selby"))
    assert len(completed) <= max(LONGEST_QUESTION, len(question))
    assert complete_question(completed, history, lambda _: ("Hull", "Selby")) == completed


@settings(max_examples=150)
@given(SENTENCES, HISTORIES)
def test_no_word_of_the_question_is_lost_but_what_is_replaced(question, history):
    completed = complete_question(question, history, lambda _: ("Hull", "Selby"))
    assert set(analyze(question)) - GIVES_WAY <= set(analyze(completed))


def answer_of(text, quotes=(), *, refused=False):
    citations = tuple(Citation(i, "d", (), None, quote, 0, 1, "p") for i, quote in enumerate(quotes, start=1))
    return Answer("q", text, citations, refused, "", 0.5, ())


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        (answer_of("They are:\n- **Hull**: a port [1]\n- Leeds [2]"), ("Hull", "Leeds")),
        (answer_of("1. Hull [1]\n2. Leeds [2]"), ("Hull", "Leeds")),
        (answer_of("Town: Hull | Port: yes [1]", ["Hull\tyes", "York\tno"]), ("Hull", "York")),
        (answer_of("…", ["Ships call at Hull, Leeds and York."]), ("Hull", "Leeds", "York")),
        (answer_of("Ships call at Hull. [1]", ["Ships call at Hull."]), ()),
        (answer_of("- Hull\n- Leeds", refused=True), ()),
    ],
)
def test_the_items_of_an_answer_are_its_bullets_its_rows_or_its_joined_names(answer, items):
    assert items_of(answer) == items
