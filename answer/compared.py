"""Read a question that holds two things against each other: which two, and what is to be asked of each."""

import re
from collections.abc import Callable

from answer.verbs import lemma

__all__ = ["asked_of_each", "asks_for_common", "contrasts", "says_of_both"]

_BE = r"(?:is|are|was|were)"
_DO = r"(?:do|does|did)"
_ONE, _OTHER = (rf"(?P<{name}>(?:the )?(?:[\w’'.-]+ ){{0,6}}?[\w’'.-]+)" for name in ("one", "other"))
_HOW = r"(?:how|in (?:what|which) \w+)"
_AND = rf"{_ONE} (?:and|from|to|with) {_OTHER}"
_DIFFER = re.compile(rf"{_HOW} {_DO} {_AND} (?:differ|compare)\b.*", re.IGNORECASE)
_DIFFERENT = re.compile(rf"{_HOW} {_BE} {_AND} different\b.*", re.IGNORECASE)
_DIFFERENCE = re.compile(rf"what {_BE} the (?:main )?differences? between {_AND}", re.IGNORECASE)
_COMMON = re.compile(
    rf"(?:what|which \w+) {_DO} .+ (?:have in common|share)\b|{_HOW} {_BE} .+ (?:alike|similar)\b", re.IGNORECASE
)
_WHICH = rf"(?:which|who|what)(?: of (?:the )?(?:two|these|them))?(?: (?P<noun>(?!{_BE}\b)[\w’'-]+))?"
_OR = rf", {_ONE} or {_OTHER}"
_IS_MORE = re.compile(rf"{_WHICH} (?P<be>{_BE}) (?:the )?(?P<more>\w+er|(?:more|less) \w+){_OR}", re.IGNORECASE)
_DOES_MORE = re.compile(
    rf"{_WHICH} (?P<verb>(?!(?:{_BE}|in|into|to|at|on|for|up|out)\b)[\w’'-]+(?: [\w’'-]+){{0,2}}?) "
    rf"(?P<more>more|less|fewer|longer|earlier|later|first|last|"
    rf"further|farther|faster|better|worse|most|least|longest)(?P<of>(?: (?!or\b)[\w’'-]+){{0,4}}?){_OR}",
    re.IGNORECASE,
)
_ASKED = {
    **dict.fromkeys(("earlier", "later", "first", "last"), "When"),
    **dict.fromkeys(("longer", "longest"), "How long"),
    **dict.fromkeys(("further", "farther"), "How far"),
    **dict.fromkeys(("better", "worse"), "How well"),
    "faster": "How fast",
}
_IRREGULAR = {"better": "good", "worse": "bad", "further": "far", "farther": "far", "elder": "old"}
_SILENT_E = frozenset(
    "larg wid clos saf simpl lat wis rar pur strang nic fin brav dens huge sever gentl nobl rip tam".split()
)
# 'that of June', 'the one in June': it stands for a noun of the other thing.
_STANDS_IN = re.compile(r"(?:that|(?:the )?ones?|those)(?= (?:of|in|at|on|from|by|for)\b)", re.IGNORECASE)
_PREPOSITION = re.compile(r" (?:of|in|at|on|from|by|for|to|with|than)\b")
_HEAD = re.compile(r"(?:the |an? )?(\w[\w’'-]*) (?:of|in|at|on|from|by|for)\b")
_CONTRASTS = re.compile(r"\d|\b(?:while|whereas|where|than|against|both|neither|but)\b")
_OF_BOTH = re.compile(r"(?<!not )\b(?:both|neither|alike|the same|similar(?:ly)?|shared?|in common|likewise)\b", re.I)


def asked_of_each(question: str) -> tuple[tuple[str, str], ...]:
    """Return for each of the two things that a question compares what is to be asked, and the thing; none for others.

    'Which took longer, the strike or the trial?' asks how long the strike took, and how long the trial took.
    """
    asked = re.sub(r"\s+", " ", question).strip().rstrip("?!. ")
    if held := _DIFFERENCE.fullmatch(asked):
        return _each(held, lambda thing: f"What is {thing}?")
    if held := _DIFFER.fullmatch(asked) or _DIFFERENT.fullmatch(asked):
        before, behind = asked[: held.start("one")], asked[held.end("other") :]
        return _each(held, lambda thing: f"{before}{thing}{behind}?")
    if held := _IS_MORE.fullmatch(asked):
        adjective, be = _base(held["more"]), held["be"]
        return _each(held, lambda thing: f"How {adjective} {be} {thing}?")
    if held := _DOES_MORE.fullmatch(asked):
        how, of, verb = _ASKED.get(held["more"].lower(), "How much"), held["of"], held["verb"]
        if how == "How much" and of and not _PREPOSITION.match(of):
            how, of = f"How many{of}", ""
        word, _, particle = verb.partition(" ")
        return _each(held, lambda thing: f"{how} did {thing} {lemma(word)}{' ' * bool(particle)}{particle}{of}?")
    return ()


def asks_for_common(question: str) -> bool:
    """Say whether a question asks what two things share."""
    return bool(_COMMON.match(question.strip()))


def says_of_both(text: str) -> bool:
    """Say whether a sentence says that something holds of two things."""
    return bool(_OF_BOTH.search(text))


def contrasts(text: str) -> bool:
    """Say whether a sentence that names two things may tell them apart."""
    return bool(_CONTRASTS.search(text))


def _each(held: re.Match[str], ask: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    one, other = held["one"], held["other"]
    head = _HEAD.match(other if _STANDS_IN.match(one) else one)
    noun = held.groupdict().get("noun") or (head[1] if head else "")
    things = [_STANDS_IN.sub(f"the {noun}", thing, count=1) if noun else thing for thing in (one, other)]
    return tuple((ask(thing), thing) for thing in things)


def _base(comparative: str) -> str:
    """'large' of 'larger', 'hot' of 'hotter', 'busy' of 'busier', 'costly' of 'more costly'."""
    *more, word = comparative.lower().split()
    if more or word in _IRREGULAR:
        return _IRREGULAR.get(word, word)
    stem = word.removesuffix("er")
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ls":
        return stem[:-1]
    return f"{stem}e" if stem in _SILENT_E else stem
