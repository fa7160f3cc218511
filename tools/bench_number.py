"""How many tracking numbers one core checks in a second (`make bench-number`)."""

import random
import time

from amends.domain.parcel import checksums
from amends.domain.parcel.number import check

NUMBERS = 100_000
FLOOR = 50_000


def numbers(count: int, *, seed: int = 20261122) -> list[str]:
    """A mix as merchants send it: known and unknown numbers, some mistyped, some spaced."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark, not a secret
    return [_number(chance) for _ in range(count)]


def _number(chance: random.Random) -> str:
    digits = "".join(chance.choices("0123456789", k=34))
    kind = chance.randrange(10)
    if kind <= 2:
        check_digit = checksums.s10(digits[:8]) if kind else digits[8]
        return f"R{chance.choice('ABLR')}{digits[:8]}{check_digit}{chance.choice(('CN', 'GB'))}"
    if kind == 3:
        return f"RA {digits[:4]} {digits[4:8]} {checksums.s10(digits[:8])} DE"
    if kind == 4:
        return f"1Z{digits[:15]}{checksums.mod_10(digits[:15], 1, 2)}"
    if kind == 5:
        return f"94{digits[:19]}{checksums.mod_10('94' + digits[:19], 3, 1)}"
    return digits[: (10, 12, 14, 34)[kind - 6]]


def main() -> None:
    """Print checks a second; exit 1 below the floor."""
    batch = numbers(NUMBERS)
    started = time.process_time()
    known = sum(check(number).valid is True for number in batch)
    rate = NUMBERS / (time.process_time() - started)
    print(f"{rate:,.0f} checks a second on one core, {known / NUMBERS:.0%} known to a format")
    if rate < FLOOR:
        raise SystemExit(f"below the floor of {FLOOR:,}")


if __name__ == "__main__":
    main()
