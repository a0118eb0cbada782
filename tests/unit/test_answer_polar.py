"""Questions that state something, held against a sentence or two: yes, no, something else, or nothing in doubt."""

import pytest
from answer_fakes import FakeIndex, Indifferent, plain_model
from hypothesis import given
from hypothesis import settings as settle
from hypothesis import strategies as st

from answer import Answerer
from answer.rulings.polar import read_statement
from answer.rulings.ruling import rule
from answer.verbs import is_past, lemma
from core.records import Ruled
from core.settings import Settings

ALPHA = "Alpha was founded in Leeds in 1999 by Ada Bell."
WEIR = "The weir was built in 1832 by the miller Amos Rudd, and no flood has broken it."

YES = [
    ("Was Alpha founded in 1999?", ALPHA),
    ("Was Alpha founded in Leeds?", ALPHA),
    ("Was Alpha founded by Ada Bell in 1999?", ALPHA),
    ("Did Ada Bell found Alpha?", ALPHA),
    ("Is it true that Alpha was founded in 1999?", ALPHA),
    ("Does the text say that Ada Bell founded Alpha in Leeds?", ALPHA),
    ("And was Alpha founded before 2005?", ALPHA),
    ("Alpha was founded in Leeds, wasn't it?", ALPHA),
    ("Did Rudd build the weir?", WEIR),
    ("Was the weir built by Amos Rudd in 1832?", WEIR),
    ("Was the bridge built in 1870?", "The bridge crosses the river. It was built in 1870."),
    ("Did Alpha open a school in York?", "In 1999 Alpha opened a small school in York."),
    ("Did Alpha buy Beta in 1999?", "Beta was bought by Alpha in 1999."),
    ("Has Alpha bought Beta?", "Alpha bought Beta in 1999."),
    ("Does the park have a zoo?", "The park has a zoo."),
    ("Does the park have more than 40 benches?", "The park has 50 benches."),
    ("Does the park have fewer than 40 benches?", "The park has 30 benches."),
    ("Does the park have at least 50 benches?", "The park has 50 benches."),
    ("Is the tower 40 metres high?", "The tower is 40 metres high."),
    ("Is Ada Bell the mayor of Leeds?", "Ada Bell is the mayor of Leeds."),
    ("Do herons eat eels?", "Herons eat eels and frogs."),
    ("Do only herons eat eels?", "Only herons eat eels."),
    ("May visitors feed the carp?", "Visitors may feed the carp."),
    ("Did Alpha plan to open a school?", "Alpha planned to open a school."),
    ("Was iBell Co., Ltd founded in 1999?", "In 1999, iBell Co., Ltd was founded in Leeds."),
    ("Did Alpha found 12 clubs?", "Alpha founded 40 schools and 12 clubs."),
    ("Did Carl Moss retire in May 2004?", "Carl Moss retired in May 2004."),
    ("Was Alpha founded in 1999?", "Alpha was founded in 1999 by Ada Bell, who wanted to sell boats."),
    ("Did Ada Bell leave Leeds?", "Ada Bell left Leeds because Alpha refused to pay her."),
    ("Did Ada Bell found Alpha?", "Alpha was founded in 1999 by the boat builder Ada Bell."),
    ("Did Ada Bell found Alpha?", "The last mayor, Ada Bell, founded Alpha in 1999."),
    ("Did Ada Bell found Alpha?", "Ada Bell, who was born in York, founded Alpha."),
    ("Did Ada Bell found Alpha?", "Having left York, Ada Bell founded Alpha in 1999."),
    ("Did Ada Bell die in 1999?", "Ada Bell died in 1999."),
    ("Was the bridge opened in 1899?", "The bridge was opened in York in May 1899 by the mayor."),
    ("Did the tower have nine bells?", "The tower was 34 metres high and had nine bells."),
    ("Did Alpha sell Beta in 1995?", "Alpha bought Gamma in 1990 and sold Beta in 1995."),
    ("Did Alpha sell Beta in 1995?", "Alpha bought Beta in 1990 and sold it in 1995."),
    ("Does the ferry carry 80 people?", "The ferry was launched in 1958 and carries 80 people."),
    ("Was the mill moved in 1999?", "The weir still stands, while the mill was moved in 1999."),
    ("Did Alpha open its works in 1968?", "Alpha opened its works in 1968."),
    ("Did Bell and Moss found Alpha?", "Bell and Moss founded Alpha in 1990."),
    ("Did the council ban fishing?", "The council banned fishing in 1999."),
    ("Did Alpha close the museum?", "Alpha closed the museum in May 1990."),
    ("Was the play rewritten in Leeds?", "The play itself was rewritten in Leeds."),
    ("Was the bell cast by a travelling smith?", "The bell was cast by a travelling smith in 1702."),
]
NO = [
    ("Was any boat lost?", "No boat was lost and no sailor was hurt.", None),
    ("Was a sailor hurt?", "No boat was lost and no sailor was hurt.", None),
    (
        "Did the sexton Ruth Castle found Alpha?",
        "Alpha was founded in 1999 by the miller Ada Bell, who wanted work, whose sons had only debts.",
        ("the sexton Ruth Castle", "the miller Ada Bell"),
    ),
    ("Was Alpha founded in 1985?", ALPHA, ("1985", "1999")),
    ("Was Alpha founded before 1990?", ALPHA, ("before 1990", "1999")),
    ("Was Alpha founded by Ruth Castle?", ALPHA, ("Ruth Castle", "Ada Bell")),
    ("Did Rudd build the weir in 1823?", WEIR, ("1823", "1832")),
    ("Did the council close the school?", "The council did not close the school.", None),
    ("Did the council close the school?", "The council never closed the school.", None),
    ("Was the school closed?", "The school was not closed.", None),
    ("Does the park have a zoo?", "The park has no zoo.", None),
    ("Do herons eat eels?", "Herons do not eat eels.", None),
    ("Is the tower a ruin?", "The tower is not a ruin.", None),
    ("Is the tower 50 metres high?", "The tower is 40 metres high.", ("50 metres", "40 metres")),
    ("Does the park have more than 40 benches?", "The park has 30 benches.", ("more than 40 benches", "30 benches")),
    ("Does the park have 40 benches?", "The park has 30 benches.", ("40 benches", "30 benches")),
    ("Did Alpha sell 300 boats?", "Alpha sold 400 boats.", ("300 boats", "400 boats")),
    ("Did Carl Moss retire in March 2004?", "Carl Moss retired in May 2004.", ("March", "May")),
    ("Is it true that Alpha was founded in 1985?", ALPHA, ("1985", "1999")),
    ("Did Bell found Acme in 2005?", "Bell moved to York in 2001 and founded Acme in 2003.", ("2005", "2003")),
    ("Did Ada Bell leave the island in 1997?", "Ada Bell left the island in 1987.", ("1997", "1987")),
    ("Did the province nationalise Alpha in 1948?", "The province nationalised Alpha in 1938.", ("1948", "1938")),
    ("Did the first boat sail in 1871?", "The first boat sailed on 4 November 1875.", ("1871", "1875")),
    ("Was the tower 40 metres high?", "The tower was 34 metres high and had nine bells.", ("40 metres", "34 metres")),
    (
        "Does the park have six ponds?",
        "The park has two ponds and receives about 500 visitors.",
        ("six ponds", "two ponds"),
    ),
    ("Did Bell found Acme in 2005?", "Bell founded Acme in 2003 and Beta in 2006.", ("2005", "2003")),
    # Words and figure stand side by side in two sentences, of which neither says it.
    (
        "Did the firm buy the Elm Tramway in 1900?",
        "The firm bought the Elm Tramway in 1893 and sold it in 1921. The works of the firm at Elm had 9 men in 1900.",
        ("1900", "1893"),
    ),
]
INSTEAD = [
    ("Was the strike led by Ruth Castle?", "The strike was led by Ada Bell.", ("Ruth Castle", "Ada Bell")),
    (
        "Was the guide written by Ada Bell?",
        "The guide was written by a working group.",
        ("Ada Bell", "a working group"),
    ),
    (
        "Was the lock mended by the night crew?",
        "The lock was mended by the day crew.",
        ("the night crew", "the day crew"),
    ),
    ("Was Alpha run from York?", "Alpha was run from Leeds.", ("York", "Leeds")),
    ("Did the siege of Elm last 3 days?", "The siege of Elm lasted 5 days and cost a fortune.", ("3 days", "5 days")),
    ("Was Alpha founded in York?", ALPHA, ("York", "Leeds")),  # Leeds might be in a county of that name
    ("Who founded Alpha in 1985?", ALPHA, ("1985", "1999")),
    ("Why was Alpha founded in York?", ALPHA, ("York", "Leeds")),
    ("Which town did Ada Bell found in 1985?", "Ada Bell founded Weston in 1999.", ("1985", "1999")),
    ("Why did Alpha leave York?", "Alpha never left York.", None),
    ("How did the council close the school?", "The council did not close the school.", None),
    ("When was Alpha founded by Ruth Castle?", ALPHA, ("Ruth Castle", "Ada Bell")),
    ("How did Rudd build the weir in 1823?", WEIR, ("1823", "1832")),
]
NOTHING = [
    ("Was the mill led by the miller?", "The mill was led by Amos Rudd."),  # who may be the miller
    ("Was the strike led by Ruth Castle?", "The strike was led by Ada Bell. Ruth Castle led another."),
    ("Was the strike led by Ruth Castle?", "The strike was perhaps led by Ada Bell."),
    ("Was a strike led by Ruth Castle?", "A strike was led by Ada Bell."),
    ("Was Alpha run from York?", "Alpha was run from Leeds. In York Beta was run from a shed."),
    ("Was any boat lost?", "No boat was lost in 1960."),
    ("Did Alpha buy Beta?", "Beta bought Alpha in 1999."),
    ("Did Alpha found Ada Bell?", ALPHA),
    ("Was Alpha sold in 1999?", ALPHA),
    ("Did Alpha open a school?", "The owner of Alpha opened a school."),
    ("Did Alpha open a school?", "Alpha’s owner opened a school."),
    ("Did Alpha open a school?", "Beta, the rival of Alpha, opened a school."),
    ("Did Alpha open a school?", "Alpha manager Jones opened a school."),
    ("Did Alpha open a school?", "Beta insisted that Alpha opened a school."),
    ("Did Alpha open a school?", "Beta told reporters that Alpha opened a school."),
    ("Did Alpha open a school?", "Critics contend that Alpha opened a school."),
    ("Did Alpha open a school?", "In the novel, Alpha opened a school."),
    ("Did Alpha open a school in 1985?", "Alpha opened a school in 1985 or 1986."),
    ("Was the bridge built in 1870?", "A bridge was built in 1880."),
    ("Was the bridge built in 1870?", "The bridge was built again in 1880."),
    ("Did Bell join Alpha in 1950?", "Bell joined Alpha in 1960 for a second time."),
    ("Is the tower 40 metres high?", "The tower is 131 feet high."),
    ("Is the tower the highest in Leeds?", "The tower is the second highest in Leeds."),
    ("Is Bell the mayor of Leeds?", "Bell is the deputy mayor of Leeds."),
    ("Is Bell the mayor of Leeds?", "Bell is the former mayor of Leeds."),
    ("Did the mayor open the school?", "The school was opened by the mayor of York."),
    ("Do herons eat eels?", "Herons eat eel pie."),
    ("Do herons eat eels?", "Herons eat eels when hungry."),
    ("Does the park have more than 40 benches?", "The park has at least 30 benches."),
    ("Did Alpha open a school?", "Alpha planned to open a school."),
    ("Did Alpha open a school?", "Alpha may have opened a school."),
    ("Did Alpha open a school?", "Alpha would have opened a school."),
    ("Did Alpha open a school?", "Beta claims that Alpha opened a school."),
    ("Did Alpha open a school?", "It is a myth that Alpha opened a school."),
    ("Did Alpha open a school?", "If Alpha opened a school, nobody saw it."),
    ("Did Alpha open a school?", "Alpha nearly opened a school."),
    ("Did Alpha open a school?", "Alpha opened half of a school."),
    ("Did Alpha open a school?", "Alpha did not open a school in York."),
    ("Did Alpha open a school in York?", "Alpha opened a school in New York."),
    ("Did York open a school?", "New York opened a school."),
    ("Did Alpha open a school in 1985?", "Alpha opened a school, and Beta closed a mill in 1985."),
    ("Did Alpha open a school in 1985?", "Alpha opened a school that was built in 1985."),
    ("Did Alpha open a school in 1985?", "Alpha opened a school after the fire in 1985."),
    ("Did Alpha visit Leeds in 1985?", "Alpha visited Leeds in 1999."),
    ("Did Alpha found 12 schools?", "Alpha founded 40 schools and 12 clubs."),
    ("Did Alpha open 3 schools?", "Alpha opened 4 schools in 1999."),
    ("Does the park have 40 benches?", "The park had 30 benches in 1985."),
    ("Does the park have 40 benches?", "The park has about 40 benches."),
    ("Does the park have 40 benches?", "The park has more than 40 benches."),
    ("Does the park have more than 40 benches?", "The park has more than 20 benches."),
    ("Does the park have a zoo?", "The park had a zoo."),
    ("Does the park have a zoo?", "The park sold a zoo."),
    ("Do all herons eat eels?", "Herons eat eels."),
    ("Do herons eat eels?", "Some herons eat eels."),
    ("Do herons eat eels?", "Young herons eat eels."),
    ("Do herons eat eels?", "Herons eat eels in winter."),
    ("Do only herons eat eels?", "Herons eat eels."),
    ("Did only Alpha open a school?", "Alpha opened a school."),
    ("Must visitors feed the carp?", "Visitors may feed the carp."),
    ("Is the tower a ruin?", "The tower of Leeds has a ruin."),
    ("Is the tower a ruin?", "The tower was a ruin."),
    ("Was the bridge built in 1870?", "The bridge crosses the Elm. It was built in 1870."),
    ("Was the river built in 1870?", "The bridge crosses the river. It was built in 1870."),
    ("Was Alpha founded in 1985 or in 1999?", ALPHA),
    ("Was Alpha not founded in 1999?", ALPHA),
    ("Was it founded in 1999?", ALPHA),
    ("Was Alpha founded in 1999 and sold in 2001?", ALPHA),
    ("Did the price fall in 1999?", "The price rose in 1999."),
    ("Did Alpha find Beta?", "Alpha founded Beta."),
    ("Was Alpha founded in 1985?", "Alpha was founded in the 1980s."),
    ("Did Rudd build the weir?", "Rudd built a model of the weir."),
    ("Did Rudd build the weir?", "Rudd built the weir’s door."),
    ("Did Rudd build the weir?", "Neither Rudd nor Moss built the weir."),
    ("Did Alpha close the mill?", "Alpha opened a school and Beta closed the mill."),
    # The second verb or year is of another thing.
    ("Did Bell found Acme in 2005?", "Bell founded Acme in 2003 and Beta in 2005."),
    ("Did Bell found Beta in 2005?", "Bell founded Acme in 2003 and Beta in 2006."),
    ("Did Bell die in 1995?", "Bell died in 1990 and his wife in 1995."),
    ("Did Alpha sell Beta in 1990?", "Alpha bought Gamma in 1990 and sold Beta in 1995."),
    ("Did Alpha sell Gamma?", "Alpha was bought by Beta and sold to Gamma."),
    ("Did Bell and Moss found Alpha?", "Bell founded Alpha in 1990."),
    # What is done to a part, or within bounds, is not done to the whole.
    ("Did the council ban fishing?", "The council banned fishing at night."),
    ("Did the council ban fishing?", "The council banned night fishing."),
    ("Was fishing banned?", "Fishing was banned at night."),
    ("Did the council abolish the toll?", "The council abolished the toll for carts."),
    ("Did Alpha raise the fares?", "Alpha raised the fares for children."),
    ("Did Alpha close the museum?", "Alpha closed the museum on Sundays."),
    ("Did Alpha sell its boats?", "Alpha sold two of its boats in 1990."),
    ("Did Alpha sell its boats?", "Alpha sold its old boats."),
    ("Did the members leave Alpha?", "Nine of the members left Alpha in 1990."),
    # A doubt beside the main clause is one of it.
    ("Did Alpha open a school?", "Alpha opened a school, although this is doubted."),
    ("Did Alpha open a school?", "Alpha opened a school, which was a myth."),
    ("Why did Alpha leave York?", "Alpha left York because rents were high."),
    ("When was Alpha founded?", ALPHA),
    ("Who is the mayor of Leeds?", "Ada Bell is the mayor of Leeds."),
    ("How many schools did Alpha open?", "Alpha opened 4 schools in 1999."),
    ("How many schools did Alpha open in 1985?", "In 1985 Alpha opened 3 schools. Alpha opened 4 schools in 1999."),
]


def ruled(question: str, text: str):
    index = FakeIndex(text)
    hits = index.search(question, top=20)
    return rule(question, hits, index.sentence_similarities(question, hits), index)


@pytest.mark.parametrize(("question", "text"), YES)
def test_what_a_sentence_says_is_affirmed(question, text):
    found = ruled(question, text)
    assert found
    assert (found.ruled, found.differences) == (Ruled.YES, ())
    assert found.quote.text in text


@pytest.mark.parametrize(("question", "text", "difference"), NO)
def test_what_a_sentence_rules_out_is_denied_and_what_differs_told(question, text, difference):
    found = ruled(question, text)
    assert found
    assert found.ruled is Ruled.NO
    assert [(d.written, d.found) for d in found.differences] == ([difference] if difference else [])


@pytest.mark.parametrize(("question", "text", "difference"), INSTEAD)
def test_a_premise_that_a_sentence_puts_otherwise_is_told(question, text, difference):
    found = ruled(question, text)
    assert found
    assert found.ruled is Ruled.INSTEAD
    assert [(d.written, d.found) for d in found.differences] == ([difference] if difference else [])


@pytest.mark.parametrize(("question", "text"), NOTHING)
def test_in_doubt_nothing_is_ruled(question, text):
    assert ruled(question, text) is None


@pytest.mark.parametrize(
    ("question", "text", "is_open"),
    [
        ("Was Alpha founded in 1999?", "Alpha founded in 1999", False),
        ("So, did Ada Bell found Alpha?", "Ada Bell found Alpha", False),
        ("Isn’t Alpha a firm?", "Alpha a firm", False),
        ("Is it true that Alpha was sold?", "Alpha was sold", False),
        ("True or false: Alpha was sold.", "Alpha was sold", False),
        ("Does the chapter say that Alpha was sold?", "Alpha was sold", False),
        ("In which town was Alpha founded in 1985?", "Alpha founded in 1985", True),
        ("Who sold Alpha in 1985?", "sold Alpha in 1985", True),
    ],
)
def test_a_question_is_read_for_what_it_states(question, text, is_open):
    found = read_statement(question)
    assert found
    assert (found.text, found.open) == (text, is_open)


@pytest.mark.parametrize(
    "question",
    ["What is Alpha?", "List the firms.", "Was it sold?", "Was Alpha sold or closed?", "Who is Ada?", "Why?", "", "Is"],
)
def test_a_question_that_states_nothing_plainly_is_left_alone(question):
    assert read_statement(question) is None


@settle(max_examples=30)
@given(st.text(max_size=80) | st.lists(st.sampled_from((ALPHA + " Did was not 12 May , by").split())).map(" ".join))
def test_no_question_and_no_sentence_raises(text):
    for question in (text, f"Was {text}?", f"Did {text}?", f"Who {text}?"):
        read_statement(question)
    ruled("Was Alpha founded in Leeds in 1985?", f"{text} {ALPHA}")


@settle(max_examples=30)
@given(st.integers(1600, 2090), st.integers(1600, 2090))
def test_a_year_is_affirmed_if_it_is_the_same_and_denied_else(asked, told):
    found = ruled(f"Was Alpha founded in {asked}?", f"Alpha was founded in {told} by Ada Bell.")
    assert found
    assert found.ruled is (Ruled.YES if asked == told else Ruled.NO)


@given(st.permutations(["Alpha", "Beta", "Gamma"]))
def test_who_does_what_to_whom_is_never_turned_round(names):
    doer, thing, other = names
    assert ruled(f"Did {doer} sell {thing}?", f"{thing} sold {doer}.") is None
    assert ruled(f"Did {doer} sell {thing}?", f"{other} sold {thing} and {doer}.") is None
    found = ruled(f"Did {doer} sell {thing}?", f"{thing} was sold by {doer} to {other}.")
    assert found
    assert found.ruled is Ruled.YES


def test_forms_of_verbs():
    assert [lemma(word) for word in ("built", "founded", "found", "opened", "was")] == [
        "build", "found", "find", "open", "be",
    ]  # fmt: skip
    assert lemma("found", base=True) == "found"
    assert [is_past(word) for word in ("built", "opened", "bed", "Red", "school")] == [True, True, False, False, False]


def asked(question: str, text: str, bias: float = 9.0):
    return Answerer(FakeIndex(text), Settings(), plain_model(bias=bias), Indifferent()).ask(question)


def test_the_answer_leads_with_yes_and_the_sentence_that_says_so():
    found = asked("Was Alpha founded in 1999?", f"Alpha sells boats in Leeds. {ALPHA}")
    assert found.verdict is Ruled.YES
    assert found.text == f"Yes. {ALPHA} [1]"


def test_the_answer_leads_with_no_and_what_differs_even_where_it_would_have_refused():
    found = asked("Was Alpha founded in 1985?", ALPHA, bias=-9.0)
    assert (found.verdict, found.refused, found.reason) == (Ruled.NO, False, "")
    assert found.text == f"No. It says instead (you asked 1985, the text says 1999): {ALPHA} [1]"
    assert [(d.kind, d.written, d.found) for d in found.differences] == [("year", "1985", "1999")]


def test_a_premise_is_put_right_before_what_else_is_quoted():
    found = asked("Why was Alpha founded in 1985?", f"{ALPHA} Alpha was founded because boats were dear.")
    assert found.verdict is Ruled.INSTEAD
    assert found.text.startswith(f"It says instead (you asked 1985, the text says 1999): {ALPHA} [1]")


def test_an_answer_in_doubt_and_a_refusal_have_no_verdict():
    found = asked("Did Alpha open a school?", "Alpha may have opened a school.")
    assert (found.verdict, found.differences) == (Ruled.NOTHING, ())
    assert found.text == "Alpha may have opened a school. [1]"
    assert asked("Did Alpha open a school?", "Cows graze.", bias=-9.0).verdict is Ruled.NOTHING


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did Bell join the club?", "Rudd joined the club in 1990. Bell was a member from 1992."),
        ("Did France sign the treaty?", "Germany signed the treaty in 1990."),
        ("Did Bell write the guide?", "Rudd wrote the guide. According to Hall, Bell wrote the guide."),
    ],
)
def test_what_many_may_do_or_may_be_so_after_all_is_not_denied(question, text):
    found = ruled(question, text)
    assert found is None or found.ruled is not Ruled.NO
