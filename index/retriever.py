"""LlamaIndex's retriever interface over an index, for any of its query and chat engines."""

from typing import TYPE_CHECKING

from index.search import Index

if TYPE_CHECKING:
    from llama_index.core.retrievers import BaseRetriever

__all__ = ["as_retriever"]


def as_retriever(index: Index, *, top: int = 10) -> "BaseRetriever":
    """Return a LlamaIndex retriever that gives the `top` passages of an index, with their place as metadata."""
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

    class HybridRetriever(BaseRetriever):
        """Dense passages, dense sentences and BM25, fused."""

        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            return [
                NodeWithScore(
                    node=TextNode(
                        id_=hit.passage.id,
                        text=hit.passage.text,
                        start_char_idx=hit.passage.start,
                        end_char_idx=hit.passage.end,
                        metadata={
                            "document": hit.passage.document_id,
                            "section": " > ".join(hit.passage.section),
                            "page": hit.passage.page,
                        },
                    ),
                    score=hit.score,
                )
                for hit in index.search(query_bundle.query_str, top=top)
            ]

    return HybridRetriever()
