"""From a document to what the command line says of its quotes, and of one that no longer stands in the source."""

import json
from subprocess import CompletedProcess

import pytest
import serving

DOCUMENT = """# Ponds of the North

## Carp

The northern pond was dug in 1820 by the monks of Orrin. Carp thrive in still water of twelve degrees (Bell 1999).

## Herons

Herons wait for hours at the edge of the pond. One keeper said: ‘They know the hour of my lunch better than I do.’
"""


@pytest.fixture
def ibid(tmp_path):
    def run(*args: str) -> CompletedProcess[str]:
        return serving.ibid(tmp_path, *args, "--corpus", "ponds")

    (tmp_path / "ponds.md").write_text(DOCUMENT, encoding="utf-8")
    done = run("ingest", "ponds.md", "--author", "Ann Moor", "--date", "2020")
    assert done.returncode == 0, done.stderr
    return run


def test_quotes_say_whose_voice_they_are_in_and_a_quote_that_differs_is_withheld(ibid, tmp_path):
    question = "At how many degrees do carp thrive?"
    (citation,) = (
        c for c in json.loads(ibid("ask", question, "--json").stdout)["citations"] if c["quote"].startswith("Carp")
    )
    assert citation["voice"] == {"kind": "reported", "speakers": ["Bell 1999"]}
    assert citation["secondary"]["apa"] == "(Bell, 1999, as cited in Moor, 2020)"
    assert "reporting Bell 1999" in ibid("ask", question).stdout
    assert ibid("cite", "Bell 1999", "--style", "chicago").stdout.startswith("(Bell 1999, cited in Moor 2020)\n")
    assert json.loads(ibid("status", "--json").stdout)["quotes_withheld"] == 0

    (documents,) = (tmp_path / "ponds").glob("seg-*/documents.bin")
    documents.write_bytes(documents.read_bytes().replace(b"twelve", b"eleven"))
    answer = json.loads(ibid("ask", question, "--json").stdout)
    assert "twelve" not in answer["answer"]
    assert not any("twelve" in c["quote"] for c in answer["citations"])
    assert json.loads(ibid("status", "--json").stdout)["quotes_withheld"] == 1
    assert "quotes withheld: 1\n" in ibid("status").stdout
