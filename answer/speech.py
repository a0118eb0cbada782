"""Read who is said to say something in a sentence: 'Critics claim that …', 'according to the minutes'."""

import re
from collections.abc import Collection
from dataclasses import dataclass

__all__ = ["QUOTED", "Saying", "find_saying"]

QUOTED = "\x02"  # stands for a quotation in the text that is read here

# Verbs that only people and bodies do: whatever stands before them speaks.
_SPEAKING = (
    r"says?|said|argue[sd]?|claim(?:s|ed)?|contend(?:s|ed)?|maintain(?:s|ed)?|assert(?:s|ed)?|insist(?:s|ed)?|"
    r"complain(?:s|ed)?|announce[sd]?|warn(?:s|ed)?|admit(?:s|ted)?|acknowledge[sd]?|concede[sd]?|den(?:y|ies|ied)|"
    r"declare[sd]?|repl(?:y|ies|ied)|answer(?:s|ed)?|believe[sd]?|think(?:s)?|thought|recall(?:s|ed)?|remark(?:s|ed)?|"
    r"object(?:s|ed)?|predict(?:s|ed)?|allege[sd]?|state[sd]?|reckon(?:s|ed)?|explain(?:s|ed)?|wr(?:i|o)tes?|"
    r"stress(?:es|ed)?|tells?|told|boast(?:s|ed)?|testif(?:y|ies|ied)|confirm(?:s|ed)?|fear(?:s|ed)?|hope[sd]?"
)
# Verbs that facts do, too: a person, a body or a writing has to stand before them.
_SHOWING = (
    r"notes?|noted|report(?:s|ed)?|observe[sd]?|suggest(?:s|ed)?|finds?|found|show(?:s|ed)?|conclude[sd]?|"
    r"estimate[sd]?|point(?:s|ed)? out|propose[sd]?|indicate[sd]?|reveal(?:s|ed)?|emphasi[sz]e[sd]?|holds?|held|"
    r"recommend(?:s|ed)?"
)
_AS = r"describe[sd]?|list(?:s|ed)?|portray(?:s|ed)?|depict(?:s|ed)?|label(?:s|led)?|characteri[sz]e[sd]?"
_LY = r"(?:\s+\w+ly)?"
_THAT = re.compile(
    rf"\b(?P<verb>(?P<speaking>{_SPEAKING})|{_SHOWING}){_LY}"
    rf"(?:\s+(?:me|us|him|her|them|(?:the\s+)?\w+))?\s+that\b(?!\s+of\b)",
)
_BARE = re.compile(
    r"\b(?P<verb>(?P<speaking>says?|said|argue[sd]?|insist(?:s|ed)?|explain(?:s|ed)?|"
    r"believes?|thinks?)|report(?:s|ed)?)\s+(?:the|it|they|he|she|there|this|its|their|his|her|an?|no)\b"
)
_QUOTE = re.compile(
    rf"\b(?P<verb>(?P<speaking>{_SPEAKING}|puts? it|adds?|added|asks?|asked)|{_SHOWING}|call(?:s|ed)?){_LY}"
    rf"(?:\s+that|\s+\w+|\s+(?:of|about|in|at|on|to)\s[^.,;:{QUOTED}]{{1,80}}?)?\s*[,:]?\s*(?={QUOTED})"
    rf"|(?<={QUOTED})[^\w{QUOTED}]*(?!{QUOTED})[^{QUOTED}.;]{{1,60}}?\b(?P<behind>{_SPEAKING}|notes?|noted|adds?|added)\b"
    r"\s*(?=[.,]|\s(?:in|at|on|to|during)\b)"
)
_BEHIND = re.compile(
    rf",\s+[^,;:{QUOTED}]{{2,60}}?\b(?P<verb>(?P<speaking>says?|said|argue|argued|claim|claimed))\s*\.?\s*$"
)
_TURNED = re.compile(
    rf"{QUOTED}[^\w{QUOTED}]*(?:said|says|wrote|writes|explained|explains|argued|argues|noted|added)\s+"
    rf"(?P<name>[^{QUOTED},.;:()]{{2,60}})"
)
_DESCRIBES = re.compile(rf"\b(?P<verb>{_AS})\b[^.;:]{{0,60}}?\bas\b")
_ACCORDING = re.compile(
    r"\b(?:according\s+to|in\s+the\s+(?:words|view|opinion|eyes)\s+of)\s+(?P<name>[^,;:.()—]{2,80})", re.IGNORECASE
)
_HEARSAY = re.compile(
    r"\b(?:is|are|was|were|has been|have been)\s+(?:\w+ly\s+)?(?:said|alleged|rumou?red|reputed|reported|claimed)\s+"
    r"(?:to|that)\b|\b(?:reportedly|allegedly|supposedly|reputedly)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    rf"\b(?:I|[Ww]e)\b(?:\s+(?:\w+ly|also|do|shall|will|would|now))?\s+(?:{_SPEAKING}|{_SHOWING}|call|ask(?:ed)?|add(?:ed)?)\b"
)

_BOUNDARY = re.compile(
    rf"[,;:—{QUOTED}]|(?<![A-Z])\.|\b(?i:that|which|who|when|where|because|since|while|whereas|as|if|although|though|but|how|what|"
    r"whether)\b|\b(?:and(?!\s+[A-Z])|or)\b"
)
_RELATIVE = frozenset(("that", "which", "who"))
_TRAILING = re.compile(
    r"\s*\b(?:has|have|had|will|did|do|does|also|still|once|then|now|often|already|never|always|even|later|long|may|"
    r"there|here|\w+ly)$"
)
_UNSAID = re.compile(r"\b(?:would|could|might|should|to|not|never|be|been|is|are|was|were|cannot|can)$")
_LEADING = re.compile(
    r"^(?:for example|for instance|and|but|yet|so|still|then|later|today|however|here|once)\b\s*", re.I
)
_NOUN = re.compile(r"\b(?:the|an?|my|his|her|its|our|their|this|no|some|any|of|in|for|by|with)$", re.I)
_APPOSED = re.compile(r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w.’'-]*)+), (?:the|an?|then|[A-Z][\w’'-]+[’']s) [^,;:]+$")
_RELATED = re.compile(r"(?:[A-Z][\w’'-]+ )+[A-Z][\w’'-]+,?\s*$")  # the name that 'who' means
_PLACED = re.compile(r"(?:in|on|at|by|to|of|from|for|with|into|after|before|during|under|near)\b", re.I)
_OF = re.compile(r"\s(?:of|in|on|at|by|from|for|with|near|found|about)\s")
_BASE = re.compile(r".*[^sd]$|.*(?:ss|hold|read|find|concede)$")  # a form that goes with several speakers only
_SEVERAL = re.compile(r"\b(?:\w+s|people|men|women|media|police|staff|some|many|most|few|others|and)\b", re.I)
_PRONOUN = re.compile(r"(?:he|she|they|someone|somebody|some|many|others)$", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:it|this|that|these|those)\b|(?:i|we|it|this|these|those|that|which|there|one|nobody|nothing|you|anyone|what|words?)$"
    r"|(?:this|these|our|my|the (?:next|following|previous|present|first|second|third)|tables?|figures?|sections?|"
    r"chapters?|box|step|both|(?:the|this) (?:present )?author)\b"
    r"|.*\b(?:analysis|comparison|findings?|results?|evidence|data|cases?|examples?|figures|numbers|perspective|"
    r"approach|rule|signs?|panel|display|lamp|code|fact|table|experience|history|research|practice|theory|tradition|"
    r"observations?|tests?|trials?|logic|science|reality)$",
    re.IGNORECASE,
)
_SPEAKERS = re.compile(
    r"\b(?:critics?|scholars?|researchers?|experts?|analysts?|observers?|\w+ists?|historians?|authors?|writers?|officials?|"
    r"governments?|ministry|ministries|ministers?|councils?|commissions?|committees?|courts?|boards?|banks?|media|press|"
    r"newspapers?|unions?|part(?:y|ies)|spokes\w+|police|residents?|respondents?|interviewees?|participants?|informants?|"
    r"drivers?|managers?|leaders?|policymakers?|authorit(?:y|ies)|proponents?|opponents?|supporters?|advocates?|"
    r"defenders?|sceptics|skeptics|commentators?|journalists?|reports?|stud(?:y|ies)|articles?|letters?|minutes|records?|"
    r"surveys?|reviews?|presidents?|directors?|societies|companies|company|firms?|workers?|farmers?|"
    r"teachers?|engineers?|doctors?|lawyers?|members?|cadres?|organi[sz]ations?|agenc(?:y|ies)|"
    r"institutes?|sources?|witness(?:es)?|investigation|inquiry|people|women|men)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:minister|president|premier|secretary|chairman|chairwoman|mayor|director|officer|governor|professor|ceo)\b.*?"
    r"(?P<name>[A-Z][\w’-]+ [A-Z][\w’-]+)$",
    re.IGNORECASE,
)
_PAST = frozenset(("thought", "told", "wrote", "put it", "puts it", "found", "held", "said", "shown"))
_ONE = re.compile(r"(?:an?|one|each|every|another|no)\b", re.I)
_LONGEST = 14  # words of a speaker


@dataclass(frozen=True, slots=True)
class Saying:
    """That somebody says something: `speaker` as printed, empty where nobody is named; `own` where it is the author."""

    speaker: str = ""
    own: bool = False


def find_saying(text: str, *, own_names: Collection[str], works: bool) -> Saying | None:
    """Return who is said to say what a sentence holds, or None where nobody is.

    Args:
        text: the sentence, what stands in brackets made blank and QUOTED for each quotation.
        own_names: the words, in small letters, of the names of the document's authors, who are the author.
        works: whether the sentence cites a work: 'the article' is that work then, and else the document.
    """
    if turned := _TURNED.search(text):
        return Saying(_named(turned.group("name")))
    pronoun: Saying | None = None
    for pattern in (_QUOTE, _THAT, _BARE, _DESCRIBES, _BEHIND):
        for match in pattern.finditer(text):
            group = "verb" if match.groupdict().get("verb") else "behind"
            subject = _subject(text[: match.start(group)])
            if subject is None:
                continue
            if _PRONOUN.match(subject):
                pronoun = Saying(_antecedent(text))
            elif _speaks(subject, match, works):
                return Saying(own=True) if _is_own(subject, own_names) else Saying(_named(subject))
    for match in _ACCORDING.finditer(text):
        if (_SPEAKERS.search(match.group("name")) or _capital(match.group("name"))) and not _NOBODY.match(
            match.group("name")
        ):
            return Saying(_named(match.group("name").strip()))
    if _FIRST.search(text):
        return Saying(own=True)
    return pronoun or (Saying() if _HEARSAY.search(text) else None)


def _subject(before: str) -> str | None:
    """What stands before a verb as its subject; None where something keeps it from being said, as 'would' does."""
    stop = len(before)
    while stop > 0:
        bounds = list(_BOUNDARY.finditer(before, 0, stop))
        begin = bounds[-1].end() if bounds else 0
        chunk = before[begin:stop].strip()
        while trailing := _TRAILING.search(chunk):
            chunk = chunk[: trailing.start()]
        if _UNSAID.search(chunk):
            return None
        if _NOUN.search(chunk):
            return None  # 'her claim that'
        subject_in = len(chunk.split()) <= 4 and bool(_SPEAKERS.search(chunk.split()[-1])) if chunk else False
        relative = bool(bounds) and bounds[-1].group() in _RELATIVE and not subject_in
        if (
            bounds
            and not chunk
            and bounds[-1].group() == ","
            and (name := _APPOSED.search(before, 0, bounds[-1].start()))
        ):
            return name.group("name")
        if relative and (name := _RELATED.search(before[: bounds[-1].start()])):
            return name.group().strip()
        if chunk and not relative and not _PLACED.match(chunk):
            return _head(_LEADING.sub("", chunk).strip()) or None
        stop = bounds[-1].start() if bounds else 0
    return None


def _head(subject: str) -> str:
    """What a subject is up to the verb before: 'A study' of 'A study followed pensioners and found that'."""
    match = re.match(r"(.+?)\s+\w+ed\b", subject)
    return match.group(1) if match and _SPEAKERS.search(match.group(1)) else subject


def _speaks(subject: str, match: re.Match[str], works: bool) -> bool:
    if _NOBODY.match(subject) or len(subject.split()) > _LONGEST or not re.match(r"[^\W\d_]", subject):
        return False
    if re.fullmatch(r"the (?:article|chapter|paper|study|survey|report|book)", subject, re.IGNORECASE) and not works:
        return False
    verb = match.groupdict().get("verb") or match.group("behind")
    if _BASE.match(verb) and verb not in _PAST and not (_SEVERAL.search(subject) and not _ONE.match(subject)):
        return False  # 'a Muslim state that'
    head = _OF.split(subject)[0]
    if _NOBODY.match(head) and not re.match(r"(?:[A-Z][\w.-]+ )*[A-Z][\w-]+[’']s\b", head):
        return False
    speaking = match.groupdict().get("speaking") or match.groupdict().get("behind")
    return bool(speaking) or bool(_SPEAKERS.search(head)) or _capital(head)


def _capital(subject: str) -> bool:
    """Say whether a phrase holds a name: a capital that does not just open it."""
    return bool(re.search(r"(?<=[\s-])[A-Z]\w", subject) or re.match(r"[A-Z][\w’-]+$", subject))


def _is_own(subject: str, own_names: Collection[str]) -> bool:
    words = set(re.findall(r"\w+", subject.casefold())) - {"the", "this", "of", "for"}
    return bool(words) and words <= set(own_names)


def _named(subject: str) -> str:
    plain = " ".join(subject.split())
    titled = _TITLED.search(plain)
    return titled.group("name") if titled else plain


def _antecedent(text: str) -> str:
    """The name that a sentence opens with, which a 'he' further on means."""
    match = re.match(r"(?:[A-Z][\w’-]+\s+){1,3}(?=[a-z])", text)
    return match.group().strip() if match and len(match.group().split()) > 1 else ""
