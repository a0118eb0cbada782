"""LlamaIndex's query-engine interface over the answerer, so that Ibid plugs into whatever speaks it."""

from typing import TYPE_CHECKING

from answer.answerer import Answerer
from core.records import Answer, Hit

if TYPE_CHECKING:
    from llama_index.core.query_engine import CustomQueryEngine
    from llama_index.core.schema import NodeWithScore

__all__ = ["as_query_engine"]


def as_query_engine(answerer: Answerer) -> "CustomQueryEngine":
    """Return a LlamaIndex query engine: `query(text)` gives a Response whose source nodes are the quotes.

    The response's metadata holds `refused`, `reason` and `confidence`; each source node's text is a literal quote and
    its metadata the place where it stands.
    """
    from llama_index.core.base.response.schema import Response
    from llama_index.core.query_engine import CustomQueryEngine

    class ExtractiveQueryEngine(CustomQueryEngine):
        """Answers with quotes."""

        def custom_query(self, query_str: str) -> Response:
            """Answer one question."""
            answer = answerer.ask(query_str)
            return Response(
                response=answer.text,
                source_nodes=_nodes(answer),
                metadata={"refused": answer.refused, "reason": answer.reason, "confidence": answer.confidence},
            )

    return ExtractiveQueryEngine()


def _nodes(answer: Answer) -> "list[NodeWithScore]":
    from llama_index.core.schema import NodeWithScore, TextNode

    hits: dict[str, Hit] = {hit.passage.id: hit for hit in answer.hits}
    return [
        NodeWithScore(
            node=TextNode(
                text=c.quote,
                start_char_idx=c.start,
                end_char_idx=c.end,
                metadata={"document": c.document, "section": " > ".join(c.section), "page": c.page, "marker": c.marker},
            ),
            score=hits[c.passage_id].score,
        )
        for c in answer.citations
    ]
