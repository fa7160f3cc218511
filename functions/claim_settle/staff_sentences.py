"""Sentences: what each staff command does, for whoever reads the contract."""

SENTENCES = {
    "assignment": "Give the case to somebody, or to a team.",
    "first-reply": "Note that the claimant has had a first reply.",
    "kind": "Change the kind of incident, and say why.",
    "tasks": "Ask a role, at a node, the questions that it is asked.",
    "tasks/{task_id}/cancel": "Cancel a task.",
    "records": "Record what a node's papers say of the parcel.",
    "cctv": "Ask for a camera's recording of a window of time.",
    "cctv/{request_id}/hold": "Have a recording kept beyond its time.",
    "cctv/{request_id}/clip": "Note the clip that came, by its hash.",
    "cctv/{request_id}/viewings": "Note who looked at the clip, and what was seen.",
    "inquiries": "Send an inquiry to another operator.",
    "inquiries/{inquiry_id}/acknowledgement": "Note the other operator's acknowledgement.",
    "inquiries/{inquiry_id}/reply": "Note the other operator's answer.",
    "conclusion": "Conclude what became of the parcel.",
    "cause": "Name the root cause.",
    "actions": "Propose a corrective action.",
    "actions/{action_id}/confirm": "Confirm that a corrective action was done.",
    "force-majeure": "Weigh a claim of force majeure.",
    "liability": "Propose who answers for it, and in which shares.",
    "approvals": "Approve or refuse a finding of liability; never one's own.",
    "liability/appeals": "Appeal against a finding of liability.",
    "liability/{finding_id}/review": "Decide an appeal against a finding.",
    "referrals": "Refer a matter of personnel; the referral is kept apart.",
    "recovery/stops": "Ask somebody to stop the parcel.",
    "recovery/stops/{stop_id}": "Note whether the parcel was stopped.",
    "recovery/recipient": "Say who holds the parcel by mistake; kept apart and erased.",
    "recovery/contacts": "Note how talking to the wrong recipient went.",
    "recovery/gift": "Promise the wrong recipient a gift for their trouble.",
    "recovery/pickup": "Arrange to fetch the parcel.",
    "recovery/repacking": "Pack the parcel anew under another number.",
    "recovery/redelivery": "Send the parcel to the right door.",
    "recovery/delivered": "Note that the parcel came to the right door.",
    "twins": "Link the case of the parcel that was swapped for this one.",
    "inspections": "Book a look at the goods.",
    "inspections/{inspection_id}": "Note what the look showed.",
    "weights": "Compare the weights at both ends.",
    "part-loss": "Find which items are missing, and their worth.",
    "repair": "Note what a repair costs.",
    "salvage": "Note what the damaged goods still fetch.",
    "quarantine": "Set the parcel apart.",
    "quarantine/notices": "Note that an authority was told.",
    "quarantine/sender-told": "Note that the sender was told.",
    "quarantine/disposal": "Dispose of what was set apart.",
    "found": "Note that the parcel was found again.",
    "claw-back": "Choose what becomes of a payment for a parcel that was found.",
}


def sentence_of(path: str) -> str:
    """What a command on this path does; a path without a sentence says its own words."""
    tail = path.partition("{case_id}/")[2] or path
    words = " ".join(part for part in tail.split("/") if not part.startswith("{"))
    return SENTENCES.get(tail) or f"{words.replace('-', ' ').capitalize()}."
