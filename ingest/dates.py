"""Read the date that a title page prints, and know those that programs write into files unasked."""

import re
from datetime import date

__all__ = ["NO_DATES", "before_date", "imprint_year", "printed_date"]

# What the template of python-docx says of its making, what reportlab writes when told to write nothing that changes,
# and the beginning of the clock.
NO_DATES = re.compile(r"(?:D:)?(?:2013-12-23T23:15:00|20000101000000|1970-?01-?01T?00:?00:?00)")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})"
_DATE = tuple(
    re.compile(rf"(?<![\w.–-])(?:{form})[.)]?$", re.IGNORECASE)
    for form in (
        rf"(?:{_DAY}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)(?:-(?P<day>\d\d))?",
        rf"{_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        _YEAR,
    )
)
_SAID = re.compile(
    r"(?:\b(?:published|issued|released|updated|revised|dated?)(?:\s+(?:on|in))?:?|©|\(c\))\s*$", re.IGNORECASE
)
_SET_OFF = re.compile(r"[,;:·|–—(]\s*$")
_BY = re.compile(r"by\s", re.IGNORECASE)
_RIGHTS = re.compile(rf"(?:©|\(c\)|\bcopyright)\s*(?:©\s*)?{_YEAR}\b", re.IGNORECASE)
# 'Pond Studies, Vol. 12, No. 3 (2009)', 'Pond Studies 38 (2009) 1–12', 'Pond Studies, 197, March 2009, pp. 1–20'
_ISSUE = re.compile(
    rf"\b(?:vol(?:ume)?|no|issue|nr|bd)\b\.?\s*\d.*?\b{_YEAR}\b|\d\s*\({_YEAR.replace('year', 'of')}\)\s*[:,]?\s*\d"
    rf"|\b{_YEAR.replace('year', 'pp')}\b[,:;]?\s*pp?\.\s*\d",
    re.IGNORECASE,
)
# Days of which a title page may tell that are not the text's own.
_OTHER = re.compile(r"\b(?:access|retriev|download|receiv|submit|accept|born|print)", re.IGNORECASE)


def printed_date(line: str) -> str:
    """Return the year or ISO date that a line of a title page gives, in English or in figures; or nothing.

    The date stands alone, is said to be one ('Published in 2019'), or has a month and stands behind a mark of
    punctuation ('Edition 4, March 2022') or names ('By Anna Bell 3 May 2019').
    """
    match = _date_in(line)
    if not match or _OTHER.search(line):
        return ""
    before, said = line.strip()[: match.start()], match.groupdict()
    month = (said.get("month") or "").lower()
    if (
        before.strip("([")
        and not _SAID.search(before)
        and not (month and (_SET_OFF.search(before) or _BY.match(before)))
    ):
        return ""
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1 if month else 0
    day = int(said.get("day") or 0)
    try:
        date(int(said["year"]), number or 1, day or 1)
    except ValueError:
        return said["year"]
    return "-".join([said["year"], *(f"{part:02}" for part in (number, day) if part)])


def imprint_year(line: str) -> str:
    """Return the year in which a running header or footer says that a text came out; or nothing.

    It is that of a copyright line, or of a journal's volume, issue or pages.
    """
    match = _RIGHTS.search(line) or _ISSUE.search(line)
    return next(filter(None, match.groupdict().values()), "") if match else ""


def before_date(line: str) -> str:
    """Return what stands on a line before the date at its end, without the mark between; all where there is none."""
    match = _date_in(line)
    return line.strip()[: match.start()].rstrip(" ,;:·|–—(") if match else line


def _date_in(line: str) -> re.Match[str] | None:
    return next(filter(None, (form.search(line.strip()) for form in _DATE)), None)
