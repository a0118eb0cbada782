"""Tell a question that asks for a summary, and of what: the whole text, a section, or a topic."""

import re
from dataclasses import dataclass
from enum import StrEnum

from answer.outline import Mention, section_mentioned
from index.terms import analyze

__all__ = ["Focus", "Request", "summary_request"]


class Focus(StrEnum):
    """What of a text a summary is to give."""

    ALL = "all"
    ARGUMENT = "argument"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be summed up: what is said in a section, of a topic, or, where neither is named, in the whole text.

    `topic` is the question without the words that ask for a summary.
    """

    topic: str = ""
    mention: Mention | None = None
    focus: Focus = Focus.ALL

    @property
    def asked(self) -> str:
        """What to look for: the topic, or of a section that no heading names what it is said to be on."""
        return self.topic or (self.mention.value if self.mention and self.mention.how == "name" else "")


_TEXT = (
    r"(?:the|this|your|its|his|her) (?:whole |entire |full |present |following |year[’']s )?"
    r"(?:chapter|texts?|document|paper|article|book|essay|study|report|thesis|survey|guide|handbook|manual|analysis)\b"
)
_WHO = rf"(?:{_TEXT}|(?:the|its) (?:author|writer)s?\b|it\b)"
# What stands behind the words for the text as a whole when they mean it and nothing in it.
_OF_TEXT = re.compile(rf",? (?:of|in|to|from|for) {_TEXT}(?=\s*(?:[?!.,;]|$)|\s+(?:says?|argues?|concludes?)\b)", re.I)
_POLITE = re.compile(r"^\W*(?:(?:and|so|now|please|kindly|(?:can|could|would|will) you)\b,?\s+)+", re.I)
_BRIEFLY = (
    r"(?:in (?:short|brief|sum|summary|essence|a nutshell|outline|(?:a few|a couple of|\w+|\w+ or \w+) "
    r"(?:words?|sentences?|lines?|points?))|briefly|to sum (?:it )?up)"
)
_MANNER = re.compile(
    rf"^{_BRIEFLY}[,:]?\s+|,?\s+{_BRIEFLY}(?=\W*$)|,\s+{_BRIEFLY},|\s+in (?:sum|summary|a nutshell)(?=\s)", re.I
)
_SUMMARY = r"(?:summary|overview|outline|gist|synopsis|abstract|essence|substance|digest|recap|sketch|picture)"
_ADJECTIVE = (
    r"(?:(?:brief|short|quick|concise|general|rough|main|key|central|core|overall|primary|principal|basic|chief|"
    r"most important|author[’']?s|two|three|four|five) )*"
)
_POINTS = (
    r"(?:argument|point|claim|idea|finding|thesis|message|result|conclusion|take-?away|lesson|contention|insight|theme|"
    r"statement)s?\b"
)
_FRAMES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"^(?:summari[sz]e|sum up|recap|outline)\b(?: briefly| shortly| for me)?\s+(?P<rest>.+)",
        rf"^(?:(?:give|write|provide|offer|show|get|tell)(?: me| us)?|what(?: is|[’']s))(?: an?| the)? {_ADJECTIVE}"
        rf"{_SUMMARY}(?: (?:of|on|about|for)\s+(?P<rest>.+)|\W*$)",
        rf"^{_ADJECTIVE}{_SUMMARY} (?:of|on|about)\s+(?P<rest>.+)",
        rf"^(?:what(?: is| are| was| were|[’']s)|(?:give|tell|name|list|state)(?: me| us)?) "
        rf"(?:the|its|their|his|her) {_ADJECTIVE}{_POINTS}"
        r"(?: (?:of|in|on|about|regarding|concerning|for|made)\s+(?P<rest>.+)|\W*$)",
        rf"^what (?:does|do|did|can) {_WHO} conclude(?: (?:about|on|of|regarding|from|for)\s+(?P<rest>.+)|\W*$)",
        r"^what (?:is|are) (?:the )?conclusions?(?: (?:of|about|on|regarding)\s+(?P<rest>.+)|\W*$)",
        rf"^what (?:conclusions?|lessons?) (?:does|do|did|can|is|are) (?:{_WHO} )?(?:draw|drawn|reach(?:ed)?)"
        r"(?: (?:about|on|of|regarding|from)\s+(?P<rest>.+)|\W*$)",
        rf"^what (?:does|do|did) {_WHO} (?:say|argue|show|find|discuss|cover|claim|contend|deal with|try to show)\W*$",
        rf"^what (?:is|are) {_TEXT} (?:all )?about\W*$",
    )
)
_WANTED = re.compile(
    r"^(?:what|how|summari[sz]e|sum up|recap|outline|give|tell|describe|explain|write|provide|offer|briefly)\b", re.I
)
_NAMED_IN = re.compile(r"§[^§]*?\b(?:about|on|says? of|regarding|concerning|as to)\s+(?P<topic>[^§]+?)\W*$", re.I)
_IS_IT = re.compile(r"what(?: is| are| was| were|[’']s) (?:in )?§(?! about\W*$)", re.I)  # 'the second part of the plan'
# Words that ask for a summary, or point at the text, and name no topic.
_FRAME = frozenset(
    analyze(
        "chapter text document author paper article book essay study report thesis survey guide handbook manual writer "
        "say says said tell tells state states argue argues argued argument claim claims conclude concludes conclusion "
        "cover covers covered deal deals discuss discusses discussed describe describes explain explains show shows "
        "contain contains find finds finding address happen give gives summary summarise summarize sum short brief "
        "briefly nutshell overview outline gist essence main key central core overall point idea message result "
        "take-away takeaway lesson content made make topic subject section part please whole entire full essential "
        "important general everything analysis theme title called entitled us"
    )
)
_CONCLUDES = re.compile(r"\bconclu\w+", re.I)
_ARGUES = re.compile(r"\b(?:argu\w+|thesis|claims?|message|position|contend\w*|contention)\b", re.I)
_FINDS = re.compile(r"\b(?:find(?:s|ings?)?|results?|conclu\w+|take-?aways?|lessons?|insights?|outcomes?)\b", re.I)


def summary_request(question: str) -> Request | None:
    """Return what a question wants summed up; None when it wants something else."""
    text = _OF_TEXT.sub("", _POLITE.sub("", question.strip()))
    if request := _of_section(text):
        return request
    plain = _MANNER.sub(" ", text).strip(" ,")
    asked = plain != text.strip(" ,")
    framed = next((match for frame in _FRAMES if (match := frame.search(plain))), None)
    if not (asked or framed):
        return None
    rest = " ".join((framed.groupdict().get("rest") or "" if framed else plain).split()).rstrip(" .?!")
    if not set(analyze(rest)) <= _FRAME:
        return Request(topic=rest, focus=_focus(text))
    close = _CONCLUDES.search(text)  # what a text concludes stands in its conclusion, if it has one
    return Request(mention=Mention(close.group(), "closes", "conclusion") if close else None, focus=_focus(text))


def _of_section(text: str) -> Request | None:
    """What a question wants to know of a section that it names."""
    mention = section_mentioned(text)
    if mention is None or not _WANTED.search(_MANNER.sub(" ", text).strip(" ,")):
        return None
    around = text.replace(mention.text, "§", 1)
    named = _NAMED_IN.search(around)
    topic = named["topic"].strip() if named else ""
    lead = around[: named.start()] if named else around
    if not set(analyze(lead)) <= _FRAME or (mention.how != "closes" and _IS_IT.match(around)):
        return None
    return Request(topic="" if set(analyze(topic)) <= _FRAME else topic, mention=mention, focus=_focus(text))


def _focus(text: str) -> Focus:
    if _ARGUES.search(text):
        return Focus.ARGUMENT
    return Focus.FINDINGS if _FINDS.search(text) else Focus.ALL
