"""Complete a follow-up question from the questions before it."""

import re
from collections.abc import Sequence

from answer.followup.antecedents import Kind, Turn, antecedent, split_sentences
from answer.followup.ellipsis import ask_anew, is_bare
from answer.followup.filling import ORDINAL, fill
from answer.followup.items import Listed, counts_items, put_items
from answer.followup.pronouns import points_out, resolve
from answer.phrases import AUXILIARY, PREPOSITION, WH, is_participle, noun_phrases, says_something, tokens_of
from answer.question import LONGEST_QUESTION
from answer.verbs import is_past
from index.terms import analyze

__all__ = ["complete_question"]

_MEMORY = 8  # questions; what was asked before them is no longer meant
_AIDS = (
    r"(?:ok(?:ay)?|thanks|thank\s+you|right|great|fine|well|hm+|yes|no|interesting|i\s+see|good|sure|sorry|cool|nice)"
)
_AID = re.compile(rf"{_AIDS}\b[,.!;:…\s]*", re.IGNORECASE)
_LINK = re.compile(r"(?:and|but|so|or|also|then)\b,?\s+", re.IGNORECASE)
_ABOUT = re.compile(r"(?:(?:what|how)\s+(?:about|of)|same\s+(?:question\s+)?for)\s+(.+)", re.IGNORECASE | re.DOTALL)
_MORE = re.compile(
    r"(?:please\s+|(?:can|could)\s+you\s+)?(?:tell\s+(?:me|us)|say)(?:\s+something|\s+a\s+(?:bit|little))?\s+more", re.I
)
# What cannot be asked out of nothing: 'Who won?', 'How many failed?', 'Which is the largest?', 'Anyone else?'.
_ELLIPTIC = re.compile(
    r"(?:who|what|when|where|why|how)\s+(?!(?:is|are|was|were|am)\b)[\w’'-]+"
    r"|.+\b(?:has|have|had)\s+the\s+(?:most|fewest|least)|what\s+happened\s+(?:next|then|later|after(?:wards?)?)"
    r"|(?:any|some)(?:one|thing|body|where)\s+(?:else|more)|(?:for|such\s+as)\s+(?:example|what|instance)|like\s+what|why\s+not"
    r"|really|how\s+so|how\s+come|are\s+you\s+sure|explain|elaborate|go\s+on|says\s+who|more",
    re.IGNORECASE | re.DOTALL,
)
_COUNTS_NOTHING = re.compile(
    r"(?:how\s+(?:many|much)|which)\s+(?:[\w’'-]+ed|is|are|was|were|has|have|had|do|does|did|will)\b", re.I
)
_HOW_MUCH = re.compile(r"how\s+much\b", re.IGNORECASE)
# 'the largest' leaves open of what; 'the largest town' does not, nor does 'larger, the mill or the dam'.
_WHICH_IS = re.compile(r"which\s+(?:is|are|was|were)\s+(?P<noun>(?:the|an?)\s.+)", re.IGNORECASE)
_CHOICE = re.compile(r",\s*(?:the\s+|an?\s+)?[\w’' -]+\s+or\s+\w|\bof\s+(?:the|these|those)\s+\w", re.IGNORECASE)
_POINTS_WITHIN = re.compile(rf"(?:that|those|the\s+ones?)\s+(?=(?:{'|'.join(sorted(PREPOSITION))})\b)", re.IGNORECASE)
_BACK = re.compile(r"\b(?:since|by|until|before)\s+then\b|\bthen\s*[?.!]*$|\b(?:do|does|did)\s+so\b", re.I)
_OPENS_CLAUSE = (
    WH | AUXILIARY | frozenset("tell name list give show explain describe compare summarise summarize".split())
)
_HALVES = re.compile(
    rf"(.+?)\s+((?:{'|'.join(sorted(PREPOSITION - {'about', 'of', 'than', 'per'}))})\s+.+)", re.IGNORECASE | re.DOTALL
)
_END = " ?!.…"
_LONGEST_FRAGMENT = 8  # words


def _nothing(question: str) -> Sequence[str]:
    return ()


def complete_question(question: str, history: Sequence[str], listed: Listed = _nothing) -> str:
    """Return the question with what it leaves out, taken from the questions before it.

    'And in Rome?' after 'How many plants did Paris have?' is 'How many plants did Rome have?'. What English has no
    simple way to complete gets the earlier question put before it. A question that stands alone comes back as it is.

    Args:
        question: as asked.
        history: the user's earlier questions, oldest first.
        listed: gives the items of the answer to an earlier question, completed, for 'the second one'; asked only then.
    """
    turns: list[Turn] = []
    for earlier in history[-_MEMORY:]:
        turns.append(_complete(earlier, turns, listed))
    return _complete(question, turns, listed).text


def _complete(question: str, before: Sequence[Turn], listed: Listed) -> Turn:
    turns = [turn for turn in before if _says_something(turn.text)]
    if not turns:
        return Turn(question)
    *lead, last = split_sentences(question) or [""]
    core = _without_opening(last)
    if (
        not core.strip(_END)
        or _AID.fullmatch(core)
        or any(_says_something(sentence) for sentence in lead)
        or not _depends(core)
    ):
        return Turn(question)
    pointed = _pointed(core, turns, listed)
    whole = _in_full(core, pointed, turns)
    if whole is None or _depends(_without_opening(whole.text)):
        said = question.strip() if pointed is None or pointed.text == core else pointed.text
        whole = Turn(_put_before(turns[-1].text.strip(), _begun(said)), pointed.meant if pointed else {})
    return whole if len(whole.text) <= LONGEST_QUESTION else Turn(question)


def _put_before(earlier: str, said: str) -> str:
    """Two questions as one text, so that it can be told where the first ends."""
    both = f"{earlier} {said}"
    return both if len(split_sentences(both)) > len(split_sentences(earlier)) else f"{earlier}? {said}"


def _pointed(core: str, turns: Sequence[Turn], listed: Listed) -> Turn | None:
    """The question with what its pronouns and ordinals stand for; None where one stands for nothing known."""
    named = put_items(core, turns, listed) if counts_items(core) else core
    told = resolve(named, turns) if named else None
    lost = told and _fragment(core) is not None and _fragment(told.text) is None  # 'Before the person who runs Acme?'
    return None if lost else told


def _in_full(core: str, pointed: Turn | None, turns: Sequence[Turn]) -> Turn | None:
    """The question in full; None where that takes more than putting in or replacing a phrase."""
    bare, earlier = core.strip(_END), _begun(_without_opening(split_sentences(turns[-1].text)[-1]))
    if is_bare(bare):
        return _turn(ask_anew(bare, earlier))
    if halves := _word_and_fragment(bare):
        anew = ask_anew(halves[0], earlier)
        return _turn(anew and fill(halves[1], anew))
    if _MORE.fullmatch(bare):
        of = antecedent(Kind.THING, turns) or antecedent(Kind.MANY, turns)
        return _turn(of and f"{_begun(bare)} about {of}.")
    said = _fragment(core)
    if said and (counts_items(said) or pointed is None):  # 'the second one' after 'the first bridge'
        filled = fill(said, earlier) if not counts_items(said) or _orders(earlier) else None
        if filled or pointed is None:
            return _turn(filled)
    if pointed is None or (said := _fragment(pointed.text)) is None:
        return pointed and Turn(_begun(pointed.text), pointed.meant)
    return _turn(fill(said, earlier)) or (Turn(_begun(pointed.text), pointed.meant) if _owned(said) else None)


def _turn(text: str | None) -> Turn | None:
    return Turn(text) if text else None


def _begun(text: str) -> str:
    return text[0].upper() + text[1:]


def _depends(question: str) -> bool:
    """Say whether a sentence leaves out or points at what only the questions before it have."""
    bare = question.strip(_END)
    if is_bare(bare) or _MORE.fullmatch(bare) or _is_elliptic(bare) or _BACK.search(question):
        return True
    said = _fragment(question)
    if said is not None and not _owned(said):
        return True
    return counts_items(question) or points_out(question)


def _is_elliptic(bare: str) -> bool:
    """Say whether a question cannot be asked out of nothing, though nothing in it points back: 'Why so late'."""
    words = tokens_of(bare)
    verbless = bare.lower().startswith(("why ", "when ", "where ")) and not any(
        word.lower() in AUXILIARY or is_participle(word) for word in words
    )
    counts = bool(_COUNTS_NOTHING.match(bare)) and not _counts_something(bare)
    return bool(_ELLIPTIC.fullmatch(bare)) or verbless or counts or _word_and_fragment(bare) is not None


def _counts_something(bare: str) -> bool:
    """Say whether a question says what 'how much' or 'which' is of: 'How much did the toll bring in?'."""
    if any(phrase.named for phrase in noun_phrases(bare)) or _CHOICE.search(bare):
        return True
    if _HOW_MUCH.match(bare):  # a verb alone does not: 'How much was paid?'
        return len([word for word in tokens_of(bare)[2:] if says_something(word)]) > 1
    which = _WHICH_IS.fullmatch(bare)
    head = noun_phrases(f"about {which['noun']}")[:1] if which else ()
    words = [word for word in head[0].nouns.split() if not re.fullmatch(ORDINAL, word)] if head else []
    return len(words) > 1 and words[-1] not in ("one", "ones")


def _word_and_fragment(bare: str) -> tuple[str, str] | None:
    """The two halves of 'how many in 1806'; None for any other question."""
    halves = _HALVES.match(bare)
    if not halves or not is_bare(halves.group(1)):
        return None
    word, fragment = halves.groups()
    found = noun_phrases(fragment)
    covers = bool(found) and found[-1].end == len(fragment)
    return (word, fragment) if covers or re.fullmatch(r"\w+\s+\d[\d,.]*", fragment) else None


def _fragment(core: str) -> str | None:
    """What a question without a verb is about, 'in Leeds' of 'What about in Leeds?'; None for a question with one."""
    bare = core.strip(_END)
    about = _ABOUT.fullmatch(bare)
    said = _POINTS_WITHIN.sub("", about.group(1) if about else bare, count=1)
    words = tokens_of(said)
    if not words or len(words) > _LONGEST_FRAGMENT or any(w.lower() in WH | AUXILIARY for w in words):
        return None
    if about or words[0].lower() in PREPOSITION:
        return said
    if words[0].lower() in _OPENS_CLAUSE:
        return None
    if len(words) == 1 and is_past(words[0]) and core.rstrip().endswith("?"):  # 'And sold?'
        return said
    found = noun_phrases(f"about {said}")
    covers = bool(found) and found[0].start == len("about ") and found[-1].end == len(f"about {said}")
    asked = core.rstrip().endswith("?")
    return said if covers and (found[0].named or asked) else None


def _owned(said: str) -> bool:
    """Say whether a fragment names whose it is, 'Acme’s turnover', and so can be asked of alone."""
    return bool(re.match(r"(?:the\s+)?[^\W\d_].*(?:[’']s|s[’'])\s+\w", said)) and not points_out(said)


def _orders(earlier: str) -> bool:
    """Say whether a question counts what it speaks of, as in 'How long is the first bridge?'."""
    return bool(re.search(r"\bthe\s+(?:first|second|third|fourth|last|\d+(?:st|nd|rd|th))\s+[a-z]", earlier))


def _without_opening(sentence: str) -> str:
    """A sentence without the thanks and the 'and' that join it to the talk, where a question is left.

    'And copper?' is 'What about copper?'.
    """
    core = sentence
    while (aid := _AID.match(core)) and core[aid.end() :].strip(_END):
        core = core[aid.end() :]
    link = _LINK.match(core)
    if not link or not (rest := core[link.end() :]).strip(_END):
        return core
    return f"What about {rest}" if _is_noun_alone(rest) else rest


def _is_noun_alone(rest: str) -> bool:
    """Say whether no verb shows in what follows an 'and': 'And copper?'."""
    words = [word.lower() for word in tokens_of(rest.strip(_END))]
    if not words or words[0] in PREPOSITION | _OPENS_CLAUSE or not rest.rstrip().endswith("?"):
        return False
    return words[0] in ("the", "a", "an") or not any(w in WH | AUXILIARY or is_participle(w) for w in words)


def _says_something(text: str) -> bool:
    """Say whether a text has a word that is more than politeness or a pointer."""
    return bool(analyze(_AID.sub(" ", text)))
