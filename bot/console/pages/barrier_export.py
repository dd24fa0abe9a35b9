"""The barriers of the coordination's counties as a file for the steering group."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.barriers.overview import in_order
from bot.console.barrier_sheet import XLSX, as_csv, as_xlsx, barrier_table
from bot.console.barring import own_counties
from bot.console.spoken import local_day
from bot.console.visit import Here, Visit
from bot.console.words import VALUES

router = APIRouter()


@router.get("/huerden/liste.csv")
def csv_file(visit: Here) -> Response:
    return _file(visit, as_csv(_table(visit)), "text/csv; charset=utf-8", "csv")


@router.get("/huerden/liste.xlsx")
def workbook(visit: Here) -> Response:
    return _file(visit, as_xlsx(_table(visit)), XLSX, "xlsx")


def _table(visit: Visit) -> list[list[str]]:
    with visit.console.store.transaction() as tx:
        groups = tx.barriers.groups(own_counties(visit))
    enough, names = visit.console.barrier_rules.candidate_from, visit.console.names
    tables = {"place": names.municipalities, "topic": names.topics, "office": VALUES["offices"]}
    return barrier_table(in_order(groups, enough), enough, lambda kind, id_: tables[kind].get(id_, id_))


def _file(visit: Visit, body: bytes, kind: str, ending: str) -> Response:
    name = f"integrationshuerden-{local_day(visit.now)}.{ending}"
    return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
