"""Country codes as the channels write them."""

COUNTRIES = {
    "US": ("USA", "United States"),
    "GB": ("GBR", "United Kingdom of Great Britain and Northern Ireland"),
    "CN": ("CHN", "China"),
    "HK": ("HKG", "Hong Kong"),
    "DE": ("DEU", "Germany"),
    "FR": ("FRA", "France"),
    "NL": ("NLD", "Netherlands"),
    "PL": ("POL", "Poland"),
    "PT": ("PRT", "Portugal"),
    "ES": ("ESP", "Spain"),
    "IT": ("ITA", "Italy"),
    "GR": ("GRC", "Greece"),
    "BR": ("BRA", "Brazil"),
    "JP": ("JPN", "Japan"),
    "AU": ("AUS", "Australia"),
    "CA": ("CAN", "Canada"),
}


def alpha3(code: str) -> str | None:
    """ISO 3166-1 alpha-3, for the countries of this small table; None for no country."""
    return COUNTRIES.get(code, (code, code))[0] or None


def country_name(code: str) -> str | None:
    """The English name; the code itself beyond the table; None for no country."""
    return COUNTRIES.get(code, (code, code))[1] or None
