"""Which of the page's languages are read in a country, besides English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["languages_of"]

# By language the countries, ISO 3166-1, where it is official or what the press is written in.
_COUNTRIES = {
    "am": "ET",
    "ar": "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE",
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PY SV UY VE",
    "fr": "BE BF BI BJ CD CF CG CI CM DJ DZ FR GA GN HT KM LB MA MC MG ML MR NE RW SN TD TG TN",
    "my": "MM",
    "pt": "AO BR CV GW MZ PT ST TL",
    "ru": "BY KG KZ RU",
    "uk": "UA",
}


def languages_of(countries: Iterable[str]) -> list[str]:
    """Give the languages of a page about some countries, English last.

    Parameters
    ----------
    countries
        Codes, ISO 3166-1 alpha-2.

    Examples
    --------
    >>> languages_of(["UA"]), languages_of(["ML", "BF"]), languages_of(["IS"])
    (['uk', 'en'], ['fr', 'en'], ['en'])
    """
    asked = set(countries)
    return [*(lang for lang, codes in _COUNTRIES.items() if asked & {*codes.split()}), "en"]
