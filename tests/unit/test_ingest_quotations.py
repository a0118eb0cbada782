"""A citation behind a quotation of several sentences supports them all."""

import pytest

from tests.unit.markup_samples import para, read, word


def supported(doc, raw: str = "Xi 2022") -> str:
    (source,) = [source for source in doc.cited if source.raw.startswith(raw)]
    return doc.text[slice(*source.sentence)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ponds matter. He said: “Carp thrive. Pike do not. Frogs may” (Xi 2022).", "He said: “Carp thrive."),
        ("Ponds matter. ‘Carp thrive. Today’s pike do not’ (Xi 2022: 5).", "‘Carp thrive."),
        ('Ponds matter. "Carp thrive. Pike do not." (Xi 2022) More came.', '"Carp thrive.'),
        ("Ponds matter. „Carp thrive. “Pike” do not.” (see Bell 1999; Xi 2022).", "„Carp thrive."),
        ("Ponds matter. Er sagt: „Carp thrive. Pike do not. Frogs may“ (Xi 2022).", "Er sagt: „Carp thrive."),
        ("Ponds matter. „Carp thrive. “Pike” do not“ (Xi 2022: 5).", "„Carp thrive."),
        ("Ponds matter. »Carp thrive. Pike do not« (Xi 2022).", "»Carp thrive."),
        ("Ponds matter. ‚Carp thrive. Pike do not‘ (Xi 2022).", "‚Carp thrive."),
        # the quotation is of one sentence, or the mark closes none
        ("Ponds matter. Carp thrive. It was a “pike” (Xi 2022).", "It was a"),
        ("Ponds ‘matter’. Carp thrive. So do the anglers’ (Xi 2022).", "So do"),
        ("Ponds matter. Carp thrive, he said (Xi 2022).", "Carp thrive, he"),
        ("Ponds „matter“. Carp thrive. So do the pike“ (Xi 2022).", "So do"),
        # the parentheses begin a sentence, and do not stand behind one
        ("Ponds matter. Fares rose by half. (see Xi 2022) they fell for some.", "(see Xi 2022) they fell"),
        ("Ponds matter. “Fares rose. Carp did.” (see Xi 2022), they fell for some.", "(see Xi 2022), they fell"),
        ("Ponds matter. Fares rose by half. (Xi 2022) They fell.", "(Xi 2022) They fell."),
        # nothing is said in the parentheses' own sentence
        ("Ponds matter. Carp thrive. (Xi 2022)", "Carp thrive."),
    ],
)
def test_a_quotation_is_supported_from_its_first_sentence_on(text, said):
    _, doc = read(f"# Ponds\n\n## Carp\n\n{text}\n", "p.md")
    assert supported(doc).startswith(said)
    assert "Xi 2022" in supported(doc)


QUOTE = "Carp thrive here. Pike do not. Frogs may"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("p.md", f"# Ponds\n\nAs he has it.\n\n> {QUOTE}. (Xi 2022: 5)\n\nSo it is.\n"),
        ("p.html", f"<h1>Ponds</h1><p>As he has it.</p><blockquote><p>{QUOTE} (Xi 2022).</p></blockquote><p>So.</p>"),
        ("p.docx", word(para("As he has it.") + para(f"{QUOTE} (Xi 2022).", style="Quote") + para("So it is."))),
        (
            "p.txt",
            f"Ponds\n\nThere is more to it, as he puts it in his book on ponds:\n\n{QUOTE} (Xi 2022).\n\nSo it is.\n",
        ),
    ],
)
def test_a_block_quotation_is_supported_whole(name, data):
    _, doc = read(data, name)
    assert supported(doc).startswith("Carp thrive here.")


def test_paragraphs_of_one_block_quotation_are_supported_together_and_a_long_one_from_where_it_fits():
    _, doc = read("<blockquote><p>Carp thrive.</p><p>Pike do not. Frogs may (Xi 2022).</p></blockquote>", "p.html")
    assert supported(doc) == "Carp thrive.\n\nPike do not. Frogs may (Xi 2022)."
    words = " ".join(f"Sentence number {i} has six words." for i in range(100))
    _, doc = read(f"<p>“{words} Done” (Xi 2022).</p>", "p.html")
    assert supported(doc).startswith("Sentence number 76 has")
    assert len(supported(doc).split()) <= 150


@pytest.mark.parametrize(
    "text", ["Carp thrive (Bell 1999). Frogs may (Xi 2022).", "- Carp thrive. Frogs may (Xi 2022)."]
)
def test_a_paragraph_behind_a_colon_that_cites_in_its_middle_or_is_an_item_is_no_quotation(text):
    lead = "There are two kinds of them, as everybody knows who has ever seen a pond and what lives in it:"
    _, doc = read(f"Ponds\n\n{lead}\n\n{text}\n\nSo it is.\n", "p.txt")
    assert supported(doc) == "Frogs may (Xi 2022)."


@pytest.mark.parametrize(
    ("lead", "begins"),
    [
        (
            "It is told otherwise, and there is more to it. The town has two aims for its ponds, old and new:",
            "Frogs",
        ),
        ("There are two aims of the town for all of its ponds. As he writes in his well-known book on them:", "Carp"),
    ],
)
def test_a_paragraph_behind_a_colon_is_a_quotation_where_words_of_saying_lead_in_to_it(lead, begins):
    _, doc = read(f"Ponds\n\n{lead}\n\n{QUOTE} (Xi 2022).\n\nSo it is.\n", "p.txt")
    assert supported(doc).startswith(begins)
