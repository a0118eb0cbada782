"""Two processes with homes of their own and one Chroma server: the app asks what the command line adds elsewhere."""

from pathlib import Path

import httpx
from chroma_server import ChromaServer
from serving import ibid, index_guide, serving

KEEPER = "Who was the lighthouse keeper?"
LANTERN = "# The Lantern\n\nThe lantern of the east mole was forged by Tobias Fenn in 1887.\n"


def ask(url: str, question: str) -> str:
    answered = httpx.post(f"{url}/gradio_api/run/ask", json={"data": [question, None]}, trust_env=False, timeout=300)
    return answered.text


def test_an_app_asks_what_another_home_adds_and_outlives_its_server(tmp_path, monkeypatch):
    chroma = ChromaServer(tmp_path)
    homes: list[Path] = [tmp_path / "one", tmp_path / "two"]
    for home in homes:
        home.mkdir()
    refused = ibid(homes[0], "serve", IBID_CHROMA=chroma.url)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert f"the Chroma server at {chroma.url} does not answer" in refused.stderr
    monkeypatch.setenv("IBID_CHROMA", chroma.url)
    try:
        chroma.start()
        index_guide(homes[0])
        with serving(homes[1]) as url:
            assert "Edith Marlow" in ask(url, KEEPER)
            (homes[0] / "lantern.md").write_text(LANTERN, encoding="utf-8")
            assert ibid(homes[0], "ingest", "lantern.md").returncode == 0
            assert "Tobias Fenn" in ask(url, "Who forged the lantern of the east mole?")
            chroma.kill()
            assert f"the Chroma server at {chroma.url} does not answer" in ask(url, KEEPER)
            chroma.start()
            assert "Edith Marlow" in ask(url, KEEPER)
    finally:
        chroma.kill()
