"""Write segments: embed what is new, fold in segments that are to be merged, and have Chroma index what that comes to.

Chroma's graph takes most of the time of all that is not embedding, so it is made at the end, of the segments that stay:
of a large library most are merged into others before.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from core.records import Document, Passage
from core.settings import Settings
from index.merging import folded, merge, wasteful
from index.own_model import embedder_for
from index.part import Part
from index.reading import passage_text, sentence_texts
from index.segment import Content, Segment, content_of, write_content
from index.sources import Progress
from index.spread import SpreadEmbedder
from index.store import making, new_segment, place_segment, send_segment
from index.vectors import Embeds, fill_chroma, make_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Batch", "Writer"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents for one segment, sorted by id, and the passages of each."""

    documents: tuple[Document, ...]
    passages: tuple[tuple[Passage, ...], ...]

    def texts(self) -> tuple[list[str], list[str]]:
        """Return what is embedded: of the passages, and of their sentences."""
        pairs = [(document, p) for document, some in zip(self.documents, self.passages, strict=True) for p in some]
        sentences = [text for document, p in pairs for text in sentence_texts(p, document)]
        return [passage_text(p) for _, p in pairs], sentences


class Writer:
    """Writes the segments of one build.

    Args:
        settings: which corpus.
        made_of: what decides how text is split and embedded.
        embedder: in place of the shipped one.
        progress: called as progress('embed' or 'index', done, total).
    """

    def __init__(
        self, settings: Settings, made_of: Mapping[str, str], embedder: Embeds | None, progress: Progress
    ) -> None:
        self.made = 0
        self._unfinished: dict[str, Segment] = {}
        self._settings = settings
        self._made_of = made_of
        self._embedder = embedder
        self._progress = progress

    def add(self, parts: Sequence[Part], batch: Batch, old: Mapping[str, Part]) -> tuple[Part, ...]:
        """Write a segment of some documents, and return the parts with it in place of those that it takes in.

        It cannot be asked before `finish`.

        Args:
            parts: what the index has beside.
            batch: the documents.
            old: where earlier versions of them are, whose vectors can be taken over, by id.
        """
        vectors, sentences = self._vectors(batch, old)
        sizes = [part.passages for part in parts]
        chosen = folded(sizes, len(vectors)) | {n for n, part in enumerate(parts) if wasteful(part)}
        content = content_of(batch.documents, batch.passages, vectors, sentences)
        return self._write([part for n, part in enumerate(parts) if n in chosen], parts, content)

    def tidy(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        """Write those segments anew of which much is dead."""
        chosen = [part for part in parts if wasteful(part)]
        return self._write(chosen, parts, None) if chosen else tuple(parts)

    def finish(self) -> int:
        """Have Chroma index the segments that were written and not taken in by others, and seal them.

        Returns how many steps 'index' has: one a vector, and one more for the caller, who puts the whole in use.
        """
        left = tuple(self._unfinished.values())
        steps = sum(len(segment.vectors) for segment in left) + 1
        self._progress("index", 0, steps)
        before = 0
        for segment in left:
            fill_chroma(segment.chroma, segment.vectors, partial(self._indexed, before, steps))
            before += len(segment.vectors)
            segment.seal()
            send_segment(self._settings, segment.name)
        self._unfinished.clear()
        return steps

    def _indexed(self, before: int, steps: int, done: int) -> None:
        self._progress("index", before + done, steps)

    def _write(self, taken: Sequence[Part], parts: Sequence[Part], fresh: Content | None) -> tuple[Part, ...]:
        """Write a segment of fresh documents and those of parts that are taken in."""
        name, chroma = new_segment(self._settings)
        folder = making(self._settings)
        sources = [*taken]
        segment = None
        if fresh:
            segment = write_content(folder / "fresh", fresh)
            sources.append(Part(segment))
        if taken or segment is None:
            segment = write_content(folder / "merged", merge(sources))
        written = Segment(place_segment(self._settings, name, segment.folder), chroma)
        self._unfinished[name] = written
        self._discard(taken)
        return (*(part for part in parts if part not in taken), Part(written))

    def _discard(self, taken: Sequence[Part]) -> None:
        """Delete the segments of this build that were taken in: no generation names them."""
        for part in taken:
            if self._unfinished.pop(part.segment.name, None):
                shutil.rmtree(part.segment.folder)

    def _vectors(self, batch: Batch, old: Mapping[str, Part]) -> "list[NDArray[np.float32]]":
        texts = batch.texts()
        made_of = json.dumps([self._made_of, texts], sort_keys=True)
        known = _known([(old[d.id], d.id) for d in batch.documents if d.id in old])
        if isinstance(self._embedder, SpreadEmbedder):
            self._embedder.expect(t for group, has in zip(texts, known, strict=True) for t in group if t not in has)
        vectors, made = make_vectors(
            making(self._settings).parent,
            hashlib.sha256(made_of.encode("utf-8", "surrogatepass")).hexdigest(),
            texts,
            known,
            lambda: self._embedder or embedder_for(self._settings),
            lambda done, total: self._progress("embed", done, total),
        )
        self.made += made
        return vectors


def _known(old: Sequence[tuple[Part, str]]) -> "tuple[dict[str, NDArray[np.float32]], dict[str, NDArray[np.float32]]]":
    """The vectors of the passages and of the sentences of documents, by what was embedded."""
    passages: dict[str, NDArray[np.float32]] = {}
    sentences: dict[str, NDArray[np.float32]] = {}
    for part, i in old:
        segment, place = part.segment, part.documents[i]
        document = segment.document(place)
        for number in range(int(segment.firsts[place]), int(segment.firsts[place + 1])):
            passage = segment.passage(number)
            passages[passage_text(passage)] = segment.vectors[number]
            first = int(segment.sentence_firsts[number])
            for n, text in enumerate(sentence_texts(passage, document), start=first):
                sentences[text] = segment.sentences[n].astype("float32")
    return passages, sentences
