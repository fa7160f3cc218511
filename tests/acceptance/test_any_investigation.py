"""Any command by any role at any time: no impossible state, no lost deadline, always an end."""

import os
from collections.abc import Mapping

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from amends.catalog.questions import asked
from amends.domain.case.evidence import GENERAL
from amends.domain.case.permissions import Action, Group
from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.vocabulary import Milestone
from claim_settle import api as settling
from claim_settle.agreement_desk import live
from claim_settle.staff import investigation, offering
from followup import api as following
from report_intake import api as reporting
from simulators.gateways.book import Fault
from tests.support import any_other_command as other
from tests.support.any_command import KINDS, answers_to, body_of, claimants_body, path_of
from tests.support.anybody import DETAILS, Anybody
from tests.support.investigation_reports import ITEMS, PEOPLE, SHIPMENT
from tracking_poller import api as polling

COMMANDS: Mapping[str, Action] = {
    command.path: command.action
    for command in (*investigation.COMMANDS, *offering.commands(live()))
}
CLAIMANTS = [
    f"/v1/cases/{{case_id}}/{name}"
    for name in (
        *("withdraw", "information", "claim", "appeal", "settlement/receipt"),
        *("offers/{offer_id}/accept", "offers/{offer_id}/refuse"),
    )
]
LINK = "/v1/staff/cases/{case_id}/tasks/{task_id}/link"
OWN_RULES = {
    "/v1/cases",
    "/v1/staff/reports",
    "/v1/staff/tasks/{task_id}/answer",
    "/v1/cases/{case_id}/evidence",
    "/v1/staff/cases/{case_id}/evidence",
    LINK,
    "/v1/tasks/{case_id}/{task_id}/evidence",
    "/v1/tasks/{case_id}/{task_id}/answer",
    "/v1/payouts/webhooks/{rail}",
    "/v1/magic-links",
    "/v1/cases/{case_id}/preferences",
    "/v1/unsubscribe/{token}",
    # what a carrier pushes is read by the same rule as what a poll finds
    "/v1/tracking/webhooks/{channel}",
    "/v1/tracking/webhooks/{channel}/{key}",
}
"""Each has a rule of its own below."""
NO_CASES = {
    "/v1/compensation/quotes",
    "/v1/preflight",
    "/v1/shipments",
    "/v1/shipments/{id}",
    "/v1/shipments/{shipment_id}/evidence",
    "/v1/staff/shipments/{shipment_id}/evidence",
    "/v1/staff/money/rails/{rail}/switch",
    "/v1/staff/money/differences/{id}/settlement",
    "/v1/staff/money/periods",
    "/v1/staff/work/letters/{key}",
    "/v1/cases/{case_id}/messages/read",
    "/v1/webhooks",
    "/v1/webhooks/{endpoint_id}",
    "/v1/webhooks/{endpoint_id}/rotate",
    "/v1/events/{event_id}/resend",
}
"""They change something, but no case."""
SPANS = st.sampled_from([0.02, 1.0, 9.0, 26.0, 24.0 * 8, 24.0 * 40])


def test_every_endpoint_that_changes_something_is_in_the_model_or_changes_no_case() -> None:
    functions = (settling, reporting, following, polling)
    endpoints = (one for function in functions for one in function.router.endpoints)
    changing = {one.path for one in endpoints if one.method != "GET"}
    drawn = {*COMMANDS, *CLAIMANTS, *other.STAFFS, *other.CLAIMANTS, *other.PAGES}

    assert changing == drawn | OWN_RULES | NO_CASES
    assert not drawn & OWN_RULES
    assert not (drawn | OWN_RULES) & NO_CASES


class AnyInvestigation(Anybody):
    """Every command of every endpoint, whatever the case is doing, at whatever time."""

    @rule(span=SPANS)
    def time_passes(self, span: float) -> None:
        self.world.wait(hours=span)

    @rule(milestone=st.sampled_from(list(Milestone)), scans=st.integers(1, 4))
    def the_channels_say(self, milestone: Milestone, scans: int) -> None:
        self.world.read(milestone, scans=scans, found=milestone is not Milestone.NOT_FOUND)

    @rule(path=st.sampled_from(list(COMMANDS)), data=st.data())
    def somebody_commands(self, path: str, data: st.DataObject) -> None:
        asked_of = path_of(self.world, path, data)
        self.commands(COMMANDS[path], asked_of, body_of(self.world, path, data), data)

    @rule(path=st.sampled_from(list(other.STAFFS)), data=st.data())
    def somebody_pays_claims_back_or_talks(self, path: str, data: st.DataObject) -> None:
        asked_of = path_of(self.world, path, data, other.ids_of(self.world))
        self.commands(other.STAFFS[path], asked_of, other.body_of(self.world, path, data), data)

    @rule(path=st.sampled_from(other.CLAIMANTS), data=st.data())
    def the_claimant_talks(self, path: str, data: st.DataObject) -> None:
        asked_of = path_of(self.world, path, data, other.ids_of(self.world))
        status, told = self.claims(asked_of, other.claimants_body(self.world, path, data))
        if path.endswith("/token") and status == 201:
            self.world.tokens[self.first] = told["token"]

    @rule(path=st.sampled_from(list(other.PAGES)), data=st.data())
    def somebody_answers_on_a_page(self, path: str, data: st.DataObject) -> None:
        status, page = self.world.page(*other.page_of(self.world, path, data))
        assert status == 200, (path, page)
        self.world.settle()

    @rule()
    def the_claimant_chooses_and_has_lost_the_token(self) -> None:
        token, path = self.world.tokens[self.first], f"/v1/cases/{self.first}/preferences"
        assert self.world.call("PUT", path, {"ways": ["sms"]}, token=token)[0] == 200
        assert self.world.call("POST", other.unsubscribe_path(self.world))[0] == 200
        lost = {"reference": self.first, "contact": PEOPLE["reporter"]["phone"]}
        assert self.world.call("POST", "/v1/magic-links", lost)[0] == 202
        self.world.people.drain()

    @rule(kind=KINDS, is_staff=st.booleans())
    def somebody_else_reports_it(self, kind: Kind, *, is_staff: bool) -> None:
        body = {
            "incident": {"kind": kind, "details": DETAILS.get(kind, {})},
            "shipment": SHIPMENT,
            "items": ITEMS,
            "reporter": {**PEOPLE["reporter"], "role": "addressee"},
            "channel": "phone",
        }
        who = {"groups": "agent:di"} if is_staff else {}
        path = "/v1/staff/reports" if is_staff else "/v1/cases"
        status, told = self.world.call("POST", path, body, **who)
        assert status in (201, 202), told
        self.world.settle()

    @rule(group=st.sampled_from(Group), data=st.data())
    def somebody_answers_a_task(self, group: Group, data: st.DataObject) -> None:
        if (task := self.task(data)) is None:
            return
        answers = {q.code: data.draw(answers_to(q)) for q in asked(task.role, task.questions)}
        body = {"case_id": self.world.id, "answers": answers}
        path = f"/v1/staff/tasks/{task.id}/answer"
        self.checked(Action.ANSWER_TASK, path, body, f"{group}:x", group)

    @rule(data=st.data(), group=st.sampled_from(Group))
    def somebody_links_a_task(self, data: st.DataObject, group: Group) -> None:
        if (task := self.task(data)) is None:
            return
        path = LINK.format(case_id=self.world.id, task_id=task.id)
        told = self.checked(Action.ISSUE_LINK, path, {}, f"{group}:x", group)
        if "token" in told:
            self.world.links[self.world.id, task.id] = told["token"]

    @rule(data=st.data())
    def an_outside_party_answers(self, data: st.DataObject) -> None:
        if not self.world.links:
            return
        (case_id, task_id), token = data.draw(st.sampled_from(sorted(self.world.links.items())))
        path = f"/v1/tasks/{case_id}/{task_id}"
        tasks = {one.id: one for one in self.world.cases.load(case_id).investigation.tasks}
        task, announced = tasks[task_id], self.world.announced("other")
        status, granted = self.world.call("POST", f"{path}/evidence", announced, token=token)
        assert status in (201, 404, 409, 422), granted
        if status == 201 and granted["upload"]:  # the same picture comes once
            self.world.arrived(granted["upload"]["fields"]["key"])
        body = {q.code: data.draw(answers_to(q)) for q in asked(task.role, task.questions)}
        status, told = self.world.call("POST", f"{path}/answer", {"answers": body}, token=token)
        assert status in (200, 404, 409, 422), told
        self.world.settle()

    @rule(path=st.sampled_from(CLAIMANTS), data=st.data())
    def the_claimant_acts(self, path: str, data: st.DataObject) -> None:
        self.claims(path_of(self.world, path, data), claimants_body(self.world, path, data))

    @rule(kind=st.sampled_from(GENERAL), is_staff=st.booleans())
    def a_document_is_sent(self, kind: str, *, is_staff: bool) -> None:
        case = self.world.case()
        if not case.is_open or kind in {upload.kind for upload in case.uploads}:
            return
        if not is_staff:
            self.world.upload(kind)
            return
        path = f"/v1/staff/cases/{case.id}/evidence"
        granted = self.world.staff("supervisor:anna", path, self.world.announced(kind))
        self.world.arrived(granted["upload"]["fields"]["key"])
        self.world.settle()

    @rule(fault=st.sampled_from(Fault))
    def a_rail_will_fail(self, fault: Fault) -> None:
        for book in (self.world.money.alipay.book, self.world.money.wechat_pay.book):
            book.expect([fault])

    @rule()
    def the_rails_pay(self) -> None:
        self.world.hear()


AnyInvestigation.TestCase.settings = settings(
    max_examples=int(os.environ.get("AMENDS_MODEL_EXAMPLES", "12")),
    stateful_step_count=14,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink one takes many minutes
)
test_any_investigation_ends_and_loses_no_deadline = AnyInvestigation.TestCase
