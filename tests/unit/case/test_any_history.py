"""What holds after whatever order of decisions, however often each is repeated."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from amends.domain.case import intake
from amends.domain.case.agreement import (
    appealing,
    assessing,
    clocks,
    negotiation,
    offering,
    settlement,
)
from amends.domain.case.case import Case
from amends.domain.case.events import Assessed, Concluded, Event, TrackingRead
from amends.domain.case.evolution import evolve, replay
from amends.domain.case.evolution.waiting import is_owed_to_people
from amends.domain.case.incident import WaitUntil
from amends.domain.case.investigation import concluding, tracing
from amends.domain.case.money import ordering, paying
from amends.domain.case.state.agreement import Option, Part
from amends.domain.case.state.settlement import OfferState, PayoutState
from amends.domain.case.state.talking import NoReply, Voice
from amends.domain.case.talking import aftercare, conversing, work
from amends.domain.case.vocabulary import Finding, Remedy, Role, Stage
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.people.message import Way
from amends.domain.people.survey import Answer
from amends.domain.people.timing import Preferences
from amends.domain.refusal import Refusal
from tests.support.event_samples import SAMPLES, sample
from tests.support.histories import (
    ASSESSED,
    CONCLUDED,
    OFFERED,
    PAID,
    REQUESTED,
    SURVEYED,
    occasion,
    recorded,
)

SPANS = st.sampled_from([timedelta(0), timedelta(minutes=1), timedelta(days=1), timedelta(days=31)])
BEGINNINGS = (
    ("CaseOpened",),
    CONCLUDED,
    ASSESSED,
    OFFERED,
    REQUESTED,
    PAID,
    SURVEYED,
    (*SURVEYED, "CaseClosed"),
)
READER = Preferences(zone=ZoneInfo("Asia/Shanghai"), ways=(Way.EMAIL,))
Decide = Callable[[Case], Sequence[Event]]


class AnyHistory(RuleBasedStateMachine):
    """Every decision, in any order, at any time, each asked twice."""

    @initialize(names=st.sampled_from(BEGINNINGS))
    def begin(self, names: tuple[str, ...]) -> None:
        self.passed = timedelta(0)
        self.history = recorded([SAMPLES[name] for name in names], self.now())
        self.case = replay(self.history)

    def now(self) -> Occasion:
        return occasion(self.passed)

    def decide(self, decision: Decide) -> None:
        """Decide, record, and decide again: the second time brings nothing, or a refusal."""
        before = len(self.history)
        for _ in range(2):
            try:
                events = decision(self.case)
            except Refusal:
                return
            if len(self.history) > before:
                assert events == []
            self.record(events)

    def record(self, events: Sequence[Event], by: str = "test") -> None:
        on = replace(self.now(), by=by)
        for one in recorded(events, on, known=self.case.version):
            self.case = evolve(self.case, one)
            self.history.append(one)

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        self.passed += span

    @rule(scans=st.integers(0, 3), asks_after=SPANS)
    def hear_a_reading(self, scans: int, asks_after: timedelta) -> None:
        ask_again_at = self.now().at + asks_after
        reading = replace(sample(TrackingRead), scans=scans, ask_again_at=ask_again_at)
        self.decide(lambda case: tracing.note_reading(case, reading))

    @rule(kind=st.sampled_from(["stale", "customs_hold"]))
    def see_an_anomaly(self, kind: str) -> None:
        since = self.now().at
        self.decide(lambda case: tracing.note_anomaly(case, kind, since=since, node=None))

    @rule(span=SPANS)
    def wait(self, span: timedelta) -> None:
        verdict = WaitUntil(at=self.now().at + span)
        self.decide(lambda case: tracing.conclude(case, verdict, self.now()))

    @rule(finding=st.sampled_from(Finding))
    def conclude(self, finding: Finding) -> None:
        verdict = replace(sample(Concluded), finding=finding)
        self.decide(lambda case: tracing.conclude(case, verdict, self.now()))

    @rule()
    def settle_the_liability(self) -> None:
        self.decide(assessing.find_liability)
        self.decide(concluding.close_unowed)

    @rule(yuan=st.integers(0, 2))
    def assess(self, yuan: int) -> None:
        owed = replace(sample(Assessed), total=Money.of(yuan, "CNY"))
        self.decide(lambda case: assessing.record_assessment(case, owed))

    @rule()
    def offer(self) -> None:
        self.decide(lambda case: negotiation.make_offer(case, self.now()))

    @rule(rail=st.sampled_from(["bank", "coupon"]))
    def accept(self, rail: str) -> None:
        self.decide(
            lambda case: negotiation.accept_offer(
                case, self.offer_id(), rail=rail, payee="x", occasion=self.now()
            )
        )

    @rule()
    def refuse(self) -> None:
        self.decide(
            lambda case: negotiation.refuse_offer(
                case, self.offer_id(), reason="too_low", counter=None
            )
        )

    @rule(yuan=st.integers(1, 700), remedy=st.sampled_from([None, *Remedy]))
    def refuse_with_a_counter(self, yuan: int, remedy: Remedy | None) -> None:
        counter = Money.of(yuan, "CNY")
        self.decide(
            lambda case: negotiation.refuse_offer(
                case, self.offer_id(), reason="told", counter=counter, remedy=remedy
            )
        )

    @rule(
        yuan=st.integers(1, 700),
        by=st.sampled_from("ab"),
        beside=st.sets(st.sampled_from([Remedy.COUPON, Remedy.SERVICE_EXTENSION])),
    )
    def propose(self, yuan: int, by: str, beside: set[Remedy]) -> None:
        parts = [
            Part(remedy=remedy, amount=Money.of(yuan, "CNY"))
            for remedy in (Remedy.COMPENSATION, *sorted(beside))
        ]
        option = Option(parts=tuple(parts))
        self.try_once(
            lambda case: offering.propose(
                case, [option], because="x", days=30, remedies=(), occasion=self.now()
            ),
            by=f"staff:{by}",
        )

    @rule(accept=st.booleans(), by=st.sampled_from("ab"))
    def answer_the_counter(self, *, accept: bool, by: str) -> None:
        self.try_once(
            lambda case: offering.answer_counter(
                case, accept=accept, because="x", remedies=(), occasion=self.now()
            ),
            by=f"staff:{by}",
        )

    @rule(agreed=st.booleans(), by=st.sampled_from("abc"))
    def sign_the_proposal(self, *, agreed: bool, by: str) -> None:
        proposal = self.case.agreement.proposal
        if proposal is None:
            return
        before = proposal.by
        self.try_once(
            lambda case: (
                offering.approve(case, proposal.offer_id, by=f"staff:{by}", occasion=self.now())
                if agreed
                else offering.decline_approval(case, proposal.offer_id, because="x")
            ),
            by=f"staff:{by}",
        )
        assert not agreed or before != f"staff:{by}" or self.case.agreement.proposal is not None

    @rule()
    def appeal(self) -> None:
        self.decide(lambda case: appealing.appeal(case, role=Role.SENDER, occasion=self.now()))

    @rule(upheld=st.booleans(), by=st.sampled_from("abcd"), yuan=st.integers(0, 2))
    def review(self, *, upheld: bool, by: str, yuan: int) -> None:
        anew = replace(sample(Assessed), total=Money.of(yuan, "CNY"))
        name = f"staff:{by}"
        deciders = self.case.agreement.deciders
        known = len(self.history)
        self.try_once(
            lambda case: (
                appealing.uphold(case, because="x", by=name, finding=None, assessed=anew)
                if upheld
                else appealing.dismiss(case, because="x", by=name, occasion=self.now())
            ),
            by=name,
        )
        assert name not in deciders or len(self.history) == known

    @rule()
    def mind_the_clocks_of_the_agreement(self) -> None:
        if self.case.stage is not Stage.NEGOTIATING:
            return
        for _ in range(10):
            events = clocks.act(self.case, (), self.now())
            self.record(events)
            if not events or self.case.stage is not Stage.NEGOTIATING:
                return
        pytest.fail("the clocks never come to rest")

    def try_once(self, decision: Decide, *, by: str) -> None:
        """A person's decision, which may be refused."""
        try:
            events = decision(self.case)
        except Refusal:
            return
        self.record(events, by=by)

    @rule()
    def sweep_offers(self) -> None:
        self.decide(lambda case: negotiation.expire_offer(case, self.now()))

    @rule()
    def request_the_payout(self) -> None:
        self.decide(lambda case: ordering.request_payout(case, self.now()))

    @rule(which=st.integers(0, 3))
    def try_a_part_again(self, which: int) -> None:
        self.decide(lambda case: ordering.retry(case, self.payout_id(which), self.now()))

    def payout_id(self, which: int) -> str:
        """The newest attempt at one of the parts."""
        parts = list(dict.fromkeys(payout.part for payout in self.case.payouts))
        return self.case.payouts_of(parts[which % len(parts)])[-1].id if parts else "pay_none"

    @rule(remedy=st.sampled_from([Remedy.COUPON, Remedy.SERVICE_EXTENSION]))
    def do_it_by_hand(self, remedy: Remedy) -> None:
        self.decide(lambda case: settlement.do_extra(case, remedy, "by hand"))

    @rule(said=st.sampled_from(["paid", "no", "unknown", "payee", "back"]), which=st.integers(0, 2))
    def hear_from_the_rail(self, said: str, which: int) -> None:
        id_ = self.payout_id(which)
        says: dict[str, Decide] = {
            "paid": lambda case: paying.confirm(case, id_, "BK-1"),
            "no": lambda case: paying.reject(case, id_, "AC04"),
            "unknown": lambda case: paying.leave_unknown(case, id_, "timeout", self.now()),
            "payee": lambda case: paying.await_payee(case, id_, self.now()),
            "back": lambda case: paying.note_return(case, id_, "AC06"),
        }
        self.decide(says[said])

    @rule()
    def plan_the_survey(self) -> None:
        self.decide(
            lambda case: aftercare.plan_survey(case, after=timedelta(days=3), occasion=self.now())
        )

    @rule()
    def send_the_survey(self) -> None:
        self.decide(lambda case: aftercare.survey_sent(case, self.now()))

    @rule(score=st.integers(1, 5), resolved=st.booleans())
    def answer(self, *, score: int, resolved: bool) -> None:
        self.decide(
            lambda case: aftercare.give_feedback(
                case, Answer(score=score, resolved=resolved), READER, self.now()
            )
        )

    @rule(who=st.sampled_from(Voice), word=st.sampled_from("ab"), internal=st.booleans())
    def write(self, who: Voice, word: str, *, internal: bool) -> None:
        self.decide(
            lambda case: conversing.post(
                case, f"msg_{word}", who, channel="web", is_internal=internal
            )
        )

    @rule(because=st.sampled_from(NoReply))
    def set_aside(self, because: NoReply) -> None:
        self.decide(lambda case: conversing.set_aside(case, because))

    @rule(reached=st.booleans())
    def call(self, *, reached: bool) -> None:
        calls = self.case.talking.calls
        if calls and not calls[-1].is_over:
            made = conversing.record_call(
                self.case,
                calls[-1].id,
                reached=reached,
                commented=False,
                preferences=READER,
                occasion=self.now(),
            )
            self.record(made)

    @rule()
    def sweep_the_conversation(self) -> None:
        self.decide(lambda case: conversing.overdue(case, self.now()))

    @rule()
    def sweep_silence(self) -> None:
        self.decide(lambda case: aftercare.close(case, self.now()))

    @rule()
    def withdraw(self) -> None:
        self.decide(lambda case: intake.withdraw(case, "it has arrived"))

    def offer_id(self) -> str:
        return self.case.offers[-1].id if self.case.offers else "ofr_none"

    @invariant()
    def an_open_case_is_due_at_some_time_and_a_closed_one_while_it_owes_people(self) -> None:
        owes = bool(work.owed(self.case))
        assert (self.case.due_at is not None) is (self.case.is_open or owes)
        assert self.case.is_open or all(is_owed_to_people(name) for name in self.case.waits)
        assert self.case.late.keys() <= self.case.waits.keys()

    @invariant()
    def the_version_counts_the_events(self) -> None:
        assert self.case.version == len(self.history)

    @invariant()
    def the_history_tells_it_all(self) -> None:
        assert replay(self.history) == self.case

    @invariant()
    def of_each_part_at_most_one_payout_can_have_paid_and_each_has_its_own_key(self) -> None:
        payouts, over = self.case.payouts, (PayoutState.REJECTED, PayoutState.RETURNED)
        underway = [payout.part for payout in payouts if payout.state not in over]
        assert len(underway) == len(set(underway))
        assert len({payout.key for payout in payouts}) == len(payouts)
        offered = {offer.amount for offer in self.case.offers}
        promised = {extra.part.remedy: extra.part.amount for extra in self.case.agreement.extras}
        for payout in payouts:
            assert payout.amount in (offered if payout.part is None else {promised[payout.part]})

    @invariant()
    def the_case_settles_until_all_that_was_agreed_is_done(self) -> None:
        if self.case.is_paid and not self.case.is_fulfilled:
            assert self.case.stage is Stage.SETTLING

    @invariant()
    def at_most_one_offer_can_be_accepted(self) -> None:
        states = [offer.state for offer in self.case.offers]
        assert states.count(OfferState.OPEN) + states.count(OfferState.ACCEPTED) <= 1

    @invariant()
    def a_closed_case_has_an_outcome_and_an_open_one_none(self) -> None:
        assert (self.case.outcome is None) is self.case.is_open
        assert self.case.is_open or self.case.open_offer is None


AnyHistory.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
test_any_history_keeps_what_a_case_promises = AnyHistory.TestCase
