"""Corrective actions over HTTP: raised, taken on, done, verified with their effect; lessons."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from amends.domain.case.permissions import Action
from amends.domain.case.state.liability import ActionKind
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Invalid, NotFound
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.jsonable import to_jsonable
from amends.web.paging import one_of, page_of, text_of
from amends.web.router import Endpoint
from amends.web.staff import staff, staffs_case
from followup.counter import Counter

if TYPE_CHECKING:
    from amends.domain.insight.action import PlannedAction

ACTIONS = "/v1/staff/actions"
Move = Callable[[Counter, Call, "PlannedAction", Occasion], "PlannedAction"]


def endpoints(counter: Counter) -> tuple[Endpoint, ...]:
    """What is changed so that it does not happen again."""

    def list_actions(call: Call) -> Answer:
        staff(call, Action.SEE_QUEUE)
        return Answer.of(_page(counter, call))

    def read_action(call: Call) -> Answer:
        staff(call, Action.SEE_QUEUE)
        return Answer.of(_document(counter, call, _known(counter, call)))

    def create(call: Call) -> Answer:
        by, groups = staff(call, Action.PROPOSE_ACTION)

        def once(origin: str) -> Answer:
            made = _create(counter, call, by, groups, origin)
            return Answer.of(
                _document(counter, call, made),
                status=201,
                headers={"location": f"{ACTIONS}/{made.id}"},
            )

        return counter.once(call, by, once)

    def lesson(call: Call) -> Answer:
        from amends.domain.insight.lesson import lesson_of

        _, groups = staff(call, Action.SEE_QUEUE)
        case = staffs_case(counter.cases(), call.params["case_id"], groups)
        return Answer.of(to_jsonable(lesson_of(case)))

    def move(what: str, action: Action, act: Move) -> Endpoint:
        def answer(call: Call) -> Answer:
            by, _ = staff(call, action)

            def once(_origin: str) -> Answer:
                known = _known(counter, call)
                after = act(counter, call, known, counter.occasion(by, call.cause))
                if after != known:
                    after = counter.insight().actions.save(after)
                if after.state == "verified":
                    _confirm_in_case(counter, call, by, after)
                return Answer.of(_document(counter, call, after))

            return counter.once(call, by, once)

        return Endpoint(method="POST", path=f"{ACTIONS}/{{action_id}}/{what}", answer=answer)

    return (
        Endpoint(method="GET", path=ACTIONS, answer=list_actions),
        Endpoint(method="POST", path=ACTIONS, answer=create),
        Endpoint(method="GET", path=f"{ACTIONS}/{{action_id}}", answer=read_action),
        move("owner", Action.PROPOSE_ACTION, _take_on),
        move("done", Action.PROPOSE_ACTION, _finish),
        move("verify", Action.CONFIRM_ACTION, _verify),
        move("drop", Action.CONFIRM_ACTION, _drop),
        Endpoint(method="GET", path="/v1/staff/cases/{case_id}/lesson", answer=lesson),
    )


def _page(counter: Counter, call: Call) -> dict[str, Any]:
    """`?state=&kind=&node=&owner=&view=overdue&limit=&cursor=`: the earliest due first."""
    from amends.domain.insight.action import ActionState

    state, kind = one_of(call, "state", ActionState), one_of(call, "kind", ActionKind)
    node, owner = text_of(call, "node"), text_of(call, "owner")
    view = call.query.get("view", "all")
    if view not in ("all", "overdue"):
        error = FieldError(field="view", code="invalid", message="all or overdue")
        raise Invalid("a view is all or overdue", errors=[error])
    today = counter.occasion("actions", call.cause).at.date()
    found = [
        one
        for one in counter.insight().actions.all()
        if state in (None, one.state)
        and kind in (None, one.kind)
        and node in (None, one.node)
        and owner in (None, one.owner)
        and (view == "all" or one.is_overdue(today))
    ]
    return page_of(call, found, place=_place, show=lambda one: _row(one, today))


def _place(action: "PlannedAction") -> str:
    return f"{action.due_on.isoformat()}#{action.id}"


def _create(
    counter: Counter, call: Call, by: str, groups: tuple[str, ...], origin: str
) -> "PlannedAction":
    from amends.domain.case.investigation import learning
    from amends.domain.insight.action import ActionState, PlannedAction, check_training
    from amends.service.amend import amend
    from amends.web.bodies import read
    from followup.models_learning import ActionBody

    body = read(ActionBody, call.json())
    check_training(body.kind, body.course, body.topic)
    occasion, insight = counter.occasion(by, call.cause), counter.insight()
    action_id = derived("act", origin)
    if body.case_id is not None:
        case = staffs_case(counter.cases(), body.case_id, groups)
        action_id = derived("act", case.id, body.kind, body.owner)
        amend(
            counter.cases(),
            case.id,
            occasion,
            lambda now: learning.propose_action(
                now, body.kind, owner=body.owner, due_on=body.due_on, topic=body.topic
            ),
        )
    known = insight.actions.get(action_id)
    if known is not None and (known.steps or known.state is not ActionState.OPEN):
        return known
    made = PlannedAction(
        id=action_id,
        cases=() if body.case_id is None else (body.case_id,),
        raised_by=by if known is None else known.raised_by,
        raised_at=occasion.at if known is None else known.raised_at,
        state=ActionState.OPEN,
        version=0 if known is None else known.version,
        **body.model_dump(),
    )
    return insight.actions.save(made)


def _take_on(_: Counter, call: Call, known: "PlannedAction", occasion: Occasion) -> "PlannedAction":
    from amends.domain.insight.action import take_on
    from amends.web.bodies import read
    from followup.models_learning import OwnerBody

    body = read(OwnerBody, call.json())
    return take_on(known, owner=body.owner, due_on=body.due_on, occasion=occasion)


def _finish(_: Counter, call: Call, known: "PlannedAction", occasion: Occasion) -> "PlannedAction":
    from amends.domain.insight.action import finish

    return finish(known, said=_said(call), occasion=occasion)


def _verify(
    counter: Counter, call: Call, known: "PlannedAction", occasion: Occasion
) -> "PlannedAction":
    from amends.domain.insight.action import verify
    from amends.service.insight.learning import effect_of

    effect = effect_of(known, counter.insight().tallies, f"{occasion.at:%Y-%m}")
    return verify(known, said=_said(call), effect=effect, occasion=occasion)


def _confirm_in_case(counter: Counter, call: Call, by: str, action: "PlannedAction") -> None:
    """The case in whose history it stands is told, after the list, which the stream follows."""
    from amends.domain.case.investigation import learning
    from amends.service.amend import amend

    if action.case_id is not None:
        amend(
            counter.cases(),
            action.case_id,
            counter.occasion(by, call.cause),
            lambda now: learning.confirm_action(now, action.id, by=by),
        )


def _drop(_: Counter, call: Call, known: "PlannedAction", occasion: Occasion) -> "PlannedAction":
    from amends.domain.insight.action import drop

    return drop(known, because=_said(call), occasion=occasion)


def _said(call: Call) -> str:
    from amends.web.bodies import read
    from followup.models_learning import SaidBody

    return read(SaidBody, call.json()).said


def _known(counter: Counter, call: Call) -> "PlannedAction":
    found = counter.insight().actions.get(call.params["action_id"])
    if found is None:
        raise NotFound("there is no such action")
    return found


def _document(counter: Counter, call: Call, action: "PlannedAction") -> dict[str, Any]:
    """The action, whether it is overdue, and its effect as far as it can be seen now."""
    from amends.service.insight.learning import effect_of

    at = counter.occasion("actions", call.cause).at
    effect = effect_of(action, counter.insight().tallies, f"{at:%Y-%m}")
    return _row(replace(action, effect=effect or action.effect), at.date())


def _row(action: "PlannedAction", today: date) -> dict[str, Any]:
    told: dict[str, Any] = to_jsonable(action)
    told.pop("version")
    return {**told, "is_overdue": action.is_overdue(today)}
