"""The recogniser, furnished with the tables and weights beside the code."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.app.lazily import Lazily
from bot.app.phrases import unpacked as unpacked_phrases
from bot.app.tables import PACKAGE, BadTable, checked, read_table
from bot.i18n.languages import BY_TAG
from bot.understanding.husband import read_husband
from bot.understanding.language import Languages, read_languages
from bot.understanding.leaning import Weights, read_weights
from bot.understanding.lexicon import Lexicon, Phrases, Table, read_phrases, table_of
from bot.understanding.recognise import Recogniser
from bot.understanding.scales import read_scales
from bot.understanding.senses import Runs, Senses, read_runs, unpacked

T = TypeVar("T")
_WORDS: Final = PACKAGE / "understanding" / "tables"


def read_recogniser(leanings: Mapping[str, Weights] | None = None) -> Recogniser:
    """The recogniser over the tables beside the code; each language is read when somebody first writes in it.

    `leanings` are other weights than those beside the code, for measuring.
    """
    tables = read_all_tables()
    trained = {path.stem: partial(_kept, partial(_packed, path, read_weights)) for path in _WORDS.glob("leaning/*.npz")}
    path = _WORDS / "leaning" / "weighing.toml"
    return Recogniser(
        Lexicon(tables),
        read_known_languages(),
        Lazily(trained) if leanings is None else leanings,
        checked("husband.toml", lambda: read_husband(read_table(_WORDS / "husband.toml"))),
        checked("understanding/tables/leaning/weighing.toml", lambda: read_scales(read_table(path))),
        read_all_senses(tables),
    )


def read_known_languages() -> Languages:
    """What tells the languages apart."""
    return _packed(_WORDS / "languages.npz", read_languages)


def read_all_tables() -> Mapping[str, Table]:
    """The phrases of each language; each language is read when it is first asked for."""
    return Lazily({tag: partial(_kept, partial(_table, tag)) for tag in languages_of_tables()})


def read_all_senses(tables: Mapping[str, Table]) -> Mapping[str, Senses]:
    """The words of each sense, by language; each language is read when it is first asked for."""
    return Lazily({path.stem: partial(_kept, partial(_senses, path, tables)) for path in _WORDS.glob("senses/*.npz")})


def runs_of_senses(language: str) -> Runs:
    """The table of one language as people write it; `benchmarks.train` packs it."""
    known, path = read_table(_WORDS / "senses.toml"), _WORDS / "senses" / f"{language}.toml"
    return checked(f"understanding/tables/senses/{path.name}", lambda: read_runs(language, read_table(path), known))


def languages_of_tables() -> Sequence[str]:
    """The languages that have a table of phrases."""
    return sorted(path.stem for path in _WORDS.glob("*.toml") if path.stem in BY_TAG)


def phrases_of(language: str) -> Phrases:
    """The phrases of one language as people write them; `scripts.phrases` packs them."""
    path = _WORDS / f"{language}.toml"
    return checked(f"understanding/tables/{path.name}", lambda: read_phrases(language, read_table(path)))


def places_of_phrases(language: str) -> tuple[Path, Path]:
    """Where the phrases of a language are written, and where they are packed."""
    return _WORDS / f"{language}.toml", _WORDS / "phrases" / f"{language}.json.gz"


def _kept(make: Callable[[], T]) -> T:
    """What is made is large and stays: looking for garbage in it would take half as long as making it."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        return make()
    finally:
        gc.freeze()
        if wanted:
            gc.enable()


def _table(language: str) -> Table:
    written, kept = places_of_phrases(language)
    return table_of(language, unpacked_phrases(kept, written.read_bytes()) or phrases_of(language))


def _senses(path: Path, tables: Mapping[str, Table]) -> Senses:
    if path.stem not in tables:
        raise BadTable(f"{path.stem}.toml: the file is missing in {_WORDS.name}/")
    return Senses(_packed(path, unpacked), tables[path.stem].words)


def _packed(path: Path, read: Callable[[Mapping[str, NDArray[Any]]], T]) -> T:
    with np.load(path, allow_pickle=False) as arrays:
        return checked(f"understanding/tables/{path.relative_to(_WORDS).as_posix()}", lambda: read(arrays))
