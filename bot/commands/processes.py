"""serve, work, migrate, staff, check: what a county runs."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bot.app.bells import Bells
from bot.app.check import faults
from bot.app.colleagues import PATH as STAFF
from bot.app.colleagues import Colleagues, colleagues
from bot.app.house import Premises, furnish, with_doors
from bot.app.logs import log_carefully
from bot.app.redis_bells import RedisBells
from bot.app.residents import PATH as RESIDENTS
from bot.app.residents import Residents, residents
from bot.app.running import poll, serve, work
from bot.app.settings_check import odd_settings, worth_a_look
from bot.channels.telegram_port import NotNow
from bot.clock import Clock
from bot.config import Settings
from bot.handoff.staff import Role, Staff
from bot.storage.store import Store

WORKERS = 2


def run_serve(settings: Settings, clock: Clock, *, workers: int) -> int:
    """Web chat and console; messages are handled by `work` unless `workers` says otherwise."""

    def run(store: Store, premises: Premises, bells: Bells) -> None:
        if workers:
            premises.house.recogniser.read_all()
        serve(settings, store, premises, bells, clock, workers=workers)

    _run(settings, clock, run)
    return 0


def run_work(settings: Settings, clock: Clock) -> int:
    """Messages, reminders, deadlines, retention."""

    def run(store: Store, premises: Premises, bells: Bells) -> None:
        premises.house.recogniser.read_all()
        work(settings, store, premises, bells, clock, workers=WORKERS)

    _run(settings, clock, run)
    return 0


def run_poll(settings: Settings, clock: Clock) -> int:
    """Updates are fetched from Telegram instead of being delivered: for a machine that nobody can reach."""
    _run(settings, clock, lambda store, premises, bells: poll(settings, store, premises, bells, clock))
    return 0


def run_present(settings: Settings, clock: Clock, *, webhook: bool) -> int:
    """Telegram knows the words of both bots, as far as they have a token, and, if wanted, where to deliver."""
    premises = with_doors(furnish(settings.root, clock().date()), settings.address, settings.residents_name)
    store, bells = Store("sqlite://"), Bells()
    bots = {
        RESIDENTS: residents(settings, store, premises, bells, clock),
        STAFF: colleagues(settings, store, premises, bells, clock),
    }
    if not any(bots.values()):
        raise ValueError("telegram needs LOTSE_RESIDENTS_TOKEN or LOTSE_STAFF_TOKEN")
    if webhook and not settings.public_url:
        raise ValueError("telegram --webhook needs LOTSE_PUBLIC_URL")
    try:
        for path, bot in bots.items():
            said = _presented(bot, f"{settings.address}{path}" if webhook else None) if bot else "no token, left out"
            print(f"{path.rpartition('/')[2]}: {said}")
    except NotNow as error:
        print(f"Telegram does not take it: {error}", file=sys.stderr)
        return 1
    finally:
        store.close()
    return 0


def _presented(bot: Residents | Colleagues, webhook: str | None) -> str:
    changed = bot.present(webhook)
    return f"changed {changed}" + (f", delivered to {webhook}" if webhook else "")


def migrate(settings: Settings) -> int:
    """The tables of the database as this version wants them."""
    store = Store(settings.database.get_secret_value())
    store.migrate()
    store.close()
    return 0


def add_staff(settings: Settings, clock: Clock, colleague: Staff) -> int:
    """Add or change a colleague, and print a link that signs them in once."""
    premises = furnish(settings.root, clock().date())
    store = Store(settings.database.get_secret_value())
    store.migrate()
    with store.transaction() as tx:
        directory = premises.house.rosters.at(tx.desks, clock()).directory
    known = {desk.id for desk in directory.desks()} | {*directory.coordinations}
    unknown = sorted(colleague.desks - known - {"rsk", "rbk"})
    if unknown or not colleague.desks:
        store.close()
        print(f"desks: {', '.join(unknown) or 'none given'}; allowed are {', '.join(sorted(known))}", file=sys.stderr)
        return 2
    with store.transaction() as tx:
        tx.staff.put(colleague)
        link = tx.staff.new_link(colleague.id, clock())
    store.close()
    print(f"{settings.address}/console/anmelden/{link}")
    return 0


def staff_of(id: str, name: str, role: str, desks: str) -> Staff:
    """A colleague from the words of the command line; raises `ValueError` for a role that does not exist."""
    if role not in {*Role}:
        raise ValueError(f"role: allowed is one of {', '.join(Role)}")
    chosen = frozenset(desk.strip() for desk in desks.split(",") if desk.strip())
    return Staff(id=id, name=name, role=Role(role), desks=chosen)


def check(settings: Settings, clock: Clock) -> int:
    """One line a fault, exit 1 on any; open points that the county must supply are listed and are no faults."""
    found = faults(settings.root, clock(), settings.calendars, settings.database.get_secret_value())
    wrong = (*odd_settings(settings), *found.faults)
    for fault in wrong:
        print(fault, file=sys.stderr)
    for note in (*worth_a_look(settings), *found.notes):
        print(note)
    return 1 if wrong else 0


def _run(settings: Settings, clock: Clock, run: Callable[[Store, Premises, Bells], None]) -> None:
    log_carefully()
    store = Store(settings.database.get_secret_value())
    store.migrate()
    premises = with_doors(furnish(settings.root, clock().date()), settings.address, settings.residents_name)
    address = settings.redis.get_secret_value() if settings.redis else None
    bells = RedisBells(address) if address else Bells()
    try:
        run(store, premises, bells)
    finally:
        bells.close()
        store.close()
