"""Schedule -> money: rates are fetched, overdue payouts chased, every rail's books matched."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from amends import runtime
from amends.web.log import measure, say
from amends.web.trace import trace_of

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from amends.domain.occasion import Occasion


def handler(event: Mapping[str, object], context: "LambdaContext") -> dict[str, object]:
    """Each step for itself; fail at the end when one did, so that the run is parked and rings."""
    occasion = runtime.occasion(by="claim_settle", because=str(event.get("id", "schedule")))
    steps: dict[str, Callable[[Occasion], object]] = {
        "rates": _rates,
        "chase": _chase,
        "claims": _claims,
        "coupons": _coupons,
        "contracts": _contracts,
    }
    for code in runtime.rails_with_books():
        steps[f"reconcile {code}"] = _reconciling(code)
    done: dict[str, object] = {}
    failed: list[str] = []
    for name, step in steps.items():
        try:
            done[name] = step(occasion)
        except Exception as error:  # noqa: BLE001 - one rail must not stop the others
            failed.append(name)
            done[name] = trace_of(error)
    say("money", done)
    _measure_differences(context.function_name)
    if failed:
        raise RuntimeError(f"these steps failed: {', '.join(failed)}")
    return done


def _measure_differences(function: str) -> None:
    """How many differences nobody has explained; an alarm watches it."""
    from amends.service.money.differences import open_differences

    unexplained = len(open_differences(runtime.money_records()))
    measure({"OpenDifferences": unexplained}, by={"Function": function})


def _rates(occasion: "Occasion") -> object:
    from amends.service.money.rates import refresh

    feed = runtime.settings().get("rates_feed")
    if feed is None:
        return None
    kept = refresh(feed["base_url"], runtime.money_records(), runtime.http(), occasion)
    return None if kept is None else len(kept)


def _chase(occasion: "Occasion") -> object:
    from amends.service.money.chasing import chase

    return chase(runtime.cases(), runtime.payout_queue(), runtime.money_records(), occasion)


def _claims(occasion: "Occasion") -> object:
    from amends.service.money.claiming_back import remind

    return remind(runtime.cases(), runtime.money_records(), occasion)


def _coupons(occasion: "Occasion") -> object:
    from amends.service.money.claiming_back import lapse_coupons

    return lapse_coupons(runtime.cases(), runtime.money_records(), occasion)


def _contracts(occasion: "Occasion") -> object:
    from amends.service.assessment.contracts import tell_unreadable

    return tell_unreadable(runtime.settings(), runtime.money_records(), occasion)


def _reconciling(code: str) -> "Callable[[Occasion], object]":
    def step(occasion: "Occasion") -> object:
        from amends.service.money.reconciling import Desk, reconcile_rail

        desk = Desk(cases=runtime.cases(), ledger=runtime.ledger(), treasury=runtime.treasury())
        return len(reconcile_rail(code, desk, occasion))

    return step
