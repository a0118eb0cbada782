"""Files in other encodings than UTF-8, without a word on which: their text to the letter."""

import pytest

from core.errors import InputError
from ingest.loaders import load
from ingest.text import decode
from tests.unit.markup_samples import read

POLISH = (
    "Polska gospodarka w ostatnich latach rozwijała się szybciej niż większość krajów europejskich. "
    "Rząd ogłosił, że będzie wspierał przedsiębiorców."
)
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy a děti byly šťastné, že mohou jít domů."
SWEDISH = "Det är många som tror att vägen går över ån, men så är det inte på Öland."


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "中国的产业政策在过去十年中发生了很大的变化，地方政府设立了引导基金。"),
        ("gb18030", "The policy (中国的产业政策) was made by the State Council (国务院) in 2015."),
        ("big5", "中國的產業政策在過去十年中發生了很大的變化，地方政府設立了引導基金。"),
        ("shift_jis", "日本の産業政策はこの十年で大きく変わりました。"),
        ("koi8-r", "Привет, это обычный русский текст о прудах и плотинах в городе."),
        ("cp1251", "Привет, это обычный русский текст о прудах и плотинах в городе."),
        ("iso8859-2", POLISH),
        ("cp1250", POLISH),
        ("iso8859-2", CZECH),
        ("cp1252", SWEDISH),
        ("cp1252", "It’s said that the pond – an old one – cost £400."),
        ("cp1252", "The pond was drained in 1820 because of the dam. " * 40 + "It’s over."),
        ("utf-16-le", "The pond was drained in 1820, as Müller says."),
        ("utf-16-be", "The pond was drained in 1820, as Müller says."),
    ],
)
def test_an_encoding_that_nothing_names_is_found(encoding, text):
    assert decode(text.encode(encoding), "a.txt") == text
    assert read(f"<p>{text}</p>".encode(encoding), "a.html")[1].text == text.strip()


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_an_encoding_that_was_guessed_is_told_and_one_that_is_known_is_not(name):
    (said,) = load(f"{SWEDISH}\n".encode("cp1252"), name).warnings
    assert said.startswith(f"{name} is not in UTF-8 and names no encoding that fits: it was read as cp1252; ")
    for known in (SWEDISH.encode(), SWEDISH.encode("utf-16"), b"All in plain letters."):
        assert load(known, name).warnings == ()
    assert load(f'<meta charset="iso-8859-1"><p>{SWEDISH}'.encode("latin-1"), "a.html").warnings == ()


@pytest.mark.parametrize("before", ["Größe und Höhe, sagt Müller. ", "中国的产业政策", "café "])
def test_a_broken_byte_makes_no_other_encoding_of_utf_8(before):
    assert decode(f"{before} x ".encode() + b"\xe9 and so on.", "a.txt") == f"{before} x \ufffd and so on."


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0\x08\6\0\0\0" + bytes(i * i % 251 for i in range(5000)),
        b"\0" * 5000,
        b"\x7fELF\2\1\1" + b"\0\1\2\3text" * 400,
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_binary_data_are_no_text(data, name):
    with pytest.raises(InputError, match="is not text"):
        load(data, name)
