"""The closed lists that describe authorities (records.md, "Authority"). Values stand in files: don’t rename them."""

from __future__ import annotations

import re

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Kind(TextChoices):
    """What kind of organisation an authority is."""

    MUNICIPALITY = "municipality", _("Municipality")
    INTER_MUNICIPAL = "inter_municipal", _("Inter-municipal body")
    PROVINCE = "province", _("Province or county")
    REGION = "region", _("Region")
    INSPECTORATE = "inspectorate", _("School inspectorate")
    UNIVERSITY = "university", _("University")
    VET_PROVIDER = "vet_provider", _("VET provider")
    ASSOCIATION = "association", _("Association")
    COMPANY = "company", _("Company")
    EUROREGION = "euroregion", _("Euroregion")


class Urbanisation(TextChoices):
    """Eurostat's degree of urbanisation (DEGURBA): cities, towns and suburbs, rural areas."""

    CITY = "city", pgettext_lazy("degree of urbanisation", "City")
    TOWN = "town", pgettext_lazy("degree of urbanisation", "Town or suburb")
    RURAL = "rural", pgettext_lazy("degree of urbanisation", "Rural area")


class Size(TextChoices):
    """Bands of population (records.md, "Authority")."""

    UNDER_5 = "under_5", _("under 5,000 inhabitants")
    FROM_5 = "5_20", _("5,000 to 20,000 inhabitants")
    FROM_20 = "20_50", _("20,000 to 50,000 inhabitants")
    FROM_50 = "50_100", _("50,000 to 100,000 inhabitants")
    FROM_100 = "100_500", _("100,000 to 500,000 inhabitants")
    FROM_500 = "over_500", _("over 500,000 inhabitants")


# Where an authority may be: the members of the Council of Europe, and Kosovo, which takes part in Erasmus+ as they do.
EUROPE = frozenset((
    "AL", "AD", "AM", "AT", "AZ", "BE", "BA", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "GE", "DE", "GR",
    "HU", "IS", "IE", "IT", "LV", "LI", "LT", "LU", "MT", "MD", "MC", "ME", "NL", "MK", "NO", "PL", "PT", "RO",
    "SM", "RS", "SK", "SI", "ES", "SE", "CH", "TR", "UA", "GB", "XK",
))  # fmt: skip

# The lowest population of each band, the largest first.
BANDS = (
    (500_000, Size.FROM_500),
    (100_000, Size.FROM_100),
    (50_000, Size.FROM_50),
    (20_000, Size.FROM_20),
    (5_000, Size.FROM_5),
    (0, Size.UNDER_5),
)


def size_of(population: int | None) -> Size | None:
    """The band of a population; ``None`` where it is not known."""
    if population is None:
        return None
    return next(band for lowest, band in BANDS if population >= lowest)


# Where the NUTS code begins otherwise than the country's code of ISO 3166 (Eurostat, NUTS 2021).
NUTS_PREFIXES = {"GR": "EL", "GB": "UK"}


def is_nuts_of(nuts: str, country: str) -> bool:
    """Whether ``nuts`` has the form of a NUTS code, of any level, in a country (ISO 3166)."""
    prefix = NUTS_PREFIXES.get(country, country)
    return re.fullmatch(rf"{prefix}[0-9A-Z]{{0,3}}", nuts) is not None
