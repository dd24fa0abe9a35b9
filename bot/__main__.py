"""python -m bot demo | serve | work | poll | telegram | migrate | staff | check | rules | recognise | …"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bot import clock as real
from bot.app.tables import BadTable
from bot.clock import Clock
from bot.commands.lines import known_language
from bot.config import Settings, read_settings

WRONG = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 good, 1 a fault was found, 2 wrong input."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _run(options, read_settings())
    except (BadTable, ValueError) as error:
        said = _plain(error) if isinstance(error, ValidationError) else str(error)
        print(f"lotse: {said}", file=sys.stderr)
        return WRONG
    except (KeyboardInterrupt, BrokenPipeError):
        return 0


def _run(options: argparse.Namespace, settings: Settings) -> int:
    """Each command loads only what it needs: trying out a rule does not wait for the web server."""
    if getattr(options, "port", None):
        settings = settings.model_copy(update={"port": options.port})
    if options.command == "recognise":
        return _recognise(options)
    if options.command in ("place", "triage", "route", "talk"):
        return _try(options, settings.root)
    if options.command == "rules":
        return _rules(options, settings)
    if options.command == "demo":
        from bot.commands import demo

        return demo.demo(settings, real.now)
    return _process(options, settings)


def _rules(options: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import rules

    writes = options.what == "import"
    desk = rules.desk_for(settings, real.now, options.county, published=writes or options.published)
    try:
        match options.what:
            case "export":
                return rules.export(desk, options.version, options.to, sys.stdout)
            case "check":
                return rules.check(desk, options.file, sys.stdout)
            case "simulate":
                return rules.simulate(desk, options.file, sys.stdout, last=options.last)
            case _:
                return rules.load(desk, options.file, options.by)
    finally:
        desk.store.close()


def _process(options: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import processes

    match options.command:
        case "serve":
            return processes.run_serve(settings, real.now, workers=options.workers)
        case "work":
            return processes.run_work(settings, real.now)
        case "poll":
            return processes.run_poll(settings, real.now)
        case "telegram":
            return processes.run_present(settings, real.now, webhook=options.webhook)
        case "migrate":
            return processes.migrate(settings)
        case "staff":
            colleague = processes.staff_of(options.id, options.name, options.role, options.desks)
            return processes.add_staff(settings, real.now, colleague)
        case _:
            return processes.check(settings, real.now)


def _recognise(options: argparse.Namespace) -> int:
    gc.disable()  # reading a message leaves no cycles behind; looking for them takes a tenth of the time
    from bot.app.recogniser import read_recogniser
    from bot.commands.recognise import recognise

    return recognise(read_recogniser(), known_language(options.language), sys.stdin, sys.stdout)


def _try(options: argparse.Namespace, root: Path) -> int:
    from bot.app.house import furnish, read_places
    from bot.commands import try_rules

    match options.command:
        case "place":
            return try_rules.place(read_places(root), options.county, sys.stdin, sys.stdout)
        case "triage":
            return try_rules.triage(furnish(root, real.now().date()), sys.stdin, sys.stdout)
        case "route":
            return try_rules.route_facts(furnish(root, real.now().date()), sys.stdin, sys.stdout)
        case _:
            return _talk(options, root)


def _talk(options: argparse.Namespace, root: Path) -> int:
    from bot.app.house import furnish, only_county
    from bot.commands import talk
    from bot.storage.store import Store

    language, clock = known_language(options.language), _clock(options.now)
    store = Store("sqlite://")
    store.migrate()
    premises = only_county(furnish(root, clock().date()), options.county)
    terminal = talk.Terminal(store=store, premises=premises, clock=clock, person=uuid4().hex)
    run = talk.talk_json if options.json else talk.talk_text
    return run(terminal, language, sys.stdin, sys.stdout)


def _clock(given: str | None) -> Clock:
    """The real time, or a clock that stands where `--now` says (German time unless it names a zone)."""
    if given is None:
        return real.now
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise ValueError("--now: allowed is a date and time such as 2026-11-20T10:00") from error
    local = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Europe/Berlin"))
    return real.standing_at(local.astimezone(ZoneInfo("UTC")))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Lotse finds the right desk for newcomers.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    demo_ = commands.add_parser("demo", help="everything in one process, with samples")
    demo_.add_argument("--port", type=int, help="the first port to try (default: 8000)")
    serve = commands.add_parser("serve", help="web chat and console")
    serve.add_argument("--port", type=int)
    serve.add_argument("--workers", type=int, default=0, help="handle messages in this process too")
    commands.add_parser("work", help="handle messages, reminders, deadlines, retention")
    commands.add_parser("poll", help="fetch Telegram's updates where no webhook can reach this machine")
    telegram = commands.add_parser("telegram", help="tell Telegram the bot's words, and where to deliver")
    telegram.add_argument("--webhook", action="store_true", help="deliver to LOTSE_PUBLIC_URL")
    commands.add_parser("migrate", help="bring the tables of the database up to date")
    staff = commands.add_parser("staff", help="add a colleague and print a sign-in link")
    staff.add_argument("id")
    staff.add_argument("--name", required=True)
    staff.add_argument("--role", required=True, help="case_manager or coordinator")
    staff.add_argument("--desks", required=True, help="ids of desks or counties, separated by commas")
    commands.add_parser("check", help="check every table, catalogue, rule and screen")
    recognise = commands.add_parser("recognise", help="needs of one message a line")
    recognise.add_argument("--language")
    place = commands.add_parser("place", help="municipality of one place a line")
    place.add_argument("--county", choices=("rsk", "rbk"))
    commands.add_parser("triage", help="suggestion for facts, one JSON object a line")
    commands.add_parser("route", help="desk for facts with a suggestion, one JSON object a line")
    _rules_parser(commands.add_parser("rules", help="export, import, check or simulate the rules of routing"))
    conversation = commands.add_parser("talk", help="the whole conversation on the terminal")
    conversation.add_argument("--json", action="store_true")
    conversation.add_argument("--language")
    conversation.add_argument("--county", choices=("rsk", "rbk"))
    conversation.add_argument("--now", help="a date and time to stand still at, ISO 8601")
    return parser


def _rules_parser(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="what")
    export = what.add_parser("export", help="write the rules as TOML, or as XLSX by the end of the file's name")
    check = what.add_parser("check", help="prove the rules of a file, or those that count now; JSON lines")
    simulate = what.add_parser("simulate", help="who would go elsewhere if the file were published; JSON lines")
    load = what.add_parser("import", help="make the file the county's draft, in the database")
    for command in (export, check, simulate, load):
        command.add_argument("county", choices=("rsk", "rbk"))
    for command in (export, check, simulate):
        command.add_argument(
            "--published", action="store_true", help="what is published in the database, not the tables"
        )
    export.add_argument("--to", type=Path, metavar="FILE")
    export.add_argument("--version", type=int, help="a number of the history")
    check.add_argument("file", type=Path, nargs="?")
    simulate.add_argument("file", type=Path)
    simulate.add_argument("--last", action="store_true", help="on the last intakes instead of the sample")
    load.add_argument("file", type=Path)
    load.add_argument("--by", required=True, metavar="STAFF", help="id of the coordinator")


def _plain(error: ValidationError) -> str:
    """Which setting is wrong and why, without its value: it may be a secret."""
    return "; ".join(f"LOTSE_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors())


if __name__ == "__main__":
    sys.exit(main())
