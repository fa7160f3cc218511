"""An intake that mail comes to, and the threads of its cases."""

from collections.abc import Mapping
from typing import Any

from amends.domain.occasion import Occasion
from amends.domain.refusal import NotFound
from amends.service.intake.mail import Mailroom, Received, receive
from tests.support.intake_world import Intake
from tests.support.written_mail import HOUSE


class Post:
    """An intake that mail comes to, and the threads of its cases."""

    def __init__(self) -> None:
        self.intake = Intake()
        self.threads: dict[str, dict[str, tuple[Mapping[str, object], tuple[str, ...]]]] = {}
        self.came_back: list[str] = []
        self.heard: list[Any] = []

    def receive(self, raw: bytes) -> Received:
        intake = self.intake
        occasion = Occasion(at=intake.now, by="report_intake", because="mail")
        room = Mailroom(
            cases=intake.cases,
            contacts=intake.contacts,
            files=intake.files,
            watch=intake.desk.watch,
            token_key=b"a key for tests",
            house=HOUSE,
            case_of=self._case_of,
            post=self._post,
            bounced=lambda key, _: self.came_back.append(key),
            carriers={"china_post": "desk@post.example"},
            heard=lambda *told: self.heard.append(told),
        )
        received = receive(raw, room, occasion)
        for key in [key for key in intake.files.files if key.startswith("arriving/")]:
            intake.arrive(key)
        return received

    def opened(self, raw: bytes) -> str:
        received = self.receive(raw)
        assert received.became == "opened", received
        assert received.case_id is not None
        return received.case_id

    def words(self, case_id: str) -> list[Mapping[str, object]]:
        return [words for words, _ in self.threads.get(case_id, {}).values()]

    def everything(self) -> object:
        histories = {case: list(found) for case, found in self.intake.cases._histories.items()}
        return histories, {case: list(thread) for case, thread in self.threads.items()}

    def _case_of(self, token: str) -> str:
        if not token.endswith("-true"):
            raise NotFound("this link opens nothing")
        return token.removesuffix("-true")

    def _post(
        self, case_id: str, message_id: str, words: Mapping[str, object], files: tuple[str, ...]
    ) -> None:
        self.threads.setdefault(case_id, {})[message_id] = (words, files)
