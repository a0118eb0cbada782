import pytest

from core.records import BlockKind, PassageKind
from ingest import Metadata, build_document, parse_text, split_document
from ingest.sentences import LONGEST, sentence_spans


def sentences(text: str, masked=()) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text, 0, len(text), masked)]


@pytest.mark.parametrize(
    "text",
    [
        "Three provinces (i.e., Sichuan, Anhui) are studied.",
        "As Gu et al. (1999) and others show, it grew.",
        "In 1999, Acme Co., Ltd was founded by a student.",
        "It makes data ‘a strategic resource . . . to help transform’ things.",
        "Plants (e.g., at Wanxian Dist. of the city) moved.",
    ],
)
def test_abbreviations_and_spaced_ellipses_do_not_end_a_sentence(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "wanted",
    [
        ["池塘在1820年干涸了。", "没有人反对！", "“为什么？”", "他问。"],
        ["池は1820年に干上がった。", "誰も反対しなかった。"],
        ["متى بيعت الطاحونة؟", "بيعت عام ١٨٢٠."],
        ["तालाब सूख गया।", "किसी ने विरोध नहीं किया।"],
    ],
)
@pytest.mark.parametrize("between", ["", " "])
def test_full_stops_of_other_scripts_end_sentences(wanted, between):
    assert sentences(between.join(wanted)) == wanted


def test_a_note_marker_after_a_full_stop_belongs_to_its_sentence():
    text = "China leads (Olsen, 2020).1 The country grows."
    assert sentences(text, [(26, 27)]) == ["China leads (Olsen, 2020).1", "The country grows."]


def test_a_closing_quote_stays_with_the_sentence_it_closes():
    assert sentences("They called it the ‘tail end.’ Then it went.") == [
        "They called it the ‘tail end.’",
        "Then it went.",
    ]


def test_text_without_sentence_ends_is_cut_at_spaces():
    text = "word " * 1000
    spans = sentence_spans(text, 0, len(text))
    assert all(b - a <= LONGEST for a, b in spans)
    assert " ".join(text[a:b] for a, b in spans).split() == text.split()


def build(raw: str):
    return build_document(parse_text(raw), document_id="d", source="d.md", metadata=Metadata(), content_hash="0")


def test_passages_keep_to_sections_and_sentence_ends_and_to_the_size_asked_for():
    body = " ".join(f"This is sentence number {i} of the text." for i in range(30))
    doc = build(f"# T\n\n## One\n\n{body}\n\n## Two\n\n{body}\n")
    passages = split_document(doc, passage_words=40)
    prose = [p for p in passages if p.kind is PassageKind.PROSE]
    assert {p.section for p in prose} == {("One",), ("Two",)}
    assert all(len(p.text.split()) <= 40 and p.text.endswith(".") for p in prose)
    assert all(p.text == doc.text[p.start : p.end] for p in passages)
    assert all(p.start <= a < b <= p.end for p in passages for a, b in p.sentences)
    assert len({p.id for p in passages}) == len(passages)


def test_text_without_spaces_is_measured_by_its_characters():
    doc = build("# 池塘\n\n" + "这个池塘在一八二零年因为大坝被抽干了。" * 40 + "\n")
    prose = [p for p in split_document(doc, passage_words=90) if p.kind is PassageKind.PROSE]
    assert len(prose) > 5
    assert all(len(p.text) <= 100 for p in prose)


def test_small_paragraphs_of_a_section_share_a_passage():
    doc = build("# T\n\n## One\n\nFirst short one.\n\nSecond short one.\n\n## Two\n\nThird one here.\n")
    assert [p.text for p in split_document(doc, passage_words=40)][1:] == [
        "First short one.\n\nSecond short one.",
        "Third one here.",
    ]


def test_a_note_is_quoted_without_its_number():
    doc = build("The first text ends here.1 It goes on a little.\n\nNOTES\n\n1. The note says so.\n")
    note = next(p for p in split_document(doc, passage_words=40) if p.kind is PassageKind.NOTE)
    assert note.text == "The note says so."
    assert next(b for b in doc.blocks if b.kind is BlockKind.NOTE).label == "1"


@pytest.mark.parametrize(
    "work",
    [
        "A. B. Bell and C. Dorn. On Otters. J. Riv. Sci., 3:1–9, 2001",
        "Ada Bell, et al. On Otters: Where and when? Proc. Riv. Soc., 12:40–48, 1987.",
    ],
)
def test_a_note_that_gives_a_work_is_quoted_whole(work):
    doc = build(f"The first text ends here.1 It goes on a little.\n\nNOTES\n\n1. {work}\n")
    note = next(p for p in split_document(doc, passage_words=40) if p.kind is PassageKind.NOTE)
    assert [doc.text[a:b] for a, b in note.sentences] == [work]


def test_a_note_that_says_more_is_quoted_by_its_sentences():
    doc = build("The first text ends here.1 It goes on.\n\nNOTES\n\n1. A. Bell saw it. She wrote of it in 2001.\n")
    note = next(p for p in split_document(doc, passage_words=40) if p.kind is PassageKind.NOTE)
    assert [doc.text[a:b] for a, b in note.sentences] == ["A. Bell saw it.", "She wrote of it in 2001."]


def test_the_term_of_an_item_is_quoted_with_what_it_means():
    items = ["• otter holt. A den of otters by the river. It is dry.", "• It rains. Then it is wet."]
    doc = build("# T\n\n## One\n\n" + "\n\n".join(items) + "\n")
    found = [doc.text[a:b] for p in split_document(doc, passage_words=40) for a, b in p.sentences]
    assert "• otter holt. A den of otters by the river." in found
    assert "It is dry." in found


def test_a_text_of_one_endless_line_is_cut_into_its_sentences():
    sentence = "The pond was drained in 1820 because of the dam."
    text = " ".join([sentence] * 9000)
    spans = sentence_spans(text, 0, len(text))
    assert len(spans) == 9000
    assert {text[a:b] for a, b in spans} == {sentence}


def test_the_first_paragraph_of_a_chinese_text_is_no_title_page():
    doc = build("# 池塘\n\n这个池塘在一八二零年因为大坝被抽干了。\n\n桥长三百米。\n")
    assert [block.kind for block in doc.blocks] == [BlockKind.FRONT, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_the_number_of_an_item_is_no_sentence():
    text = "1. Wash it. 2. Dry it. (b) Fold it."
    assert [text[a:b] for a, b in sentence_spans(text, 0, len(text))] == ["1. Wash it.", "2. Dry it.", "(b) Fold it."]
