"""What in the two texts of a model is not the SQL that DuckDB and Spark share.

What an author writes stands in both texts, what a macro of cross_db spells per engine in one. So a construct, or a function that is not
for both, is refused when both texts hold it; a function that one text alone holds must be known as one that a macro writes.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop.dialects import functions, tokens, trees
from workshop.dialects.compiled import Texts
from workshop.dialects.reading import Found, Reading, read

ENGINES = {"duckdb": "DuckDB", "spark": "Spark"}
INSTEAD = tokens.INSTEAD | trees.INSTEAD
# The macro writes it otherwise for each engine, so one engine is enough to see that it was not the macro.
ALSO_IN_ONE = {"regexp_replace"}


@dataclass(frozen=True, order=True)
class Fault:
    """`file` and the `line` of it (0: a macro wrote it, or a test in a YAML), the name of the model or test, and the sentence."""

    file: str
    line: int
    name: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else f"{self.file} ({self.name})"
        return f"{where}: {self.sentence}."


def faults(texts: Texts) -> list[Fault]:
    """Return what is to be mended in a model or data test, by line; each once."""
    if not texts.duckdb.strip():
        return []
    readings = {"duckdb": read(texts.duckdb, "duckdb"), "spark": read(texts.spark, "spark")}
    found = [*_not_read(texts, readings), *_constructs(texts, readings)]
    if all(reading.not_read is None for reading in readings.values()):
        found += _functions(texts, readings)
    return sorted(set(found))


def _not_read(texts: Texts, readings: dict[str, Reading]) -> list[Fault]:
    """A construct at the same line says it better than a parser does."""
    said = []
    for engine, reading in readings.items():
        if reading.not_read and reading.not_read.line not in {each.line for each in _in_both(readings)}:
            said.append(_fault(texts, engine, reading.not_read.line, f"{ENGINES[engine]} does not read it: {reading.not_read.words.rstrip('.')}"))
    return said


def _constructs(texts: Texts, readings: dict[str, Reading]) -> list[Fault]:
    found = [_fault(texts, engine, each.line, _sentence(each)) for engine, each in _of_fewest(readings)]
    for engine, reading in readings.items():
        found += [_fault(texts, engine, each.line, _sentence(each)) for each in reading.found if each.construct in ALSO_IN_ONE]
    return found


def _functions(texts: Texts, readings: dict[str, Reading]) -> list[Fault]:
    called = {engine: {each.said: each for each in reading.found if not each.construct} for engine, reading in readings.items()}
    both = called["duckdb"].keys() & called["spark"].keys()
    found = [
        _fault(texts, "duckdb", called["duckdb"][name].line, f"{name}(): {functions.sentence(name)}")
        for name in both - functions.allowed("both")
        # A macro may write the same name for both, with other arguments.
        if not {name} <= functions.allowed("duckdb") & functions.allowed("spark")
    ]
    for engine, names in called.items():
        for name in names.keys() - both - functions.allowed("both") - functions.allowed(engine):
            found.append(_fault(texts, engine, names[name].line, f"{name}() of {ENGINES[engine]}: {functions.ONE_ENGINE}"))
    return found


def _key(each: Found) -> tuple[str, str]:
    return each.construct, each.said


def _in_both(readings: dict[str, Reading]) -> list[Found]:
    return [each for _, each in _of_fewest(readings)]


def _of_fewest(readings: dict[str, Reading]) -> list[tuple[str, Found]]:
    """The constructs that both texts hold, each from the text that holds fewer: what a macro wrote beside them is in the other one."""
    by_key = {engine: {} for engine in readings}
    for engine, reading in readings.items():
        for each in reading.found:
            if each.construct and each.construct not in ALSO_IN_ONE:
                by_key[engine].setdefault(_key(each), []).append(each)
    chosen = []
    for key in by_key["duckdb"].keys() & by_key["spark"].keys():
        engine = min(readings, key=lambda engine: len(by_key[engine][key]))
        chosen += [(engine, each) for each in by_key[engine][key]]
    return chosen


def _sentence(each: Found) -> str:
    written = f" {each.said}" if each.said and each.said != each.construct else ""
    return f"{each.construct}{written}: {INSTEAD[each.construct]}"


def _fault(texts: Texts, engine: str, line: int, sentence: str) -> Fault:
    compiled = (texts.duckdb if engine == "duckdb" else texts.spark).split("\n")
    written = compiled[min(line, len(compiled)) - 1].strip()
    same = [number for number, each in enumerate(texts.source.split("\n"), 1) if each.strip() == written]
    before = [each.strip() for each in compiled[: line - 1]].count(written)
    if same and texts.file.endswith(".sql"):
        return Fault(texts.file, same[min(before, len(same) - 1)], texts.name, sentence)
    return Fault(texts.file, 0, texts.name, f"{sentence}; it is in `{written[:120]}`")
