"""The app's server with a login: nothing of the documents without one, by page, endpoint or tool."""

import base64
import json

import httpx
import pytest
from serving import ROOT, ibid, serving

SECRET = "lamp and oil"
BASIC = {"Authorization": "Basic " + base64.b64encode(f"edith:{SECRET}".encode()).decode()}
MCP = {"Accept": "application/json, text/event-stream"}
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "documents", "arguments": {}}}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home whose ibid.toml has the line that `ibid password` prints."""
    home = tmp_path_factory.mktemp("home")
    printed = ibid(home, "password", "edith", stdin=f"{SECRET}\n")
    assert printed.returncode == 0, printed.stderr
    assert SECRET not in printed.stdout
    (home / "ibid.toml").write_text(printed.stdout, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def url(home):
    program = str(ROOT / "tests" / "integration" / "fake_app.py")
    with serving(home, program, IBID_CONFIG=str(home / "ibid.toml")) as url:
        yield url


@pytest.fixture
def http(url):
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as http:
        yield http


def test_without_a_login_nothing_of_the_documents_is_told(http):
    asked = [
        http.get("/"),
        http.get("/config"),
        http.get("/gradio_api/info"),
        http.post("/gradio_api/run/documents", json={"data": []}),
        http.post("/gradio_api/call/v2/documents", json={}),
        http.post("/gradio_api/queue/join", json={"data": [], "fn_index": 0, "session_hash": "x"}),
        http.get("/gradio_api/mcp/schema"),
        http.get("/gradio_api/mcp/sse"),
        http.post("/gradio_api/mcp/", json=CALL, headers=MCP),
    ]
    assert [answer.status_code for answer in asked[1:]] == [401] * 8
    assert not [answer.url for answer in asked if "Herons" in answer.text]


def test_with_a_login_the_page_and_the_endpoints_are_there(http):
    assert http.post("/login", data={"username": "edith", "password": "wrong"}).status_code == 400
    assert http.post("/login", data={"username": "edith", "password": SECRET}).json() == {"success": True}
    assert "Herons" in http.get("/config").text
    answered = http.post("/gradio_api/run/documents", json={"data": []})
    assert answered.json()["data"][0][0]["title"] == "On Herons"


def test_the_client_of_gradio_logs_in(url):
    from gradio_client import Client

    patient = {"timeout": 120}
    client = Client(
        url, auth=("edith", SECRET), verbose=False, analytics_enabled=False, download_files=False, httpx_kwargs=patient
    )
    assert client.predict(api_name="/documents")[0]["title"] == "On Herons"
    client.close()


def test_tools_are_called_with_http_basic(http):
    answered = http.post("/gradio_api/mcp/", json=CALL, headers=MCP | BASIC)
    line = next(line for line in answered.text.splitlines() if line.startswith("data:"))
    (content,) = json.loads(line[5:])["result"]["content"]
    assert json.loads(content["text"])[0]["title"] == "On Herons"


def test_other_machines_are_not_served_without_a_login(home):
    refused = ibid(home, "serve", "--host", "0.0.0.0", "--port", "1", IBID_CONFIG="/dev/null")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: host 0.0.0.0 lets other machines")
    assert refused.stderr.count("\n") == 1


def test_the_doctor_says_what_is_fine_and_what_is_wrong(home):
    fine = ibid(home, "doctor", "--json", IBID_CONFIG=str(home / "ibid.toml"))
    found = {finding["about"]: finding for finding in json.loads(fine.stdout)}
    assert fine.returncode == 0, fine.stdout
    assert found["login"]["said"] == "1 may log in at 127.0.0.1"
    assert {found[about]["state"] for about in ("index", "embedding model", "reader", "home", "settings")} == {"fine"}
    wrong = ibid(home, "doctor", IBID_CORPSU="x")
    assert wrong.returncode == 1
    assert "XX settings: unknown environment variable IBID_CORPSU: the nearest is IBID_CORPUS" in wrong.stdout
