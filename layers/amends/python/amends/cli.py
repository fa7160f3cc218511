"""The command line: `amends …` for operators and developers; never imported by a function."""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from amends.domain.refusal import Refusal

USAGE = 2
INTERRUPTED = 130
ABOUT = """One JSON document a line. A command that reads many from standard input (-) answers each
in its place, a refused one with its `error`; the exit code is 2 when anything was refused."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when done, 2 with one clear line on each bad input."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # whatever the terminal speaks; JSON is UTF-8
        sys.stdout.reconfigure(
            encoding="utf-8", errors="backslashreplace", line_buffering=True
        )  # a line is there when it is known, for whoever reads on
    try:
        return _answer(options.command(options))
    except Refusal as refusal:
        return _complain(refusal)
    except BrokenPipeError:  # whoever read has read enough; nothing is left to be flushed at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        told = error.strerror if error.filename is None else f"{error.strerror}: {error.filename}"
        print(f"amends: {told}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED


def _answer(documents: Iterator[object]) -> int:
    code = 0
    for document in documents:
        if isinstance(document, Refusal):
            code = _complain(document)
        shown = {"error": _told(document)} if isinstance(document, Refusal) else document
        print(json.dumps(shown, ensure_ascii=False))
    sys.stdout.flush()
    return code


def _read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _number(options: argparse.Namespace) -> Iterator[object]:
    from amends.commands.number import check_number

    for told in options.numbers:
        if told != "-":
            yield check_number(told)
            continue
        for line in sys.stdin.buffer:
            number = line.decode(errors="replace").strip()
            if number:
                yield check_number(number)


def _quote(options: argparse.Namespace) -> Iterator[object]:
    from amends.commands.quote import documents, quote_text

    tariff = None if options.tariff is None else Path(options.tariff).read_bytes()
    if options.facts != "-":
        yield quote_text(Path(options.facts).read_bytes(), options.language, tariff)
        return
    for body in documents(sys.stdin.buffer):
        try:
            yield quote_text(body, options.language, tariff)
        except Refusal as refusal:
            yield refusal


def _settings(options: argparse.Namespace) -> Iterator[object]:
    from amends.commands.settings import check

    yield check(_read(options.settings))


def _message(options: argparse.Namespace) -> Iterator[object]:
    from amends.commands.message import preview_text

    yield preview_text(options.code, _read(options.values), options.language)


def _track(options: argparse.Namespace) -> Iterator[object]:
    from amends.commands.track import is_nonsense, parse
    from amends.domain.parcel.channel import Malformed

    body, number = _read(options.file), options.number
    yield parse(options.channel, body, number=number)
    if is_nonsense(options.channel, body, number=number):
        raise Malformed(f"these bytes are nothing that {options.channel} sends")


def _case(options: argparse.Namespace) -> Iterator[object]:
    from amends.commands import case

    match options.action:
        case "show":
            yield from case.show(options.case_id)
        case "list":
            yield from case.listed(options.stage)
        case _:
            yield from case.follow(options.case_id)


def _ledger(options: argparse.Namespace) -> Iterator[object]:
    from amends.commands import ledger

    read = ledger.balance if options.action == "balance" else ledger.entries
    yield from read(options.first, options.last)


def _told(refusal: Refusal) -> dict[str, object]:
    errors = [
        {"field": error.field, "code": error.code, "message": error.message}
        for error in refusal.errors
    ]
    return {"code": refusal.code, "detail": str(refusal), "errors": errors}


def _complain(refusal: Refusal) -> int:
    print(f"amends: {refusal.code}: {refusal}", file=sys.stderr)
    for error in refusal.errors:
        print(f"  {error.field}: {error.code}: {error.message}", file=sys.stderr)
    return USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="amends", description=ABOUT)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    number = commands.add_parser("number", help="what a tracking number says")
    number.add_argument("numbers", nargs="+", metavar="NUMBER", help="- reads one a line")
    number.set_defaults(command=_number)
    quote = commands.add_parser("quote", help="what is owed on these facts")
    quote.add_argument("facts", metavar="FACTS.json", help="- reads one document a line")
    quote.add_argument("--language", default="en", choices=["en", "zh-CN"])
    quote.add_argument("--tariff", metavar="TARIFF.json", help="a contract of one's own")
    quote.set_defaults(command=_quote)
    settings = commands.add_parser("settings", help="whether the stack's settings can be read")
    settings.add_argument("settings", metavar="SETTINGS.json", help="the stack's parameter")
    settings.set_defaults(command=_settings)
    message = commands.add_parser("message", help="what a reader would be sent")
    message.add_argument("code", metavar="CODE", help="a file of the shelf of messages")
    message.add_argument("values", metavar="VALUES.json", help="placeholders and the reader")
    message.add_argument("--language", default="en", choices=["en", "zh-CN"])
    message.set_defaults(command=_message)
    track = commands.add_parser("track", help="tracking payloads")
    verbs = track.add_subparsers(required=True, metavar="VERB")
    parse = verbs.add_parser("parse", help="read one raw payload of a channel")
    parse.add_argument("--channel", required=True, metavar="CODE")
    parse.add_argument("--number", help="what was asked, where the payload does not say it")
    parse.add_argument("file", metavar="FILE", help="- reads standard input")
    parse.set_defaults(command=_track)
    case = commands.add_parser("case", help="cases of the running local stack")
    actions = case.add_subparsers(required=True, metavar="VERB", dest="action")
    for verb in ("show", "follow"):
        one = actions.add_parser(verb)
        one.add_argument("case_id", metavar="CASE")
    listed = actions.add_parser("list")
    listed.add_argument("--stage", help="one stage; else all, the closed ones last")
    case.set_defaults(command=_case)
    ledger = commands.add_parser("ledger", help="the books of the running local stack")
    books = ledger.add_subparsers(required=True, metavar="VERB", dest="action")
    for verb in ("balance", "entries"):
        period = books.add_parser(verb)
        period.add_argument("--from", dest="first", metavar="DATE")
        period.add_argument("--to", dest="last", metavar="DATE")
    ledger.set_defaults(command=_ledger)
    return parser


if __name__ == "__main__":
    sys.exit(main())
