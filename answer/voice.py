"""Tell whose voice a quote speaks in: the author's own, that of a source that is reported, or of one that is quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answer.marks import quoted_clauses
from answer.notes import notes_to
from answer.sources.finding import meet, work_name
from answer.speech import QUOTED, Saying, find_saying
from core.records import Block, BlockKind, CitedSource, Document, Span, Voice
from ingest import block_at
from ingest.sentences import sentence_spans

__all__ = ["Heard", "hear", "voice_words"]

# Before a citation that holds something against the sentence, or beside it, and does not support it.
_BESIDE = re.compile(r"\b(?:cf\.?|compare|contra|(?:see|but see) also|but see|pace|vgl\.?|siehe auch)\s", re.IGNORECASE)
_WOULD = re.compile(
    r"(?:[\d\s,;:–-]*\))?\W*(?:would|might|could|may)\b"
)  # behind a work that is only supposed to say something
_FOLLOWING = re.compile(r"\b(?:following|unlike|like)\s+$", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|we)\b")
_METHOD = re.compile(r"\bmethods?\b[^;]*$", re.IGNORECASE)
_SOURCE_LINE = "source line"
_INTERVIEW = re.compile(
    r"[(\[](?P<name>(?:(?:author|personal)(?:[’']s)?\s+)?interviews?\b(?=\W)[^()\[\]]*|"
    r"[^()\[\]]*\bpersonal communication\b[^()\[\]]*)[)\]]",
    re.IGNORECASE,
)
_INTERVIEW_NOTE = re.compile(
    r"(?:\d+\W*)?(?P<name>(?:(?:author|personal)(?:[’']s)?\s+)?interviews?\b[^.]*)\.?$", re.IGNORECASE
)
_BARE_NOTE = 2  # words of a note that may stand beside its citations: 'See', 'Quoted in'
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Heard:
    """Whose voice a slice of a document is in, and the works among the speakers."""

    voice: Voice
    works: tuple[CitedSource, ...] = ()


def hear(document: Document, span: Span) -> Heard:
    """Return whose voice a slice of a document speaks in; where only a part is another's, it is another's.

    Args:
        document: with the works that it cites.
        span: one or more sentences of a paragraph or note, or rows of a table.
    """
    block = block_at(document, span[0])
    if block.kind is BlockKind.TABLE:
        return _heard(document, tuple(_of_table(document, block, span)), [], quoted=False)
    clauses = [c for c in quoted_clauses(document.text, block.start, block.end) if meet(c, span)]
    works: list[CitedSource] = []
    speakers: list[str] = []
    quoted = block.quoted
    for part in _parts(document, block, span, clauses):
        cited = [c for c in document.cited if meet(c.sentence, part) and _supports(document, c)]
        saying = _saying(document, part, clauses, bool(cited))
        own = saying is not None and saying.own and all(c.form != "narrative" for c in cited)
        if saying and not saying.own:
            speakers.append(saying.speaker)
        if not own and meet(part, span):
            works += [*cited, *_in_notes(document, part)]
            quoted = quoted or any(meet(c, part) for c in clauses)
    if block.quoted and (lead := _lead(document, block)):
        speakers += [saying.speaker] if (saying := _saying(document, lead, [(lead[1] - 1, lead[1])], False)) else []
        works += [c for c in document.cited if meet(c.sentence, lead) and _supports(document, c)]
    return _heard(document, tuple(dict.fromkeys(works)), [*speakers, *_interviews(document, span)], quoted)


def voice_words(voice: Voice) -> str:
    """Return a voice in plain words, 'reporting Smith 2021'; nothing for the author's own."""
    if voice.kind == "own":
        return ""
    doing, nobody = ("quoting", "somebody not named") if voice.kind == "quotation" else ("reporting", "what is said")
    return f"{doing} {'; '.join(voice.speakers) or nobody}"


def _heard(document: Document, works: tuple[CitedSource, ...], speakers: list[str], quoted: bool) -> Heard:
    """Join speakers and works; of a quotation the speaker alone, the work only where nobody is named."""
    people = [speaker for speaker in dict.fromkeys(speakers) if speaker]
    cited = list(dict.fromkeys(work_name(c, document) for c in works))
    if quoted:
        return Heard(Voice("quotation", tuple(people[:1] or cited)), works)
    if not (works or speakers):
        return Heard(Voice())
    named = [speaker for speaker in people if not _is_work(speaker, works)]
    return Heard(Voice("reported", (*named, *cited)), works)


def _is_work(speaker: str, works: tuple[CitedSource, ...]) -> bool:
    """Say whether a speaker is one of the works: 'The council' of 'Calder Bay City Council 2020'."""
    words = set(re.findall(r"\w+", speaker.casefold())) - {"the", "a", "an", "of", "s", "own", "its", "their"}
    names = {word for c in works for author in c.authors for word in re.findall(r"\w+", author.casefold())}
    return bool(words & names)


def _of_table(document: Document, table: Block, span: Span) -> Iterator[CitedSource]:
    """What a row cites itself, and what the source line under its table names."""
    row = "\t" in document.text[slice(*span)] or not table.columns
    for c in document.cited:
        within = table.start <= c.start < table.end
        of_rows = c.form == _SOURCE_LINE and row and not _METHOD.search(document.text, c.sentence[0], c.start)
        if within and (of_rows or meet(c.sentence, span)) and _supports(document, c):
            yield c


def _supports(document: Document, cited: CitedSource) -> bool:
    """Say whether a citation supports its sentence; 'cf. Smith 2001' and 'Smith (2001) would object' do not."""
    text, (start, end) = document.text, cited.sentence
    if cited.form == "narrative":
        first = _FIRST_PERSON.search(text, cited.end, end) or _FIRST_PERSON.search(text, start, cited.start)
        return not (_WOULD.match(text, cited.end, end) or (first and _FOLLOWING.search(text[start : cited.start])))
    if cited.form == _SOURCE_LINE:
        return not _METHOD.search(text[start : cited.start])
    bracket = max(text.rfind(mark, start, cited.start) for mark in "([")
    return bracket < 0 or not _BESIDE.search(text[bracket : cited.start] + " ")


def _in_notes(document: Document, span: Span) -> Iterator[CitedSource]:
    """The works of notes that are nothing but a citation, to a sentence that bears their markers."""
    for note in notes_to(document, span):
        inside = [c for c in document.cited if note.start <= c.start < note.end]
        rest = document.text[note.start : note.end]
        for c in inside:
            rest = rest.replace(c.raw, " ")
        if inside and len(re.findall(r"[^\W\d_]{2,}", rest)) <= _BARE_NOTE:
            yield from inside


def _interviews(document: Document, span: Span) -> Iterator[str]:
    for match in _INTERVIEW.finditer(document.text, *span):
        yield " ".join(match.group("name").split())
    for note in notes_to(document, span):
        if noted := _INTERVIEW_NOTE.match(document.text[note.start : note.end].strip()):
            yield " ".join(noted.group("name").split())


def _lead(document: Document, block: Block) -> Span | None:
    """The sentence with a colon at its end that leads in a block quotation."""
    before = [b for b in document.blocks if b.end <= block.start and not b.quoted][-1:]
    if not before or before[0].kind is not BlockKind.PARAGRAPH or document.text[before[0].end - 1] != ":":
        return None
    return sentence_spans(document.text, before[0].start, before[0].end)[-1]


def _parts(document: Document, block: Block, span: Span, clauses: list[Span]) -> Iterator[Span]:
    """The sentences of a slice, and where it is in the midst of a quotation the one that this begins in."""
    masked = [(ref.start, ref.end) for ref in document.note_refs if block.start <= ref.start < block.end]
    begin = min([span[0], *(start for start, _ in clauses)])
    for part in sentence_spans(document.text, block.start, block.end, masked):
        if part[0] < span[1] and (span[0] < part[1] or (part[0] <= begin < part[1])):
            yield part


def _saying(document: Document, part: Span, clauses: list[Span], works: bool) -> Saying | None:
    text = list(document.text[slice(*part)])
    for start, end in reversed([c for c in clauses if meet(c, part)]):
        text[max(start - part[0], 0) : end - part[0]] = QUOTED
    shown = _BRACKETS.sub(lambda match: " " * len(match.group()), "".join(text))
    own = {word for author in document.authors for word in re.findall(r"\w+", author.casefold())}
    return find_saying(shown, own_names=own, works=works)
