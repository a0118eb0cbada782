"""The app as programs see it: Gradio's own client, plain HTTP, and an MCP client, against the real server."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from serving import GUIDE, ibid, index_guide, serving

NAMES = ["ask", "check", "cite", "documents", "search"]
QUESTION = "Who was the lighthouse keeper?"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    index_guide(home)
    return home


@pytest.fixture(scope="module")
def url(home):
    with serving(home) as url:
        yield url


@pytest.fixture(scope="module")
def client(url):
    from gradio_client import Client

    client = Client(url, verbose=False, analytics_enabled=False, download_files=False)
    yield client
    client.close()


@pytest.fixture(scope="module")
def printed(home):
    """What the command line prints for the same question."""
    return json.loads(ibid(home, "ask", QUESTION, "--json").stdout)


def without_clock(record):
    return {name: value for name, value in record.items() if name != "latency_ms"}


def test_the_client_is_offered_the_five_endpoints_and_no_event_of_the_page(client):
    info = client.view_api(return_format="dict", print_info=False)
    assert sorted(info["named_endpoints"]) == [f"/{name}" for name in NAMES]
    assert info["unnamed_endpoints"] == {}
    for endpoint in info["named_endpoints"].values():
        assert endpoint["description"]
        assert all(p["type"].get("type") or p["type"].get("oneOf") for p in endpoint["parameters"])
    optional = {
        n: [p["parameter_name"] for p in e["parameters"] if p["parameter_has_default"]]
        for n, e in info["named_endpoints"].items()
    }
    assert optional == {
        "/ask": ["history"],
        "/search": ["top"],
        "/check": [],
        "/cite": ["work", "claim"],
        "/documents": [],
    }


def test_ask_gives_what_the_command_prints(client, printed):
    record = client.predict(QUESTION, api_name="/ask")
    assert without_clock(record) == without_clock(printed)
    assert "Edith Marlow" in record["answer"]


def test_a_follow_up_is_completed_from_the_history(client):
    record = client.predict("When does it leave?", ["Where does the ferry go?"], api_name="/ask")
    assert "ferry" in record["completed"]


def test_search_check_cite_and_documents(client):
    hits = client.predict(query="lighthouse", top=2, api_name="/search")
    assert [hit["rank"] for hit in hits] == [1, 2]
    assert "lamp burns paraffin" in hits[0]["text"]
    checked = client.predict("The ferry carries 150 passengers.", api_name="/check")
    assert checked["claims"][0]["differences"] == [
        {"kind": "number", "written": "150 passengers", "found": "120 passengers"}
    ]
    (place,) = client.predict(work="Marsh 2004", api_name="/cite")
    assert (place["locator"], place["section"].split(" > ")[-1]) == ("17", "Ferries")
    assert client.predict(claim="harbour dues were abolished", api_name="/cite")[0]["work"] == "Penrose 1998"
    (document,) = client.predict(api_name="/documents")
    assert document["title"] == "A Guide to the Harbour"
    assert document["cited"] == 2


def test_an_error_is_one_clear_line(client):
    from gradio_client.exceptions import AppError

    for arguments, line in (([" "], "the question is empty"), ([7], "parameter 'question': got 7")):
        with pytest.raises(AppError, match=line) as raised:
            client.predict(*arguments, api_name="/ask")
        assert "\n" not in str(raised.value)
        assert "Traceback" not in str(raised.value)


def test_a_plain_post_gets_its_answer_at_once(url, printed):
    answered = httpx.post(f"{url}/gradio_api/run/ask", json={"data": [QUESTION, None]}, trust_env=False, timeout=60)
    assert answered.status_code == 200
    assert without_clock(answered.json()["data"][0]) == without_clock(printed)
    failed = httpx.post(f"{url}/gradio_api/run/ask", json={"data": ["", None]}, trust_env=False)
    assert failed.status_code == 500
    assert failed.json()["error"].startswith("the question")


def test_events_of_the_page_are_not_for_clients(client, url):
    config = httpx.get(f"{url}/config", trust_env=False).json()
    private = {d["api_name"] for d in config["dependencies"] if d["api_visibility"] == "private"}
    assert private
    for name in private:
        with pytest.raises(ValueError, match="Cannot find a function"):
            client.predict("x", api_name=f"/{name}")


def test_what_comes_back_carries_the_content_policy(url):
    answered = httpx.post(f"{url}/gradio_api/run/documents", json={"data": []}, trust_env=False)
    assert "default-src 'self'" in answered.headers["content-security-policy"]
    tools = httpx.get(f"{url}/gradio_api/mcp/schema", trust_env=False)
    assert "default-src 'self'" in tools.headers["content-security-policy"]


def test_another_site_may_not_read_what_comes_back(url):
    elsewhere = {"Origin": "https://elsewhere.example"}
    for path in ("run/documents", "mcp/"):
        answered = httpx.options(
            f"{url}/gradio_api/{path}", headers={**elsewhere, "Access-Control-Request-Method": "POST"}, trust_env=False
        )
        assert "access-control-allow-origin" not in answered.headers


def test_a_name_that_was_pointed_at_this_machine_gets_nothing(url):
    answered = httpx.get(f"{url}/config", headers={"Host": "elsewhere.example"}, trust_env=False)
    assert (answered.status_code, answered.text) == (400, "Invalid host header")


def with_tools(url, use, headers=None):
    """Open a session of a real MCP client and use it."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def run():
        async with (
            httpx.AsyncClient(headers=headers, timeout=60, trust_env=False, follow_redirects=True) as http,
            streamable_http_client(f"{url}/gradio_api/mcp/", http_client=http) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await use(session)

    with ThreadPoolExecutor(1) as apart:  # the browser tests leave their event loop running in this thread
        return apart.submit(asyncio.run, run()).result()


def test_an_mcp_client_sees_the_endpoints_as_tools(url):
    async def use(session):
        return (await session.list_tools()).tools

    tools = {tool.name: tool for tool in with_tools(url, use)}
    assert sorted(tools) == NAMES
    assert tools["ask"].inputSchema["required"] == ["question"]
    assert "follow-up" in tools["ask"].inputSchema["properties"]["history"]["description"]
    assert tools["search"].inputSchema["properties"]["top"]["default"] == 10
    assert all("Returns:" in tool.description for tool in tools.values())


def test_an_mcp_client_gets_the_same_json(url, printed):
    async def use(session):
        asked = await session.call_tool("ask", {"question": QUESTION})
        listed = await session.call_tool("documents", {})
        return [json.loads(result.content[0].text) for result in (asked, listed)]

    answered, (document,) = with_tools(url, use)
    assert without_clock(answered) == without_clock(printed)
    assert answered["citations"][0]["quote"] in " ".join(GUIDE.split())
    assert document["title"] == "A Guide to the Harbour"


def test_an_mcp_client_gets_an_error_as_one_line(url):
    async def use(session):
        return [
            await session.call_tool("cite", {"work": "Nobody 1900"}),
            await session.call_tool("search", {"query": "ferry", "top": 1000}),
            await session.call_tool("ask", {"question": 5}),
        ]

    results = with_tools(url, use)
    assert all(result.isError for result in results)
    lines = [result.content[0].text for result in results]
    assert lines[0].startswith("no document cites 'Nobody 1900'")
    assert lines[1] == "parameter 'top': got 1000, Input should be less than or equal to 100"
    assert not any("\n" in line for line in lines)
