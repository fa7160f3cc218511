"""The digest: reports to one reader that fall due together are told in one message."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from amends.domain.case.case import Case, Recorded
from amends.domain.case.informing import tells_claimant
from amends.domain.occasion import Occasion
from amends.domain.people.message import Rendered
from amends.domain.people.phrases import STAGES
from amends.domain.people.posting import Posting, PostingState
from amends.domain.people.timing import BATCH_WITHIN, CADENCE
from amends.ports import Histories
from amends.ports.people import StalePosting
from amends.service.people import wordings as w
from amends.service.people.outbox import intents
from amends.service.people.readers import Person
from amends.service.people.templates import template_of
from amends.service.people.writing import Post

REPORT = "progress_report"


def is_overtaken(history: Sequence[Recorded], posting: Posting) -> bool:
    """Whether a report says nothing any more: something newer is told, or the case moved on.

    So does whatever would go out a second time: a question that was answered is not asked again.
    """
    is_again = posting.course.is_dispensable and posting.is_unclear
    is_first = posting.message.code == REPORT and not posting.course.attempts
    if not (is_again or is_first):
        return False
    version = int(posting.message.occasion)
    later = [one for one in intents(history) if one.recorded.version > version]
    return any(one.message.recipient == "reporter" for one in later) or any(
        tells_claimant(recorded.event) for recorded in history if recorded.version > version
    )


def gathered(
    store: Histories, posting: Posting, person: Person, post: Post, occasion: Occasion
) -> Rendered | None:
    """One message for all reports that this reader is due soon; None when there is but one.

    The others end here before it is sent: whoever dies in between has told one report too few, of
    a kind that comes again, and never one twice.
    """
    if posting.message.code != REPORT or posting.reader is None:
        return None
    until = occasion.at + BATCH_WITHIN
    others = [
        found
        for case_id, key in post.postings.of_reader(posting.reader, until=until)
        if key != posting.message.key and (found := post.postings.get(case_id, key)) is not None
    ]
    cases = [store.load(posting.message.case_id)]
    for other in others:
        if other.state is not PostingState.WAITING or other.course.attempts:
            continue
        try:
            post.postings.save(other.ended(PostingState.DIGESTED))
        except StalePosting:
            continue
        case = store.load(other.message.case_id)
        if case.is_open and case.id not in {one.id for one in cases}:
            cases.append(case)
    return _digest(cases, person, post, occasion) if len(cases) > 1 else None


def _digest(cases: Sequence[Case], person: Person, post: Post, occasion: Occasion) -> Rendered:
    language = person.reader.language
    soonest = min(CADENCE[case.stage] or timedelta(days=7) for case in cases)
    lines = [
        w.STANDS_AT[language].format(
            number=case.report.shipment.tracking_number
            if case.report.shipment.is_numbered
            else case.id,
            stage=STAGES[language][case.stage],
        )
        for case in cases
    ]
    return post.renderer.render(
        template_of("progress_digest"),
        {
            "count": len(cases),
            "lines": lines,
            "next_report_on": (occasion.at + soonest)
            .astimezone(ZoneInfo(person.reader.zone))
            .date(),
            "cases_link": post.links(cases[0]).cases,
        },
        person.reader,
    )
