"""Dossier: everything about one case on paper, for whoever must be convinced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amends.domain.case.case import Case, Recorded
from amends.domain.case.state.upload import Upload
from amends.domain.people.paper import Paper, Section
from amends.domain.people.phrases import KINDS, STAGES
from amends.domain.people.values import Formats
from amends.service.papers.checklist import checklist

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Dossier of case {case}",
        "case": "Case",
        "kind": "Incident",
        "number": "Tracking number",
        "carrier": "Carrier",
        "shipped": "Day of posting",
        "opened": "Reported",
        "stage": "Stage",
        "as_of": "As of",
        "timeline": "What happened",
        "when": "When (UTC)",
        "what": "What",
        "findings": "Findings",
        "nothing_found": "Nothing has been concluded yet.",
        "ground": "{finding}: {ground} ({rule}; {source})",
        "answers": "{party} answers for it: {ground}",
        "calculation": "Calculation",
        "nothing_worked_out": "Nothing has been worked out yet.",
        "evidence": "Evidence",
        "document": "Document",
        "status": "Status",
        "size": "Bytes",
        "hash": "SHA-256",
        "missing": "missing",
        "expected": "expected",
        "received": "received",
        "kept": "kept of the shipment since {day}",
        "refused": "refused",
        "footer": "Case {case}, version {version}",
    },
    "zh-CN": {
        "title": "案件卷宗 {case}",
        "case": "案件",
        "kind": "事件类型",
        "number": "运单号",
        "carrier": "承运方",
        "shipped": "交寄日期",
        "opened": "受理时间",
        "stage": "所处阶段",
        "as_of": "截至",
        "timeline": "经过",
        "when": "时间（UTC）",
        "what": "事项",
        "findings": "认定",
        "nothing_found": "尚未作出认定。",
        "ground": "{finding}：{ground}（{rule}；{source}）",
        "answers": "责任方：{party}，依据：{ground}",
        "calculation": "赔偿核算",
        "nothing_worked_out": "尚未核算赔偿。",
        "evidence": "证据清单",
        "document": "材料",
        "status": "状态",
        "size": "字节",
        "hash": "SHA-256",
        "missing": "缺少",
        "expected": "待上传",
        "received": "已收到",
        "kept": "自{day}起随件留存",
        "refused": "未采纳",
        "footer": "案件 {case}，版本 {version}",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How the reader is told: language, forms, events in words (None: not for this reader)."""

    language: str
    formats: Formats
    texts: Mapping[str, Mapping[str, str]]
    explanation: Mapping[str, Any] | None


def dossier(case: Case, history: Sequence[Recorded], told: Told) -> Paper:
    """Timeline, findings, calculation and evidence with hashes, as they are at this version."""
    words = WORDS[told.language]
    return Paper(
        title=words["title"].format(case=case.id),
        language=told.language,
        facts=_facts(case, told),
        sections=(
            _timeline(history, told),
            Section(heading=words["findings"], paragraphs=_findings(case, words)),
            Section(heading=words["calculation"], paragraphs=_steps(told)),
            _evidence(case, told),
        ),
        footer=words["footer"].format(case=case.id, version=case.version),
        as_of=case.updated_at,
    )


def _facts(case: Case, told: Told) -> tuple[tuple[str, str], ...]:
    words, shipment = WORDS[told.language], case.report.shipment
    shipped = shipment.shipped_on
    facts = {
        "case": case.id,
        "kind": KINDS[told.language][case.report.kind],
        "number": shipment.tracking_number,
        "carrier": shipment.carrier or "-",
        "shipped": told.formats.day(shipped, told.language) if shipped else "-",
        "opened": told.formats.moment(case.opened_at, told.language, "UTC"),
        "stage": STAGES[told.language][case.stage],
        "as_of": told.formats.moment(case.updated_at, told.language, "UTC"),
    }
    return tuple((words[name], value) for name, value in facts.items())


def _timeline(history: Sequence[Recorded], told: Told) -> Section:
    words = WORDS[told.language]
    rows = [
        (f"{record.at:%Y-%m-%d %H:%M}", told.texts[type(record.event).__name__][told.language])
        for record in history
        if type(record.event).__name__ in told.texts
    ]
    return Section(heading=words["timeline"], table=((words["when"], words["what"]), *rows))


def _findings(case: Case, words: Mapping[str, str]) -> tuple[str, ...]:
    found = case.conclusion
    if found is None:
        return (words["nothing_found"],)
    concluded = words["ground"].format(
        finding=found.finding, ground=found.ground, rule=found.rule, source=found.source
    )
    parties = (
        words["answers"].format(party=one.party, ground=one.ground) for one in case.liability
    )
    return (concluded, *parties)


def _steps(told: Told) -> tuple[str, ...]:
    steps = (told.explanation or {}).get("steps") or ()
    return tuple(str(step["text"]) for step in steps) or (
        WORDS[told.language]["nothing_worked_out"],
    )


def _evidence(case: Case, told: Told) -> Section:
    words = WORDS[told.language]
    rows = []
    for line in checklist(case):
        name = line.document.text[told.language] if line.document else line.kind
        if not line.files:
            rows.append((name, words["missing"], "-", "-"))
        rows.extend(
            (name, _status(file, told), str(file.size), _broken(file.sha256)) for file in line.files
        )
    head = (words["document"], words["status"], words["size"], words["hash"])
    return Section(heading=words["evidence"], table=(head, *rows))


def _status(file: Upload, told: Told) -> str:
    words = WORDS[told.language]
    if file.arrived_at is None:
        return words[file.state]
    return words["kept"].format(day=told.formats.day(file.arrived_at.date(), told.language))


def _broken(sha256: str) -> str:
    """In groups of eight, so that a line can break."""
    return " ".join(sha256[start : start + 8] for start in range(0, 64, 8))
