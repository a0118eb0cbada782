"""Countries and what is theirs: 'the Finnish register' is that of Finland."""

from functools import lru_cache

from index.terms import analyze

__all__ = ["same_land"]

# A country and its adjective, which also names its people. Left out are names that mean other things, too ('Polish').
_LANDS = (
    "Afghanistan Afghan, Africa African, Albania Albanian, Algeria Algerian, America American, Argentina Argentine, "
    "Armenia Armenian, Asia Asian, Australia Australian, Austria Austrian, Bangladesh Bangladeshi, Belgium Belgian, "
    "Bolivia Bolivian, Brazil Brazilian, Britain British, Bulgaria Bulgarian, Burma Burmese, Cambodia Cambodian, "
    "Cameroon Cameroonian, Canada Canadian, Catalonia Catalan, Chile Chilean, China Chinese, Colombia Colombian, "
    "Croatia Croatian, Cuba Cuban, Cyprus Cypriot, Denmark Danish, Ecuador Ecuadorian, Egypt Egyptian, "
    "England English, Estonia Estonian, Ethiopia Ethiopian, Europe European, Finland Finnish, Flanders Flemish, "
    "France French, Germany German, Ghana Ghanaian, Greece Greek, Guatemala Guatemalan, Haiti Haitian, "
    "Hungary Hungarian, Iceland Icelandic, India Indian, Indonesia Indonesian, Iran Iranian, Iraq Iraqi, "
    "Ireland Irish, Israel Israeli, Italy Italian, Jamaica Jamaican, Japan Japanese, Jordan Jordanian, Kenya Kenyan, "
    "Korea Korean, Laos Laotian, Latvia Latvian, Lebanon Lebanese, Libya Libyan, Lithuania Lithuanian, "
    "Malaysia Malaysian, Mali Malian, Malta Maltese, Mexico Mexican, Moldova Moldovan, Mongolia Mongolian, "
    "Morocco Moroccan, Mozambique Mozambican, Nepal Nepalese, Netherlands Dutch, Nicaragua Nicaraguan, "
    "Nigeria Nigerian, Norway Norwegian, Pakistan Pakistani, Palestine Palestinian, Peru Peruvian, "
    "Philippines Filipino, Portugal Portuguese, Prussia Prussian, Romania Romanian, Russia Russian, Rwanda Rwandan, "
    "Scotland Scottish, Senegal Senegalese, Serbia Serbian, Slovakia Slovak, Slovenia Slovenian, Somalia Somali, "
    "Spain Spanish, Sudan Sudanese, Sweden Swedish, Switzerland Swiss, Syria Syrian, Taiwan Taiwanese, "
    "Tanzania Tanzanian, Thailand Thai, Tibet Tibetan, Tunisia Tunisian, Turkey Turkish, Uganda Ugandan, "
    "Ukraine Ukrainian, Uruguay Uruguayan, Venezuela Venezuelan, Vietnam Vietnamese, Wales Welsh, Yemen Yemeni, "
    "Zambia Zambian, Zimbabwe Zimbabwean"
)


def same_land(term: str) -> frozenset[str]:
    """Return the terms that are said of the same country as one: of 'finnish' that of 'Finland', and the other way."""
    return _table().get(term, frozenset())


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for pair in _LANDS.split(", "):
        land, people = (analyze(word)[0] for word in pair.split())
        if land != people:
            found[land] = found.get(land, frozenset()) | {people}
            found[people] = found.get(people, frozenset()) | {land}
    return found
