"""Every minute -> what is due goes to the queues: cases, messages, webhooks."""

from collections.abc import Mapping
from typing import Any

from amends import runtime
from amends.service.due_pass import sweep_cases
from amends.service.insight.reminder_pass import plan_reminders
from amends.service.people.announcing import sweep_hooks
from amends.service.people.informing import sweep_postings
from amends.web.log import say


def handler(event: Mapping[str, Any], _context: object) -> dict[str, int]:
    """Sweep the due indexes; whoever reads the queues acts."""
    occasion = runtime.occasion(by="followup", because=str(event.get("id", "schedule")))
    passes, outgoing = runtime.passes(), runtime.delivery_queue()
    counts = {
        "due": sweep_cases(runtime.cases(), runtime.due_queue(), passes, occasion),
        "messages": sweep_postings(runtime.postings(), outgoing, passes, occasion),
        "webhooks": sweep_hooks(runtime.herald(), outgoing, passes, occasion),
    }
    counts["reminders"] = plan_reminders(outgoing, passes, occasion)
    say("swept", counts)
    return counts
