"""LlamaIndex's retriever interface over an index, for any of its query and chat engines."""

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from core.records import Hit
from index.search import Index

__all__ = ["HybridRetriever"]


class HybridRetriever(BaseRetriever):
    """Dense passages, dense sentences and BM25, fused; a node is a passage, with its place as metadata."""

    def __init__(self, index: Index, *, top: int = 10) -> None:
        super().__init__()
        self._index = index
        self._top = top

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [_node(hit) for hit in self._index.search(query_bundle.query_str, top=self._top)]


def _node(hit: Hit) -> NodeWithScore:
    passage = hit.passage
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "document": passage.document_id,
            "section": " > ".join(passage.section),
            "page": passage.page,
        },
    )
    return NodeWithScore(node=node, score=hit.score)
