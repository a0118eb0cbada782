"""Works of every type that the citation styles are tested with."""

from core.citing.styles import Style
from core.records import Document, Publication

APA, CHICAGO, CHICAGO_17, MLA, BIBTEX = Style


def work(title, authors=(), date="", **publication):
    return Document(
        "doc", title, tuple(authors), "f.txt", "", (), (), (), "ab12cd34ef", date, Publication(**publication)
    )


CHAPTER = work(
    "China—A Rising Tech Power? National Ambitions and Local Realities",
    ["Genia Kostka"],
    "2023",
    type="chapter",
    container="The Oxford Handbook",
    editors=("Andreas Fulda", "Jo Smith"),
    publisher="Routledge",
    place="London",
    pages="104-125",
    doi="doi:10.4324/97",
)
ARTICLE = work(
    "Deep Learning",
    ["LeCun, Yann", "Bengio, Yoshua", "Hinton, Geoffrey"],
    "2015",
    type="article",
    container="Nature",
    volume="521",
    issue="7553",
    pages="436--444",
    doi="https://doi.org/10.1038/nature14539",
)
BOOK = work("Silent Spring", ["Rachel Carson"], "1962", type="book", publisher="Houghton Mifflin", place="Boston")
REPORT = work(
    "World Health Report",
    ["World Health Organization"],
    "2020",
    type="report",
    publisher="World Health Organization",
    place="Geneva",
    url="https://who.int/whr",
)
THESIS = work("On Things", ["Jane Doe"], "2019", type="thesis", publisher="University of Oxford")
PAGE = work(
    "What Is AI?", ["Jane Doe"], "2021-05-03", type="webpage", container="AI Site", url="https://example.org/ai"
)
UNKNOWN = work("A Lost Paper: Found", ["Jane Doe"])
NAMELESS = work("Who Knows?", (), "1999")
