"""The works that documents cite: grouped, written out, and as HTML."""

import csv
import io
import json
import re
from html import unescape

from answer_fakes import Read

from core.records import Document
from ingest import Metadata, build_document, parse_text
from ui.sources_view import places_html, sources_html
from ui.works import cited_work, cited_works, export

PONDS = (
    "# Ponds\n\nCarp <i>thrive</i> in ponds (Bell 1999: 12). Some disagree (Dorn and Ash 2004).\n\n"
    "Bell (1999) adds a note on eels. Reeds grow back (Émile et al. 2010a).\n"
)


def read(text: str, name: str = "p", title: str = "On Ponds") -> Document:
    return build_document(
        parse_text(text), document_id=name, source=f"{name}.txt", metadata=Metadata(title=title), content_hash="0"
    )


def corpus(text: str = PONDS) -> dict[str, Document]:
    return {"p": read(text)}


def plain(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


def test_works_are_grouped_by_name_and_keep_their_places_in_order():
    works = cited_works(corpus())
    assert [(w.name, w.authors, w.year, len(w.places)) for w in works] == [
        ("Bell 1999", "Bell", "1999", 2),
        ("Dorn and Ash 2004", "Dorn and Ash", "2004", 1),
        ("Émile et al. 2010a", "Émile et al.", "2010a", 1),
    ]
    assert works[0].places[0].cited.start < works[0].places[1].cited.start


def test_a_work_of_two_documents_is_one_row():
    documents = {"p": read(PONDS), "q": read("# Mills\n\nMills turn (Bell 1999).\n", "q", "On Mills")}
    works = cited_works(documents)
    assert [len(work.places) for work in works] == [3, 1, 1]
    assert "On Mills" in plain(places_html(works[0], documents))


def test_each_document_is_read_once_for_the_list_and_for_its_file():
    documents = Read({"p": read(PONDS), "q": read("# Mills\n\nMills turn (Bell 1999).\n", "q", "On Mills")})
    cited_works(documents)
    assert documents.times == 2
    assert "On Mills" in export(documents, "bibtex")["text"]
    assert documents.times == 4


def test_where_not_all_documents_were_read_it_is_said():
    documents = corpus()
    assert "the first 1 of 2,000 documents" in plain(sources_html(cited_works(documents), documents, of=2000))
    assert "documents;" not in plain(sources_html(cited_works(documents), documents, of=1))


def test_a_work_is_read_by_its_name():
    assert len(cited_work("Bell 1999", corpus()).places) == 2
    assert cited_work("Bell 1998", corpus()) is None


LISTED = (
    "# Ponds\n\nCarp thrive (Bell 1999).\n\nREFERENCES\n\nBell, Ann. 1999. Still Waters & Eels. Leeds: Mill Press.\n"
)


def test_the_entry_of_a_bibliography_stands_with_the_work():
    documents = corpus(LISTED)
    (work,) = cited_works(documents)
    assert work.reference == "Bell, Ann. 1999. Still Waters & Eels. Leeds: Mill Press."
    assert '<p class="ibid-reference">Bell, Ann. 1999. Still Waters &amp; Eels.' in places_html(work, documents)
    assert "has no bibliography" not in plain(sources_html([work], documents))


def test_the_index_shows_counts_bars_and_rows():
    documents = corpus()
    html = sources_html(cited_works(documents), documents)
    assert "3 works in 4 places. It has no bibliography, so works are named as the text cites them." in plain(html)
    assert re.findall(r'class="ibid-rank" data-name="([^"]*)"', html) == ["Bell 1999"]
    assert 'style="width: 100%"' in html
    rows = re.findall(r"<tr data-name.*?</tr>", html)
    assert [plain(row) for row in rows] == ["Bell 1999 2", "Dorn and Ash 2004 1", "Émile et al. 2010a 1"]


def test_places_open_the_reader_at_their_sentence_and_are_escaped():
    documents = corpus()
    html = places_html(cited_works(documents)[0], documents)
    (start, end), _ = [tuple(map(int, found)) for found in re.findall(r'data-start="(\d+)" data-end="(\d+)"', html)]
    assert documents["p"].text[start:end] == "Carp <i>thrive</i> in ponds (Bell 1999: 12)."
    assert "Carp &lt;i&gt;thrive&lt;/i&gt; in ponds" in html
    assert "cites 12" in plain(html)


def test_where_nothing_is_cited_it_says_so():
    none = corpus("# Ponds\n\nCarp thrive.\n")
    assert plain(sources_html((), none)).startswith("Nothing is cited The document cites no works.")
    assert export(none, "bibtex")["text"] == "\n"


def test_every_form_of_the_list_can_be_downloaded():
    documents = corpus()
    assert len(json.loads(export(documents, "json")["text"])) == 4
    assert len(list(csv.DictReader(io.StringIO(export(documents, "csv")["text"])))) == 4
    assert "## Bell 1999 (2 places)" in export(documents, "markdown")["text"]
    assert export(documents, "csv") | {"text": ""} == {"name": "sources.csv", "type": "text/csv", "text": ""}


def test_bibtex_has_an_entry_a_work_with_what_is_known():
    entries = export(corpus(), "bibtex")["text"].strip().split("\n\n")
    assert entries[0].splitlines() == [
        "@misc{bell1999,",
        "  author = {{Bell}},",
        "  date = {1999},",
        "  note = {cited in On Ponds},",
        "}",
    ]
    assert "  author = {{Dorn} and {Ash}}," in entries[1]
    assert entries[2].splitlines()[:3] == ["@misc{emile2010a,", "  author = {{Émile} and others},", "  year = {2010a},"]
    (listed,) = export(corpus(LISTED), "bibtex")["text"].strip().split("\n\n")
    assert r"  title = {{Still Waters \& Eels}}," in listed


def test_keys_of_bibtex_are_unique():
    entries = export(corpus("# P\n\nA (Bell and Dorn 1999). B (Bell and Ash 1999).\n"), "bibtex")["text"]
    assert re.findall(r"@misc\{([^,]*)", entries) == ["bell1999", "bell1999-2"]


def test_accents_and_case_do_not_part_what_stands_together():
    works = cited_works(corpus("# P\n\nA (Fowler 1999). A (Émile 2001). A (Dorn 1999). A (de Bell 2000).\n"))
    assert [work.name for work in works] == ["de Bell 2000", "Dorn 1999", "Émile 2001", "Fowler 1999"]
