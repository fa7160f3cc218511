"""Together: many messages on their way at once, each an errand that says what it needs next.

All that ask for the same at one point are answered in one call: who their readers are, a turn in
the line of a way, their next versions kept. What one does between two needs, it does alone.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amends.domain.case.case import Case
from amends.domain.people.message import Audience, Way
from amends.domain.people.posting import Posting
from amends.ports.people import StalePosting
from amends.service.people.writing import Post


@dataclass(frozen=True, slots=True)
class Meet:
    """Who reads, and how they are reached: answered with a `Person`."""

    case: Case
    audience: Audience
    to: str | None = None
    """Who of the house, where it is somebody in particular."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn by this way: answered with what waits for it, or None when too many wait."""

    way: Way


@dataclass(frozen=True, slots=True)
class Keep:
    """The next version: answered with it as it was kept; StalePosting is raised at the errand."""

    posting: Posting


Need = Meet | Turn | Keep
Errand = Generator[Need, Any, Posting]


def run(errands: Sequence[Errand], post: Post) -> Sequence[Posting | Exception]:
    """How each of them ended."""
    ends: dict[int, Posting | Exception] = {}
    answers: Mapping[int, object] = dict.fromkeys(range(len(errands)))
    while answers:
        needs: dict[int, Need] = {}
        for place, answer in answers.items():
            errand = errands[place]
            try:
                if isinstance(answer, Exception):
                    needs[place] = errand.throw(answer)
                else:
                    needs[place] = errand.send(answer)
            except StopIteration as end:
                ends[place] = end.value
            except Exception as error:  # noqa: BLE001 - one must not stop the others
                ends[place] = error
        answers = _answers(needs, post)
    return [ends[place] for place in range(len(errands))]


def _answers(needs: Mapping[int, Need], post: Post) -> Mapping[int, object]:
    """What each is answered, in the order of the errands; trouble is for all who asked together."""
    groups: dict[object, dict[int, Any]] = {}
    for place, need in needs.items():
        kind = need.way if isinstance(need, Turn) else type(need)
        groups.setdefault(kind, {})[place] = need
    found: dict[int, object] = {}
    for asked in groups.values():
        try:
            told = _told(list(asked.values()), post)
        except Exception as error:  # noqa: BLE001 - each deals with it as it would alone
            told = [error] * len(asked)
        found |= zip(asked, told, strict=True)
    return {place: found[place] for place in sorted(found)}


def _told(needs: Sequence[Any], post: Post) -> Sequence[object]:
    match needs[0]:
        case Meet():
            return post.directory.people([(one.case, one.audience, one.to) for one in needs])
        case Turn(way=way):
            waits: Sequence[Callable[[], None]] = post.turns(way, len(needs))
            return waits or [None] * len(needs)
        case _:
            kept = post.postings.save_many([one.posting for one in needs])
            return [one or StalePosting("somebody else has just dealt with it") for one in kept]
