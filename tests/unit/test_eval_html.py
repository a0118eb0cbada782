"""The page of a report: whole in itself, and no text of a document or a question is ever markup."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from core.records import Answer, Citation
from core.settings import Settings
from eval.dataset import Question
from eval.html import as_html
from eval.markup import Markup, join, tag
from eval.plots import Bar, bars, curve, histogram, reliability
from eval.report import write_report
from eval.run import run
from tests.unit.answer_fakes import FakeIndex

HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(2)>\'"&</svg></style>'
INDEX = FakeIndex(f"# Ponds\n\n## Carp\n\nCarp live in the northern pond {HOSTILE}. They eat maize.\n")
SENTENCE = next(s for p in INDEX.passages for s in p.sentences if "Carp" in INDEX.documents["d0"].text[slice(*s)])
QUOTE = INDEX.documents["d0"].text[slice(*SENTENCE)]
QUESTION = Question(
    id=f"q{HOSTILE}", kind="factoid", question=f"Where {HOSTILE}?", answer=f"There {HOSTILE}", must=(("nowhere",),),
    must_not=("carp",), evidence=(QUOTE,), section="", answerable=True, history=(f"Before {HOSTILE}",), split="dev",
)  # fmt: skip


class Page(HTMLParser):
    """Notes the elements, the attributes and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, name, attrs):
        self.names.add(name)
        self.attributes |= {key for key, _ in attrs}
        if name != "meta":
            self.open.append(name)

    def handle_endtag(self, name):
        assert self.open.pop() == name

    def handle_data(self, data):
        self.text += data


class Quoting:
    def ask(self, question: str, history=()) -> Answer:
        citation = Citation(1, "d0", (HOSTILE,), None, QUOTE, *SENTENCE, "d0#0001")
        return Answer(question, f"{QUOTE} [1]", (citation,), False, "", 0.5, INDEX.search(question, top=5))


def questions_file(folder):
    path = folder / "set.jsonl"
    path.write_text("{}", encoding="utf-8")
    return path


@pytest.fixture
def report(tmp_path):
    file = questions_file(tmp_path)
    right = replace(QUESTION, id="right", must=(("northern",),), must_not=(), evidence=("They eat maize.",))
    outcomes = run([QUESTION, right], Quoting(), INDEX.documents)
    assert [o.broke for o in outcomes] == ["wrong span", ""]
    return write_report(
        outcomes, tmp_path, f"set {HOSTILE[:8]}", settings=Settings(), documents=INDEX.documents, questions=file
    )


def test_words_of_documents_and_questions_are_text(report):
    assert "<script" in QUOTE
    page = Page(report.with_suffix(".html").read_text(encoding="utf-8"))
    assert not page.names & {"script", "img", "link", "iframe", "object"}
    assert not {name for name in page.attributes if name.startswith("on") or name in ("src", "href", "style")}
    assert page.open == []
    for told in (QUESTION.id, QUESTION.question, QUESTION.answer, QUESTION.history[0], QUOTE, HOSTILE):
        assert told in page.text
    markdown = report.read_text(encoding="utf-8")
    assert "&lt;script&gt;" in markdown
    assert "<script" not in markdown
    assert "<img" not in markdown


def test_the_page_explains_a_miss_and_a_right_answer_from_elsewhere(report):
    page = Page(report.with_suffix(".html").read_text(encoding="utf-8")).text
    assert "Wrong span: 1" in page
    assert "missingnowhere" in page
    assert "forbiddencarp" in page
    assert "passage 1" in page
    assert "Right, quoted from elsewhere: 1" in page


def test_a_marker_is_no_fact(tmp_path):
    asked = replace(QUESTION, must=(("17", "northern"),), must_not=("[1]", "northern"))
    (outcome,) = run([asked], Quoting(), INDEX.documents)
    assert outcome.broke == "wrong span"
    path = write_report(
        [outcome], tmp_path, "set", settings=Settings(), documents=INDEX.documents, questions=questions_file(tmp_path)
    )
    page = Page(path.with_suffix(".html").read_text(encoding="utf-8")).text
    assert "forbiddennorthernconfidence" in page


def test_the_page_loads_nothing(report):
    text = report.with_suffix(".html").read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert "http:" not in text.replace("http-equiv", "")
    assert "https:" not in text
    assert "url(" not in text


def test_the_page_can_be_made_again_from_the_json(report):
    record = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    assert as_html(record) == report.with_suffix(".html").read_text(encoding="utf-8")


def test_only_markup_is_not_escaped():
    assert join(("<b>", tag("b", "<i>"))) == "&lt;b&gt;<b>&lt;i&gt;</b>"
    assert tag("p", class_='"><x', text_anchor="end", x=1.25, y=2.0) == (
        '<p class="&quot;&gt;&lt;x" text-anchor="end" x="1.2" y="2"></p>'
    )
    assert isinstance(join(()), Markup)


def shapes(svg: str, name: str, kind: str = "") -> list[ET.Element]:
    found = ET.fromstring(svg).iter(name)
    return [shape for shape in found if kind in ("", shape.get("class"))]


def test_a_bar_is_as_long_as_its_value_and_the_whisker_as_its_interval():
    svg = bars([Bar("all", 0.5, 0.25, 1.0, 8)], "Right")
    (ground,), (bar,) = shapes(svg, "rect", "ground"), shapes(svg, "rect", "bar")
    left, width = float(ground.get("x")), float(ground.get("width"))
    assert float(bar.get("width")) == width / 2
    whisker = shapes(svg, "line", "whisker")[0]
    assert [float(whisker.get(x)) for x in ("x1", "x2")] == pytest.approx([left + width / 4, left + width], abs=0.1)
    assert "all: 0.50, 95 % 0.25 to 1.00, 8 questions" in svg


def test_a_histogram_counts_every_value_and_puts_the_highest_last():
    svg = histogram([0, 5, 5, 10, 99], {"p50": 5.0, "p95": 10.0}, "Latency", "ms", most=4)
    heights = [float(bar.get("height")) for bar in shapes(svg, "rect", "bar")]  # ranges of 2.6: 1, 2, 0 and 2 values
    assert [round(height / max(heights) * 2) for height in heights] == [1, 2, 0, 2]
    assert len(shapes(svg, "line", "mark")) == 2


def test_a_dot_stands_where_confidence_and_share_meet():
    svg = reliability(
        [{"count": 4, "confidence": 0.0, "share": 0.0}, {"count": 1, "confidence": 1.0, "share": 1.0}], "R"
    )
    (ideal,) = shapes(svg, "line", "ideal")
    first, last = shapes(svg, "circle", "dot")
    assert (first.get("cx"), first.get("cy")) == (ideal.get("x1"), ideal.get("y1"))
    assert (last.get("cx"), last.get("cy")) == (ideal.get("x2"), ideal.get("y2"))
    assert float(first.get("r")) > float(last.get("r"))


def test_a_curve_rises_with_its_recall():
    points = [{"k": k, "recall": k / 4, "low": k / 4, "high": 1.0} for k in (1, 2, 3, 4)]
    heights = [float(dot.get("cy")) for dot in shapes(curve(points, "recall"), "circle", "dot")]
    assert heights == sorted(heights, reverse=True)
    assert "recall@4 1.000" in curve(points, "recall")


def test_plots_of_nothing_are_still_plots():
    for svg in (
        bars([], "none"),
        reliability([], "none"),
        curve([], "none"),
        histogram([0.0], {"p50": 0, "p95": 0}, "", ""),
    ):
        assert ET.fromstring(svg).tag == "svg"
