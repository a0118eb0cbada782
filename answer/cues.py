"""What the form of a sentence tells of its use in a summary: that it sums up, leans on another, or tells an end."""

import re

from answer.requests import Focus

__all__ = ["ASKS_FOR_END", "DANGLES", "FIRST_PERSON", "LOOSE", "SAYS_OF_WHOLE", "SUMS_UP", "TELLS_END"]

_OWN_TEXT = (
    r"(?:chapter|paper|article|study|section|sub-?section|report|book|essay|analysis|survey|guide|handbook|manual|"
    r"document|text|thesis|part|specification|memo|tutorial|how-?to|vignette|white ?paper)"
)
SUMS_UP = re.compile(
    rf"\b(?:in (?:sum|summary|short|conclusion|brief)|to (?:sum up|conclude)|overall|all in all|taken together|"
    rf"altogether|in (?:this|the present) {_OWN_TEXT}|this {_OWN_TEXT}|"
    r"(?:these|the) (?:examples?|cases?|findings?|results?) (?:shows?|suggests?|illustrates?|indicates?)|"
    r"(?:I|we) (?:argue|show|find|conclude)|(?:argue|conclude)[sd]? that)\b",
    re.IGNORECASE,
)
SAYS_OF_WHOLE = {
    Focus.ALL: re.compile(rf"\bthis {_OWN_TEXT}\b|\b(?:I|we) (?:argue|show)\b|\bin (?:sum|summary|conclusion)\b", re.I),
    Focus.ARGUMENT: re.compile(
        r"\b(?:argue[sd]?|argument|contend(?:s|ed)?|thesis|(?:I|we) (?:shall |will )?(?:show|claim|maintain|suggest)|"
        rf"(?:this|the) {_OWN_TEXT} (?:has )?(?:shows?|showed|shown|claims?|maintains?))\b",
        re.IGNORECASE,
    ),
    Focus.FINDINGS: re.compile(
        r"\b(?:(?:I|we) (?:find|found|show|conclude)|findings?|results? (?:show|suggest|indicate|confirm)|"
        rf"conclude[sd]?|conclusions?|(?:this|the) {_OWN_TEXT} (?:has )?(?:shows?|showed|shown|finds?|found)|"
        r"shows? that|in (?:sum|summary|conclusion)|overall|taken together|for (?:this|that|these|those) reasons?|"
        r"(?:I|we) (?:therefore |thus |hence )?(?:regard|believe|think|judge|prefer|suspect))\b",
        re.IGNORECASE,
    ),
}
FIRST_PERSON = re.compile(r"\b(?:I|we) (?:\w+ )?(?:argue|show|find|conclude|claim|maintain|suggest)\b", re.IGNORECASE)
ASKS_FOR_END = re.compile(
    r"\b(?:fare[sd]?|(?:turn|work|come|came)(?:s|ed)? (?:out|of)|became of|happen(?:s|ed)? (?:to|with)|ends?|ended|"
    r"fate|outcomes?|succeed(?:ed)?|fail(?:s|ed)?)\b",
    re.IGNORECASE,
)
TELLS_END = re.compile(
    r"\b(?:fail(?:s|ed|ure)?|succe\w+|abandon\w*|cease[sd]?|collaps\w+|clos(?:ed|ure)|bankrupt\w*|ended|cancel\w*|"
    r"complet\w+|achiev\w+|eventually|finally|ultimately|in the end|as a result|disappoint\w*|dissol\w+)\b",
    re.IGNORECASE,
)
LOOSE = re.compile(
    r"(?:for (?:example|instance)|e\.g\.|similarly|likewise|also|in addition|besides|moreover|furthermore)\b|"
    r".*\?[’”\"]?\W*$|.*\b(?:(?:see|in|cf\.) (?:Table|Figure|Chapter|Section)|(?:Table|Figure) [\d.]+ \w+s)\b",
    re.IGNORECASE | re.DOTALL,
)
# What stands for something in the sentence before. 'It is clear that' and 'this chapter' do not.
DANGLES = re.compile(
    r"(?:(?:However|But|And|Yet|Or|So|Still|Thus|Hence|Therefore|Moreover|Furthermore|Nevertheless|Nonetheless|Instead|"
    r"Similarly|Likewise|Consequently|Then|Also|For (?:example|instance)|In addition|In other words|By contrast|"
    r"In contrast|On the other hand|As a result),? )?"
    r"(?:It(?!,? (?:is|was|has been|may be|seems|appears|follows|remains)\b[^.;]{0,40}? (?:that|to|whether|why|how)\b)"
    rf"|Th(?:is|ese)(?! (?:present )?{_OWN_TEXT}s?\b)|Its|They|Their|Them|He|His|She|Her|Those|Such|Here|That|"
    r"The (?:former|latter|same|two|other|others|second|third)|Another|Others)\b",
    re.IGNORECASE,
)
