"""Procedure view: how a claim is made, published before anybody makes one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from amends.catalog import plugin
from amends.catalog.papers import papers
from amends.domain.case.agreement.appealing import APPEAL_WITHIN, APPEALS, REVIEW_WITHIN
from amends.domain.case.agreement.negotiation import OFFER_LIFETIME
from amends.domain.case.incident import Document
from amends.domain.case.money.ordering import PAY_WITHIN
from amends.domain.case.vocabulary import Kind
from amends.domain.compensation.assessment import Ground
from amends.service.people.document_wordings import FLAWS
from amends.web.evidence_view import REASONS

if TYPE_CHECKING:
    from amends.domain.case.incident import Incident

MAYBE = {"insured": True, "addressee": True, "abroad": True, "china_appeal": True}
"""Published is everything that may be asked, each with the condition in its own words."""
GROUNDS: Mapping[Ground, Mapping[str, str]] = {
    Ground.INQUIRY_TOO_LATE: {"en": "The inquiry came after its last day.", "zh-CN": "查询逾期。"},
    Ground.NOTICE_TOO_LATE: {"en": "The complaint came after its last day.", "zh-CN": "投诉逾期。"},
    Ground.FORCE_MAJEURE: {
        "en": "Force majeure, with proof of event and cause.",
        "zh-CN": "不可抗力，且已证明事件及因果关系。",
    },
    Ground.SENDER_FAULT: {
        "en": "The sender's own fault, such as poor packing.",
        "zh-CN": "寄件人过错，如包装不当。",
    },
    Ground.NATURE_OF_GOODS: {"en": "The nature of the goods.", "zh-CN": "物品自身性质。"},
    Ground.PROHIBITED_CONTENTS: {"en": "Contents that may not travel.", "zh-CN": "禁寄物品。"},
    Ground.CUSTOMS_SEIZURE: {"en": "Seized by the authorities.", "zh-CN": "被主管机关扣押。"},
    Ground.NOT_COVERED: {
        "en": "The service does not answer for it.",
        "zh-CN": "该业务不承担此项责任。",
    },
}
STEPS: tuple[tuple[str, int | None, Mapping[str, str]], ...] = (
    ("report", None, {"en": "Report what happened.", "zh-CN": "报告情况。"}),
    ("evidence", None, {"en": "Send what the checklist asks for.", "zh-CN": "按清单提交材料。"}),
    (
        "conclusion",
        None,
        {"en": "We find out what became of the parcel.", "zh-CN": "我们查明邮件状况。"},
    ),
    (
        "assessment",
        None,
        {
            "en": "What is owed is worked out step by step, with every source.",
            "zh-CN": "逐步核算应付赔偿并注明依据。",
        },
    ),
    (
        "offer",
        OFFER_LIFETIME.days,
        {
            "en": "You accept, refuse, or propose something else.",
            "zh-CN": "您可接受、拒绝或另提方案。",
        },
    ),
    ("payment", PAY_WITHIN.days, {"en": "What was agreed is paid.", "zh-CN": "支付约定款项。"}),
    (
        "appeal",
        APPEAL_WITHIN.days,
        {
            "en": "Somebody who has not decided before looks at it again.",
            "zh-CN": "由未参与原处理的人员复核。",
        },
    ),
)


def procedure_document(kind: Kind, regime: str | None, language: str) -> dict[str, Any]:
    """The whole procedure in the reader's language; `regime` adds what its rules ask for."""
    incident = cast("Incident", plugin("incidents", kind))
    own = {one.code for one in incident.DOCUMENTS}
    beside = [one for one in papers(regime, kind, MAYBE) if one.code not in own]
    return {
        "kind": kind,
        "regime": regime,
        "documents": [_document(one, language) for one in (*incident.DOCUMENTS, *beside)],
        "remedies": list(incident.REMEDIES),
        "steps": [
            {"step": name, "days": days, "text": text[language]} for name, days, text in STEPS
        ],
        "appeals": {"number": APPEALS, "answered_in_days": REVIEW_WITHIN.days},
        "file_reasons": [_reason(code, text, language) for code, text in REASONS.items()],
        "document_reasons": [_reason(code, text, language) for code, text in FLAWS.items()],
        "decline_reasons": [_reason(code, text, language) for code, text in GROUNDS.items()],
    }


def _document(one: Document, language: str) -> dict[str, Any]:
    return {
        "kind": one.code,
        "is_required": one.is_required,
        "is_photo": one.is_photo,
        "text": one.text[language],
        "why": one.why[language],
        "source": one.source,
    }


def _reason(code: str, text: Mapping[str, str], language: str) -> dict[str, str]:
    return {"code": code, "text": text[language]}
