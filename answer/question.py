"""Read a question: its content terms, names and figures, and the kind of thing that would answer it."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from index.terms import analyze

__all__ = ["LONGEST_QUESTION", "NAME", "AnswerType", "Question", "StandIn", "read_question", "stand_in"]

LONGEST_QUESTION = 2000  # characters


class AnswerType(StrEnum):
    """What a sentence must hold to answer."""

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    SOURCE = "source"
    LIST = "list"
    SUMMARY = "summary"
    COMPARISON = "comparison"
    OTHER = "other"


# What is said with 'that' of a clause, and what is done to things, too: 'Who found that bridge?'
_ARGUES = (
    r"(?:says?|said|argue[sd]?|claim(?:s|ed)?|thinks?|thought|object(?:s|ed)?|warn(?:s|ed)?|suggest(?:s|ed)?|"
    r"reckon(?:s|ed)?|states?|stated|believe[sd]?|maintain(?:s|ed)?|conclude[sd]?)"
)
_FINDS = (
    r"(?:reports?|reported|finds?|found|shows?|showed|shown|estimate[sd]?|note[sd]?|observe[sd]?|calculate[sd]?|"
    r"measured?|propose[sd]?|describe[sd]?)"
)
# In the present tense, as scholars are told of, they are said with 'that' of a clause alone.
_HOLDS = r"(?:says|argues|claims|thinks|objects|warns|suggests|reckons|believes|maintains|concludes|contends|holds)"
_SAYS = rf"(?:{_ARGUES}|{_FINDS})"
_WORK = (
    r"(?:work|stud(?:y|ies)|paper|publication|scholar|author|researcher|writer|expert|critic|historian|economist|"
    r"organi[sz]ation)s?"
)
_BEHIND_A_NOUN = r"(?:in|of|at|on|for|by|with|from|to|near|between|behind|under|over|after|before|during)"
# 'that' with a clause: two words that are no noun with what belongs to it, as in 'that post in Leeds'.
_THAT = rf"that\s+[\w’'-]+\s+(?!{_BEHIND_A_NOUN}\b)\w"
# The same where a noun with an adjective may follow, as in 'that old bridge': a clause shows by its beginning or verb.
_THAT_CLAUSE = (
    r"that\s+(?:(?:the|an?|its?|they|their|he|his|she|her|we|our|you|your|there|this|these|those|all|most|many|some|few|"
    rf"no|each|every|both|only|\d[\d,.]*|\w+ing|(?:\w+\s+)?\w+[^\Wius]s)\s+(?!{_BEHIND_A_NOUN}\b)\w"
    r"|(?:(?!(?:that|which|who|when|where)\b)[\w’'-]+\s+){1,6}"
    r"(?:is|are|was|were|has|have|had|do|does|did|can|cannot|could|will|would|may|might|must|should)\b)"
)
# First match wins: 'who is cited' asks for a source before it asks for a person.
_TYPES = (
    (
        AnswerType.SOURCE,
        # 'How often was it cited?' asks for no work.
        r"^(?!\W*(?:why|when|how (?:often|many|much|long))\b).*"
        r"\b(?:cit(?:e[sd]?|ing|ations?)|references?|referenced|sourced?|sources|according to w\w+)\b"
        rf"|\bwho (?:\w+ )?(?:{_ARGUES} {_THAT}|{_FINDS} {_THAT_CLAUSE}|{_HOLDS} that\b)"
        r"|\bwho (?:thinks|objects|warns|reckons|estimates|attributes|ascribes|explains|interprets|regards|likens|"
        r"doubts|disputes|contends|criticises|criticizes)\b(?! that\b)"
        rf"|\b(?:which|what|whose) {_WORK} (?:\w+ )?"
        rf"(?:{_SAYS}\b(?: {_THAT}|(?! that\s+\w))|(?:supports?|backs?|underlies)\b"
        rf"|(?:is|are|was|were) (?:\w+ )?(?:behind|about|quoted|named|given|credited|invoked)\b)"
        rf"|\bon (?:whose|what|which) (?:{_WORK}|authority|evidence|word)\b|\bquoted (?:for|on|as)\b"
        r"|\b(?:whose (?:argument|view|finding|idea|claim|point)|by whom) (?:is|was) it \w* ?that\b",
    ),
    (
        AnswerType.SUMMARY,
        r"\b(?:summar\w+|in (?:short|brief|a nutshell)|overview|gist|conclu\w+|take-?away|"
        r"(?:main|central|key|overall|core) (?:argument|point|claim|idea|finding|thesis|message)s?|argues?)\b",
    ),
    (
        AnswerType.COMPARISON,
        r"\b(?:compar\w+|differ\w*|contrast\w*|versus|vs|distinguish\w*|unlike|similar\w*|in common|"
        r"(?:more|less|fewer|higher|lower|larger|smaller|bigger) \w* ?than)\b",
    ),
    (
        AnswerType.REASON,
        r"\b(?:why|reasons?|how come|what (?:caused|causes|explains|explain|led|made|drove|hinders?))\b",
    ),
    (
        AnswerType.NUMBER,
        r"\b(?:how (?:many|much|large|big|long|old|far|high|wide|heavy|fast|often|deep|thick|tall|hot|cold|warm|strong)"
        r"|number of|percent\w*|(?:share|portion|proportion|fraction) of|amount|by how much|at what interval)\b",
    ),
    (
        AnswerType.DATE,
        r"\b(?:when|what (?:year|date|month|day)|which (?:year|date|month|day)|since when|how recently)\b",
    ),
    (AnswerType.PERSON, r"\b(?:who|whom|whose|which (?:person|minister|leader|scholar|author|founder)s?)\b"),
    (
        AnswerType.PLACE,
        r"\b(?:where|(?:which|what) (?:city|cities|country|countries|place|town|region|province|state)s?)\b",
    ),
    (AnswerType.LIST, r"\b(?:list|name (?:the|all|every|two|three|four|some)|which \w+s\b|what are|enumerate)\b"),
)
NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w’'-]*[a-z\d][\w’'-]*|\b[A-Z]{2,}[\w-]*|\b[a-z]+[A-Z]\w*")
# 'the guests who', 'the day when': behind another question word these point back and ask nothing, unless led up to.
_LEADING_UP = (
    "and or by to for with from of about since out say says said tell me us know known mention state stated explain"
)
_NOT_LED_UP = "".join(f"(?<! {word} )" for word in _LEADING_UP.split())
_RELATIVE = re.compile(rf"(?<=[a-z] ){_NOT_LED_UP}(?:who|whom|whose|when|where)\b")
_OPENS = re.compile(
    r"\W*(?:(?:and|so|but|in|on|at|for|by|from|to|of) )*"
    r"(?:what|which|whose|whom|who|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b"
)
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")

# Words that point at the document or at the act of asking, not at what is asked.
_META = frozenset(
    analyze(
        "chapter text document author paper article book passage essay study say says said mention mentions state "
        "describe discuss give tell name list according explain cite cited citing cites reference source work please "
        "know think exactly mean called call much many kind type way thing figure detail"
    )
)
# A question about the text as a whole shares no word with the sentences that answer it; this is what those look like.
_DRIFT = "In this chapter, this paper, I argue that. In summary, in conclusion, this text argued and showed that."
_DRIFT_WORDS = _META.union(
    analyze(
        "argue argues argument point claim idea finding thesis message main central key overall core primary summary "
        "summarise summarize sum up gist conclusion conclude takeaway take-away short brief nutshell overview make"
    )
)
_TITLE_PAGE = "Title page: the title, and the author who wrote it; written by"
_TITLE_WORDS = _META.union(analyze("wrote write writes written writer author authors title titled called name names"))
_TITLE_NOUNS = frozenset(
    analyze("manual specification guide handbook guideline report thesis dissertation standard brochure leaflet review")
)
_THIS = re.compile(r"\bthis\b", re.IGNORECASE)
_TITLE_ASKED = re.compile(r"\b(?:wr(?:ote|itten|iter)|authors?|titled?)\b", re.IGNORECASE)

_THANKS = "The author gratefully acknowledges funding by a grant, and is grateful for research support and help."
_THANKS_WORDS = _META.union(
    analyze(
        "fund funds funded funding funder pay paid pays finance financed grant grants sponsor sponsored money help "
        "helped helps assist assisted assistance support supported thank thanked thanks acknowledge acknowledged "
        "grateful research researcher project writing write wrote"
    )
)
# What may stand beside these words, with names and figures, where the work or its author is the object.
_THANKS_BESIDE = _THANKS_WORDS.union(
    analyze(
        "give gave given provide provided receive received get got obtain number code agency council body programme "
        "writer assistant essay thesis report investigation fieldwork source sources"
    )
)
_OWN = (
    r"(?:the|this|that|his|her|their|your|its)\s+(?:(?:present|underlying|own|author[’']?s?|writer[’']?s?)\s+)*"
    r"(?:research(?:ers?)?|work|study|chapter|paper|article|book|thesis|essay|report|document|text|investigation|"
    r"fieldwork|writing|authors?|writers?)\b(?!\s+(?:of|on|in|into|at|by|about)\b"
    r"(?!\s+(?:the|this)\s+(?:chapter|study|paper|article|book|text|document|author)\b))"
)
_HELP = r"(?:fund\w*|pa(?:y|ys|id)|financ\w*|grants?|sponsor\w*|help\w*|assist\w*|support\w*|money)"
# The work or its author as what is helped, thanks given by the author, and the author as who helps.
_HELPED = re.compile(
    rf"\b{_HELP}\b(?:\s+[\w’'-]+){{0,3}}?\s+{_OWN}"
    rf"|\b{_OWN}(?:\s+[\w’'-]+){{0,3}}?\s+(?:paid|(?:fund|financ|sponsor|help|assist|support)ed)\b"
    rf"|\b{_OWN}.*\b(?:thank|acknowledg)|\b(?:thank|acknowledg).*\b{_OWN}",
    re.IGNORECASE,
)
_HELPS = re.compile(
    rf"\b(?:do|does|did|can|should|would)\s+{_OWN}\s+(?:fund|pay|finance|sponsor|help|assist|support)\b", re.IGNORECASE
)
_THANKS_ASKED = re.compile(r"\b(?:thank|acknowledg)", re.IGNORECASE)
_THANKS_SAID = re.compile(
    r"\b(?:acknowledg\w*|grateful\w*|thank\w*|(?:research|study|work|author)\b.*\b(?:funded|supported|financed) by|"
    r"grant (?:no|number|agreement))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """What to search for in place of a question, and what a sentence must hold then to answer it, if anything.

    `title_page` says that where there is one, it alone answers.
    """

    text: str
    holds: re.Pattern[str] | None = None
    title_page: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read: `terms` are stems in order without repeats, `names` and `figures` subsets in stems.

    `spellings` gives, for another spelling of a term that the documents use, the term.
    """

    text: str
    terms: tuple[str, ...]
    names: frozenset[str]
    figures: frozenset[str]
    answer_type: AnswerType
    spellings: Mapping[str, str] = field(default_factory=dict)

    def terms_of(self, text: str) -> set[str]:
        """Return the terms of a text, in the question's spelling where it differs."""
        return {self.spellings.get(term, term) for term in analyze(text)}


def read_question(text: str, variants: Callable[[str], Collection[str]] = lambda term: ()) -> Question:
    """Return what a question asks for; a question of nothing but function words keeps all its words as terms.

    Args:
        text: the question.
        variants: gives the other spellings of a term that the documents use.
    """
    found = list(dict.fromkeys(analyze(text)))
    terms = tuple(term for term in found if term not in _META) or tuple(found)
    lowered = text.lower()
    if opens := _OPENS.match(lowered):
        lowered = lowered[: opens.end()] + _RELATIVE.sub("", lowered[opens.end() :])
    return Question(
        text=text,
        terms=terms,
        names=frozenset(analyze(" ".join(NAME.findall(text)))).intersection(terms),
        figures=frozenset(analyze(" ".join(_FIGURE.findall(text)))).intersection(terms),
        answer_type=next((kind for kind, pattern in _TYPES if re.search(pattern, lowered)), AnswerType.OTHER),
        spellings={other: term for term in terms for other in variants(term) if other not in terms},
    )


def stand_in(text: str) -> StandIn | None:
    """Return what to search for in place of a question about the text as a whole; None for any other question.

    'What is the main argument?' looks for the sentences that sum the text up, 'Who wrote it?' for the title page, 'Who
    paid for the research?' for the author's thanks.
    """
    read = read_question(text)
    if read.answer_type is AnswerType.SUMMARY and _DRIFT_WORDS.issuperset(read.terms):
        return StandIn(_DRIFT)
    words = _TITLE_WORDS | _TITLE_NOUNS if _THIS.search(text) else _TITLE_WORDS  # 'the guide' may be one it speaks of
    if _TITLE_ASKED.search(text) and words.issuperset(read.terms):
        return StandIn(_TITLE_PAGE, title_page=True)
    helped = _HELPED.search(text)
    if (helped or _THANKS_ASKED.search(text)) and not _HELPS.search(text):
        beside = _THANKS_BESIDE | read.names | read.figures if helped else _THANKS_WORDS
        return StandIn(_THANKS, _THANKS_SAID) if beside.issuperset(read.terms) else None
    return None
