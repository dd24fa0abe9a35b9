"""demo: everything in one process, with sample desks, hours and colleagues, no token and no network."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import datetime
from typing import Final

from bot.app.bells import Bells
from bot.app.house import furnish, with_doors
from bot.app.running import listening, serve
from bot.clock import Clock
from bot.config import Settings
from bot.handoff.staff import Role, Staff
from bot.storage.store import Store
from bot.vocabulary.facts import County

#: The links are for whoever started the demo; a day is long enough to come back to the terminal.
LINK_MINUTES: Final = 24 * 60
WORKERS: Final = 1


def demo(settings: Settings, clock: Clock) -> int:
    """Serve the web chat and the console on this machine, and print where they are."""
    folder = settings.root / settings.demo_folder
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(f"sqlite:///{folder / 'lotse.sqlite'}")
    store.migrate()
    door = listening(settings.host, settings.port)
    here = settings.model_copy(update={"port": door.getsockname()[1], "public_url": None})
    premises = with_doors(furnish(settings.root, clock().date()), here.address)
    desks = frozenset(desk.id for desk in premises.house.know.directory.desks())
    links = _links(store, desks, clock())
    print(_welcome(here.address, links), flush=True)
    with suppress(KeyboardInterrupt):  # the server has ended cleanly and hands the signal on
        serve(here, store, premises, Bells(), clock, workers=WORKERS, door=door)
    store.close()
    print("\nStopped. The data is kept; `make demo-reset` deletes it.", file=sys.stderr)
    return 0


def sample_staff(desks: frozenset[str]) -> tuple[Staff, ...]:
    """Two colleagues who do not exist, and say so."""
    counties = frozenset(county.value for county in County)
    offices = frozenset(f"{county}_koordination" for county in counties)
    return (
        Staff(
            id="beispiel-case-management",
            name="Fachkraft Case Management (Beispiel)",
            role=Role.CASE_MANAGER,
            desks=desks,
            sample=True,
        ),
        Staff(
            id="beispiel-koordination",
            name="Koordination (Beispiel)",
            role=Role.COORDINATOR,
            desks=counties | offices,
            sample=True,
        ),
    )


def _links(store: Store, desks: frozenset[str], now: datetime) -> dict[str, str]:
    with store.transaction() as tx:
        for colleague in sample_staff(desks):
            tx.staff.put(colleague)
        return {one.id: tx.staff.new_link(one.id, now, LINK_MINUTES) for one in sample_staff(desks)}


def _welcome(address: str, links: dict[str, str]) -> str:
    return f"""
Lotse, demo with sample desks, hours and colleagues. Nothing leaves this machine.

  Web chat, for residents:         {address}/chat
  Console, for a case manager:     {address}/console/anmelden/{links["beispiel-case-management"]}
  Console, for a coordinator:      {address}/console/anmelden/{links["beispiel-koordination"]}

Each console link works once and for a day. Ctrl-C stops the demo; started again it still has its data.
"""
