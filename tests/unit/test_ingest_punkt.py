"""Punkt comes without the rest of NLTK, and leaves no trace of that."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import IbidError
from ingest import punkt

ROOT = Path(__file__).resolve().parents[2]
TEXT = "The ferry left at noon. Mr. Hale (of the U.K. office) stayed behind; why? 'Nobody knows.' It was dark."


def run(code: str) -> list[str]:
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return found.stdout.splitlines()


def test_it_brings_neither_scipy_nor_scikit_learn_and_nltk_is_whole_afterwards():
    code = (
        "import sys; from ingest.punkt import load_punkt; load_punkt()\n"
        "print(*[n for n in ('scipy', 'sklearn', 'nltk') if n in sys.modules])\n"
        "import nltk; print(nltk.PunktSentenceTokenizer.__name__, load_punkt() is load_punkt())"
    )
    assert run(code) == ["", "PunktSentenceTokenizer True"]


def test_it_cuts_as_nltks_own_does():
    cut = f"print(list(tokenizer.span_tokenize({TEXT!r})))"
    ours = run(f"from ingest.punkt import load_punkt; tokenizer = load_punkt(); {cut}")
    theirs = run(
        "import nltk.data; from ingest.punkt import _folder; from nltk.tokenize.punkt import PunktTokenizer\n"
        "nltk.data.path.insert(0, str(_folder('llama_index.core', '') / '_static/nltk_cache'))\n"
        f"tokenizer = PunktTokenizer('english'); {cut}"
    )
    assert ours == theirs
    assert len(ours[0].split("), (")) == 4


def test_where_nltk_was_imported_before_it_is_used_as_it_is():
    code = (
        "import sys, nltk; from ingest.punkt import load_punkt; found = load_punkt()\n"
        "print(sys.modules['nltk'] is nltk, isinstance(found, nltk.PunktSentenceTokenizer))"
    )
    assert run(code) == ["True True"]


def test_a_missing_model_is_one_line(tmp_path):
    with pytest.raises(IbidError, match=r"cannot read .*/nowhere .*reinstall llama-index-core"):
        punkt._read(tmp_path / "nowhere")


def test_a_missing_package_is_one_line():
    with pytest.raises(IbidError, match="nopackage is not installed; run: pip install nopackage"):
        punkt._folder("nopackage_at_all", "nopackage")
