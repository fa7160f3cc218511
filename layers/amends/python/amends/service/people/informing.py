"""Informing: an event becomes postings and work; what comes back of them is noted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from amends.domain.case.case import Case, Recorded
from amends.domain.case.evolution import replay
from amends.domain.case.talking.work import may_owe, owed
from amends.domain.occasion import Occasion
from amends.domain.people.delivery import Outcome
from amends.domain.people.mail_feedback import MailFeedback
from amends.domain.people.posting import Posting, PostingState
from amends.domain.refusal import NotFound, OutOfOrder
from amends.ports import Histories, Passes, Queue, WorkQueue
from amends.ports.people import Opinions, Postings, StalePosting, Worklist
from amends.service.people.announcing import Herald, announce
from amends.service.people.opinions import note_opinion
from amends.service.people.planning import plan
from amends.service.people.referring import reference
from amends.service.people.writing import Post
from amends.service.sweeping import PAGE, Sweep, put_due

_ATTEMPTS = 5
_COMES_BACK = frozenset({Outcome.BOUNCED, Outcome.REFUSED})
_CERTAIN = frozenset({Outcome.SENT, Outcome.DELIVERED, Outcome.BOUNCED, Outcome.COMPLAINED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Informing:
    """What informing needs: the post, staff's lists, opinions, merchants' herald, and learning."""

    post: Post
    work: Worklist
    opinions: Opinions
    herald: Herald
    queue: Queue
    learn: Callable[[Sequence[Recorded], Occasion], None]
    """Brings figures and corrective actions up to date with a case's history."""


def inform(
    store: Histories, case_id: str, needs: Informing, occasion: Occasion, *, since: int = 0
) -> Sequence[Posting]:
    """Plan what the history calls for, put it to the queue, bring lists and counts up to date.

    Harmless to repeat: a key is planned once. What was planned and never reached the queue is due
    at once, and the sweep brings it.
    """
    history = store.history(case_id)
    planned = plan([history], needs.post, occasion, since=since)
    needs.queue.send_many([reference(one) for one in planned])
    _bring_up_to_date(replay(history), history, needs, occasion, since)
    return planned


def inform_all(
    store: Histories, case_ids: Sequence[str], needs: Informing, occasion: Occasion
) -> Mapping[str, Exception]:
    """The same for the whole history of many cases, planned together; what failed, by case.

    `store` should remember: each case is asked for more than once.
    """
    try:
        histories = [store.history(case_id) for case_id in case_ids]
        planned = plan(histories, needs.post, occasion)
        needs.queue.send_many([reference(one) for one in planned])
    except Exception:  # noqa: BLE001 - one of them fails, or the call: each is tried alone
        return _failures(case_ids, lambda one: inform(store, one, needs, occasion))
    return _failures(case_ids, lambda one: _catch_up(store, one, needs, occasion))


def _catch_up(store: Histories, case_id: str, needs: Informing, occasion: Occasion) -> None:
    _bring_up_to_date(store.load(case_id), store.history(case_id), needs, occasion, 0)


def _failures(case_ids: Sequence[str], act: Callable[[str], object]) -> Mapping[str, Exception]:
    failed: dict[str, Exception] = {}
    for case_id in case_ids:
        try:
            act(case_id)
        except Exception as error:  # noqa: BLE001 - one case must not stop the others
            failed[case_id] = error
    return failed


def _bring_up_to_date(
    case: Case, history: Sequence[Recorded], needs: Informing, occasion: Occasion, since: int
) -> None:
    if may_owe(case):
        list_work(case, needs.work)
    note_opinion(case, history, needs.post.directory.contacts, needs.opinions)
    if case.merchant is not None:
        announce(needs.herald, history, occasion, since=since)
    needs.learn(history, occasion)


def list_work(case: Case, work: Worklist) -> None:
    """Staff's lists as the case now has them."""
    wanted = {item.id: item for item in owed(case)}
    known = {item.id: item for item in work.of_case(case.id)}
    for gone in known.keys() - wanted.keys():
        work.remove(case.id, gone)
    for item_id, item in wanted.items():
        if known.get(item_id) != item:
            work.put(item)


def sweep_postings(postings: Postings, queue: WorkQueue, passes: Passes, occasion: Occasion) -> int:
    """Put to the queue whatever is due: retries, waits that are over, what a stream missed."""
    sweep = Sweep(
        name="messages",
        read=lambda shard, after: postings.due(
            shard=shard, until=occasion.at, limit=PAGE, after=after
        ),
        worded=lambda rows: [{"case_id": case_id, "key": key} for case_id, key in rows],
        queue=queue,
        passes=passes,
    )
    return put_due(sweep, occasion)


def note(postings: Postings, told: MailFeedback, occasion: Occasion) -> Posting | None:
    """What the provider reports: a bounce takes the next way, an address that is none is closed.

    A message that we do not know is somebody else's: it is not ours to act on.
    """
    for address in told.suppress:
        postings.suppress(address, because=told.outcome, at=occasion.at)
    return _revised(
        postings, told.case_id, told.key, lambda one: _noted(one, told.outcome, occasion)
    )


def printed(postings: Postings, case_id: str, key: str, occasion: Occasion) -> Posting:
    """Staff have posted a letter."""

    def posted(posting: Posting) -> Posting:
        if posting.state is PostingState.SENT:
            return posting
        if not posting.is_to_print:
            raise OutOfOrder("this message is not a letter that waits to be printed")
        return posting.came_to(Outcome.SENT, f"by {occasion.by}").ended(PostingState.SENT)

    found = _revised(postings, case_id, key, posted)
    if found is None:
        raise NotFound("there is no such letter")
    return found


def read(postings: Postings, case_id: str, key: str, occasion: Occasion) -> Posting | None:
    """The claimant's app says that a message was read; once is enough."""
    return _revised(postings, case_id, key, lambda one: one.read(occasion.at))


def ask_again(postings: Postings, queue: Queue, case_id: str) -> None:
    """What a reader chose holds for what waits already: each message is looked at anew."""
    waiting = [one for one in postings.of_case(case_id) if one.state is PostingState.WAITING]
    queue.send_many([{"case_id": case_id, "key": one.message.key} for one in waiting])


def _noted(posting: Posting, outcome: Outcome, occasion: Occasion) -> Posting:
    """Later news replaces earlier; an attempt that is known to have arrived stays so."""
    if not posting.course.attempts or posting.outcome is outcome:
        return posting
    if outcome is Outcome.DELIVERED and posting.outcome is Outcome.COMPLAINED:
        return posting
    if posting.outcome not in (Outcome.STARTED, Outcome.UNKNOWN, *_CERTAIN):
        return posting  # the next way is on its way already
    after = posting.came_to(outcome)
    if outcome in _COMES_BACK:
        if posting.state not in (PostingState.WAITING, PostingState.SENT):
            return after
        return replace(after, state=PostingState.WAITING, due_at=occasion.at)
    return after.ended(PostingState.SENT) if posting.state is PostingState.WAITING else after


def _revised(
    postings: Postings, case_id: str, key: str, revise: Callable[[Posting], Posting]
) -> Posting | None:
    for _ in range(_ATTEMPTS):
        posting = postings.get(case_id, key)
        if posting is None:
            return None
        after = revise(posting)
        if after == posting:
            return posting
        try:
            return postings.save(after)
        except StalePosting:
            continue
    raise StalePosting("this message kept changing while we noted what came of it")
