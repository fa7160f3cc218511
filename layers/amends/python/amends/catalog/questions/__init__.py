"""The typed questions of each role, one data file per role, in every language."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from amends.domain.case.question import AnswerType, Question
from amends.domain.case.state.investigation import TaskRole


@cache
def questions(role: TaskRole) -> tuple[Question, ...]:
    """Every question of a role, in the order in which they are asked."""
    text = Path(__file__).with_name(f"{role}.json").read_text("utf-8")
    return tuple(
        Question(
            code=row["code"],
            type=AnswerType(row["type"]),
            text=row["text"],
            is_required=row.get("is_required", False),
            choices=tuple(row.get("choices", ())),
            needs=(row["needs"][0], row["needs"][1]) if "needs" in row else None,
        )
        for row in json.loads(text)
    )


def asked(role: TaskRole, codes: Sequence[str]) -> tuple[Question, ...]:
    """The questions of a task, as they were when it was opened."""
    return tuple(question for question in questions(role) if question.code in codes)
