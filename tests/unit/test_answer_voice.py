"""Whose voice a sentence speaks in, of texts of a line or two."""

import pytest

from answer import marks
from answer.voice import hear, voice_words
from core.records import Document, Voice
from ingest import Metadata, build_document, parse_text


def read(text: str, *authors: str) -> Document:
    return build_document(
        parse_text(f"# Dams\n\n{text}\n"),
        document_id="d",
        source="d.md",
        metadata=Metadata(title="Dams", authors=authors),
        content_hash="0",
    )


def voice(text: str, sentence: str = "", *authors: str) -> tuple[str, tuple[str, ...]]:
    document = read(text, *authors)
    start = document.text.index(sentence or text)
    found = hear(document, (start, start + len(sentence or text))).voice
    return found.kind, found.speakers


@pytest.mark.parametrize(
    "text",
    [
        "The dam was built in 1820.",
        "I argue that the dam was never safe.",
        "We show that the dam was never safe.",
        "This chapter argues that dams fail.",
        "Table 3 shows that the dam was never safe.",
        "The results suggest that prices rise.",
        "Experience shows that filters clog.",
        "The claim that dams fail is old.",
        "It became a Muslim state that traded with many.",
        "The law requires that every dam be inspected.",
        "Make sure that the pump is off, and press the key that says STOP.",
        "The so-called “smart city” is a slogan of the ‘new’ age.",
        "The farmers’ dams and the villagers’ pumps were sold, and the owners’ houses too.",
        "The book ‘The Dams of the Northern Valleys’ sold well.",
        "The ‘A tree for each of us’ project was praised.",
        "Dams fail often (cf. Dorn 1999).",
        "Dorn (1999: 4) would call this dam safe.",
        "Following Dorn (1999), I asked each engineer for a list.",
    ],
)
def test_the_authors_own_words(text):
    assert voice(text) == ("own", ())


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Dams fail often (Dorn 1999: 4).", ("Dorn 1999",)),
        (
            "Though dams fail often (Dorn 1999; Bell and Ash 2001), this one did not.",
            ("Dorn 1999", "Bell and Ash 2001"),
        ),
        ("Dorn (1999) argues that dams fail.", ("Dorn 1999",)),
        ("Critics answer that dams hold (Dorn 1999).", ("Critics", "Dorn 1999")),
        ("Critics claim that the levy is unfair.", ("Critics",)),
        ("The government says the plan will create jobs.", ("The government",)),
        ("According to Maria Lopez, the dam failed twice.", ("Maria Lopez",)),
        ("The dam failed twice, according to two engineers.", ("two engineers",)),
        ("The dam failed twice, officials said.", ("officials",)),
        ("In 1999, then Minister of Power and Trade Xu Lan said that the dam was safe.", ("Xu Lan",)),
        ("Maria Lopez, the owner of the dam, warned that it would fail.", ("Maria Lopez",)),
        ("A newspaper that looked into the failures in the south complained that nobody cared.", ("A newspaper",)),
        ("A study followed forty dams and found that two were unsafe.", ("A study",)),
        ("He said that the dam would hold.", ()),
        ("The dam is said to hold forty tonnes of water.", ()),
        ("Dams fail often (interview with a manager, Beijing, 2019).", ("interview with a manager, Beijing, 2019",)),
    ],
)
def test_what_is_reported(text, speakers):
    assert voice(text) == ("reported", speakers)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“We were never told about the dam at all,” said Maria Lopez.", ("Maria Lopez",)),
        ("‘It was there when I came out,’ one nurse said, ‘so why ask?’", ("one nurse",)),
        ("Lopez wrote that \"the dam was never safe to begin with\".", ("Lopez",)),
        ("It is ‘an industry that is flush with cash but short of skill’ (Feng 2021).", ("Feng 2021",)),
        ("As the mayor put it: ‘A dam is only as good as the men who mind it.’", ("the mayor",)),
        ("‘A dam is only as good as the men who mind it.’", ()),
    ],
)  # fmt: skip
def test_what_is_quoted(text, speakers):
    assert voice(text) == ("quotation", speakers)


def test_each_sentence_of_a_quotation_is_its_speakers():
    text = "Xi Lan was firm when he stated: ‘The dam is safe. We shall never give it up’ (Xi 2022). Then it rained."
    for part in ("Xi Lan was firm when he stated: ‘The dam is safe.", "We shall never give it up’ (Xi 2022)."):
        assert voice(text, part) == ("quotation", ("Xi Lan",))
    assert voice(text, "Then it rained.") == ("own", ())


def test_a_block_quotation_is_its_leads_speakers():
    from ingest import read_document

    lead = "Bell (1999) was plain when she wrote of the case, as Xi Lan warned:"
    text = f"# Dams\n\nA first line.\n\n{lead}\n\n> Dams fail.\n>\n> So do pumps.\n"
    document = markdown(text, read_document)
    for part in ("Dams fail.", "So do pumps."):
        start = document.text.index(part)
        found = hear(document, (start, start + len(part)))
        assert (found.voice.kind, found.voice.speakers) == ("quotation", ("Xi Lan",))
        assert [c.authors for c in found.works] == [("Bell",)]


def test_of_several_sentences_the_own_one_does_not_hide_the_others():
    text = "I argue that dams fail. Pumps fail, too (Bell 1999)."
    assert voice(text) == ("reported", ("Bell 1999",))
    assert voice(text, "I argue that dams fail.") == ("own", ())
    assert voice("I argue that dams fail (Bell 1999).") == ("own", ())
    assert voice("I asked her: ‘Why would you go there at all?’") == ("own", ())


def test_what_the_author_a_body_believes_is_its_own():
    text = "The office believes that the number is higher."
    assert voice(text, text, "Office for Dams") == ("own", ())
    assert voice(text, text, "Ann Bell") == ("reported", ("The office",))


def test_a_note_that_is_nothing_but_a_citation_or_an_interview_speaks_for_its_sentence():
    text = (
        "Dams fail.1 Pumps fail.2 Wheels fail.3\n\n## Notes\n\n1. See Dorn (1999: 4).\n\n"
        "2. Interview, Beijing, 2019.\n\n3. A wheel lasts for six years in the north, and then it has to be renewed."
    )
    assert voice(text, "Dams fail.1") == ("reported", ("Dorn 1999",))
    assert voice(text, "Pumps fail.2") == ("reported", ("Interview, Beijing, 2019",))
    assert voice(text, "Wheels fail.3") == ("own", ())


def test_a_tables_source_line_speaks_for_its_rows():
    rows = "Table 1. Dams\n\n| Dam | Age |\n|---|---|\n| Orrin | 40 |\n| Ash | 7 |\n\n"
    from ingest import read_document

    for source, expected in (
        ("Source: Dorn (1999: 4).", ("reported", ("Dorn 1999",))),
        ("Source: own counts; method after Dorn (1999).", ("own", ())),
        ("Source: own counts.", ("own", ())),
    ):
        document = markdown(f"# Dams\n\n{rows}{source}\n", read_document)
        start = document.text.index("Orrin")
        found = hear(document, (start, document.text.index("\n", start))).voice
        assert (found.kind, found.speakers) == expected


def markdown(text: str, read_document) -> Document:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dams.md"
        path.write_text(text, encoding="utf-8")
        return read_document(path, document_id="d", metadata=Metadata())


def test_the_works_are_told_beside_the_voice():
    document = read("Dorn (1999) argues that dams fail (Bell 2001).")
    start = document.text.index("Dorn")
    assert [c.authors for c in hear(document, (start, len(document.text))).works] == [("Dorn",), ("Bell",)]


def test_plain_words():
    assert voice_words(Voice()) == ""
    assert voice_words(Voice("reported", ("Critics", "Dorn 1999"))) == "reporting Critics; Dorn 1999"
    assert voice_words(Voice("quotation", ("Xi Lan",))) == "quoting Xi Lan"
    assert voice_words(Voice("quotation")) == "quoting somebody not named"
    assert voice_words(Voice("reported")) == "reporting what is said"


def test_what_stands_before_a_mark_is_not_read_anew_for_each(monkeypatch):
    looked = []

    class Counted:
        def search(self, text, start=0, end=None):
            looked.append((len(text) if end is None else end) - start)
            return article.search(text, start, len(text) if end is None else end)

    article = marks._ARTICLE
    monkeypatch.setattr(marks, "_ARTICLE", Counted())
    text = "The clerk said “we have the goods of the town here” and left. " * 200
    assert len(marks.quoted_clauses(text, 0, len(text))) == 200
    assert sum(looked) < 200 * 100
