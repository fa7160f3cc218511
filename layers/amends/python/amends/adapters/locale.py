"""Locale: dates, numbers and money as each language writes them, by Babel."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from amends.domain.money import XDR, Money


class BabelFormats:
    """Forms after the Unicode CLDR; Babel is imported at the first use, for it is heavy."""

    def day(self, value: date, language: str) -> str:
        """A date in full, such as `20 November 2026` or `2026年11月20日`."""
        from babel.dates import format_date

        return format_date(value, format="long", locale=_locale(language))

    def moment(self, value: datetime, language: str, zone: str) -> str:
        """A date and time in the reader's zone, followed by its offset, such as `GMT+08:00`."""
        from babel.dates import format_datetime, get_timezone_gmt

        local = value.astimezone(ZoneInfo(zone))
        locale = _locale(language)
        written = format_datetime(local, _PATTERN[locale], locale=locale)
        return f"{written} ({get_timezone_gmt(local, width='long', locale=locale)})"

    def count(self, value: int, language: str) -> str:
        """A whole number with the language's separators."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=_locale(language))

    def money(self, value: Money, language: str) -> str:
        """An amount with its currency's sign or code; special drawing rights keep every digit."""
        from babel.numbers import format_currency

        if value.currency == XDR:
            return str(value)
        return format_currency(value.amount, value.currency, locale=_locale(language))


_PATTERN = {"en_GB": "d MMMM y, HH:mm", "zh_Hans_CN": "y年M月d日 HH:mm"}


def _locale(language: str) -> str:
    return {"en": "en_GB", "zh-CN": "zh_Hans_CN"}[language]
