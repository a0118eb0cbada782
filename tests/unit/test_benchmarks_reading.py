from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, USUAL, main
from benchmarks.make_documents import WRITERS, make_document, make_sheets
from benchmarks.reading import judge_growth, reading_lines, reading_record
from benchmarks.record import about
from core.records import BlockKind
from ingest import read_document


@pytest.mark.parametrize("pages", [1, 2, 3, 10, 20, 21, 22, 41, 42, 43, 100, 105])
def test_as_many_pages_as_asked(pages):
    assert [sheet.number for sheet in make_sheets(pages)] == list(range(1, pages + 1))


def test_the_seed_decides():
    assert list(make_sheets(12, seed=3)) == list(make_sheets(12, seed=3)) != list(make_sheets(12, seed=4))


def test_pages_hold_what_they_promise():
    sheets = list(make_sheets(43))
    assert [sheet.number for sheet in sheets if sheet.table] == [10, 20, 30, 40]
    assert [sheet.number for sheet in sheets if sheet.heading][:3] == [1, 6, 11]
    assert sheets[-2].heading == "Notes" and sheets[-2].paragraphs[0].startswith("1. ")
    assert all(sheets[n - 1].paragraphs[0].endswith(f".{n // 2}") for n in range(2, 30, 2))
    assert any("(" in paragraph for sheet in sheets for paragraph in sheet.paragraphs)


def test_text_is_read_page_by_page(tmp_path: Path):
    path = tmp_path / "made.txt"
    make_document(path, 12)
    document = read_document(path)
    assert document.page_marks[-1][1] == 12
    assert any(block.kind is BlockKind.TABLE and block.label.startswith("Table 1.") for block in document.blocks)


def test_pdf_has_these_pages(tmp_path: Path):
    pdfium = pytest.importorskip("pypdfium2")
    pytest.importorskip("reportlab")
    make_document(tmp_path / "made.pdf", 12)
    with pdfium.PdfDocument(tmp_path / "made.pdf") as document:
        assert len(document) == 12
        page = document[9].get_textpage()
        assert "Table 1. " in page.get_text_range() and "Region" in page.get_text_range()


def test_docx_has_these_tables_and_page_breaks(tmp_path: Path):
    docx = pytest.importorskip("docx")
    make_document(tmp_path / "made.docx", 12)
    document = docx.Document(str(tmp_path / "made.docx"))
    breaks = sum(paragraph._p.xml.count('w:type="page"') for paragraph in document.paragraphs)
    assert breaks == 11 and document.tables[0].rows[0].cells[0].text == "Region"


def runs(*seconds: float) -> list[dict[str, float]]:
    keys = ("read_s", "split_s", "start_s", "start_mb", "peak_mb", "passages")
    return [dict.fromkeys(keys, 1.0) | {"cpu_s": value} for value in seconds]


def test_growth_is_of_the_best_runs_of_the_two_largest_sizes():
    assert judge_growth({1: runs(9), 100: runs(0.5, 0.7), 1000: runs(6.0, 8.0)}) == (12.0, "linear")
    assert judge_growth({100: runs(0.5), 1000: runs(6.5)}) == (13.0, "superlinear")
    assert judge_growth({1: runs(1), 100: runs(1)}) is None
    assert judge_growth({100: runs(1)}) is None


def test_results_say_what_was_skipped():
    record = about("python -m benchmarks reading") | reading_record({".txt": {100: runs(0.5), 1000: runs(6)}})
    text = "\n".join(reading_lines(record))
    assert "| txt | 1000 | 500 / 500 |" in text and "12.0 times the processor time: linear." in text
    skipped = [f"- {suffix[1:]}: skipped, since" for suffix in WRITERS if suffix != ".txt"]
    assert all(line in text for line in skipped)


def test_one_benchmark_or_the_usual_can_be_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    for name in BENCHMARKS:
        monkeypatch.setitem(BENCHMARKS, name, lambda options, name=name: f"{name}{list(options)}")
    assert main([]) == 0
    assert [line.partition("[")[0] for line in capsys.readouterr().out.split("\n") if line] == list(USUAL)
    assert main(["growth", "--most", "1"]) == 0
    assert capsys.readouterr().out == "growth['--most', '1']\n"
    with pytest.raises(SystemExit, match="no benchmark 'speed': expected chapter or reading or growth"):
        main(["speed"])
