"""Checksums: the published check-digit rules of parcel numbers, on normalised text."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUE_37_36 = {character: value for value, character in enumerate(_ALPHABET)}
_VALUE_MOD_10 = {
    character: int(character) if character.isdigit() else (ord(character) - 3) % 10
    for character in _ALPHABET
}
_S10_DIGITS = "50987654321"  # 11 minus the rest, with 10 written 0 and 11 written 5
_ZERO = ord("0")


def mod_10(serial: str, even: int, odd: int) -> str:
    """The check digit with `even` and `odd` as weights of positions counted from 0 at the left.

    Letters count as in UPS numbers; the products' digits are not added up (unlike `luhn`).
    """
    if serial.isdigit():
        total = even * digit_sum(serial[::2]) + odd * digit_sum(serial[1::2])
    else:
        values = [_VALUE_MOD_10[character] for character in serial]
        total = even * sum(values[::2]) + odd * sum(values[1::2])
    return str(-total % 10)


def luhn(serial: str) -> str:
    """The check digit of ISO/IEC 7812-1: every second digit from the right is doubled."""
    total = digit_sum(serial[-2::-2])
    for digit in serial[::-2]:
        doubled = 2 * int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def mod_7(serial: str) -> str:
    """The serial as one number, modulo 7 (air waybills)."""
    return str(int(serial) % 7)


def weighted_11(serial: str, weights: tuple[int, ...]) -> str:
    """The weighted sum modulo 11, and 10 written as 0 (FedEx)."""
    total = sum(int(digit) * weight for digit, weight in zip(serial, weights, strict=True))
    return str(total % 11 % 10)


def mod_37_36(serial: str) -> str:
    """The check character of ISO 7064 MOD 37,36 over digits and letters (DPD)."""
    rest = 36
    for character in serial:
        rest += _VALUE_37_36[character]
        if rest > 36:
            rest -= 36
        rest *= 2
        if rest > 36:
            rest -= 37
    return _ALPHABET[(37 - rest) % 36]


def s10(serial: str) -> str:
    """The check digit of eight digits by UPU standard S10 (weights 8 6 4 2 3 5 9 7)."""
    a, b, c, d, e, f, g, h = serial.encode()
    # Written out, for it is asked for every correction of every number; 44 weights of an ASCII 0.
    total = 8 * a + 6 * b + 4 * c + 2 * d + 3 * e + 5 * f + 9 * g + 7 * h - 44 * _ZERO
    return _S10_DIGITS[total % 11]


def digit_sum(digits: str) -> int:
    """The sum of decimal digits."""
    return sum(digits.encode()) - _ZERO * len(digits)
