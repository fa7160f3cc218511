"""Samples of liability, and of what is learned."""

from collections.abc import Mapping
from datetime import date

from amends.domain.case import events as e
from amends.domain.case.state.liability import ActionKind, Cause, Share
from amends.domain.case.vocabulary import Party

FINDING_ID = "fnd_0123456789abcdefghjkmnpqrs"
ACTION_ID = "act_0123456789abcdefghjkmnpqrs"
EVIDENCE_ID = "evd_0123456789abcdefghjkmnpqrs"

LIABILITY: Mapping[str, e.Event] = {
    "ForceMajeureTested": e.ForceMajeureTested(
        event="flood", proof=(EVIDENCE_ID,), causal_link="the road was cut", is_met=True
    ),
    "LiabilityProposed": e.LiabilityProposed(
        finding_id=FINDING_ID,
        shares=(
            Share(
                party=Party.HUB,
                share="0.7",
                ground="the bag was left unguarded",
                rule="safekeeping",
                name="CNHGHA",
            ),
            Share(
                party=Party.OTHER_CARRIER, share="0.3", ground="no receipt", rule="joint_carriage"
            ),
        ),
        is_joint=True,
        evidence=(EVIDENCE_ID,),
        signed_by="staff:7",
        needs_second=True,
    ),
    "LiabilityApproved": e.LiabilityApproved(finding_id=FINDING_ID, by="staff:9"),
    "LiabilityRefused": e.LiabilityRefused(
        finding_id=FINDING_ID, by="staff:9", because="the camera shows the bag leaving"
    ),
    "LiabilityAppealed": e.LiabilityAppealed(
        finding_id=FINDING_ID, party="CNHGHA", because="the seal was intact"
    ),
    "LiabilityReviewed": e.LiabilityReviewed(
        finding_id=FINDING_ID, by="staff:11", is_upheld=True, because="the seal was replaced"
    ),
    "PersonnelReferred": e.PersonnelReferred(
        referral_id="ref_0123456789abcdefghjkmnpqrs", part="referrals/1"
    ),
    "RecoveryPlanned": e.RecoveryPlanned(
        recovery_id="rcv_0123456789abcdefghjkmnpqrs",
        party="deutsche_post",
        share="0.3",
        basis="joint_carriage",
    ),
    "RootCauseFound": e.RootCauseFound(
        cause=Cause.NEGLIGENCE, node="CNHGHA", because="the dock was unguarded for an hour"
    ),
    "CorrectiveActionProposed": e.CorrectiveActionProposed(
        action_id=ACTION_ID,
        kind=ActionKind.TRAINING,
        owner="hub:CNHGHA",
        due_on=date(2026, 12, 31),
        topic="handover_by_list",
    ),
    "CorrectiveActionConfirmed": e.CorrectiveActionConfirmed(action_id=ACTION_ID, by="staff:7"),
}
