"""Export files: which kind of a profile each is, and its cells as a table of text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from tagmart.importers.exports.profile import Kind, Profile
from tagmart.importers.problem import ImportProblem
from tagmart.importers.text_files import SUFFIXES, TextFile, is_workbook, read_as_text


@dataclass(frozen=True)
class ExportFile:
    """A file whose kind is known. `places` says which of its columns, counted from 0, each field is read from."""

    number: int
    file: TextFile
    profile: Profile
    kind: Kind
    places: dict[str, list[int]]

    @property
    def table(self) -> str:
        """The table of its kind, as source.<table>."""
        return f"{self.profile.name}_{self.kind.name}"

    def unused(self) -> list[str]:
        """The headers that no field reads."""
        used = {place for places in self.places.values() for place in places}
        return [header for place, header in enumerate(self.file.columns) if place not in used and header.strip()]


def plain(header: str) -> str:
    """Return a header without what differs between exports: case, width, spaces, punctuation."""
    text = unicodedata.normalize("NFKC", header).lower()
    return "".join(c for c in text if c.isalnum() or c in "#$%")


def find_exports(source: Path, profiles: list[Profile], work: Path) -> tuple[list[ExportFile], list[str]]:
    """Return the files of `source` (a file or a folder) that a profile knows, and sentences about the others."""
    if not source.exists():
        raise ImportProblem(f"{source} does not exist: give the path of the export files as SOURCE.")
    paths = [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.is_file() and _is_data(p))
    if not paths:
        raise ImportProblem(f"{source} holds no file to import ({', '.join(SUFFIXES)}): put the exports there.")
    known = [header for profile in profiles for kind in profile.kinds.values() for header in kind.headers()]
    found, others = [], []
    for number, path in enumerate(paths):
        file = read_as_text(path, work / f"source-{number}", known)
        matches = _kinds_of(path, file, profiles, work / f"source-{number}")
        if not matches:
            others.append((path, file))
        for match in matches:
            found.append(replace(match, number=len(found)))
    if not found:
        raise ImportProblem(_nearest(others, profiles))
    return found, [f"{path.name} was not read: {_lacking(file, profiles)}" for path, file in others]


def _is_data(path: Path) -> bool:
    is_hidden = path.name.startswith((".", "~$"))
    return path.suffix.lower() in SUFFIXES and not is_hidden


def _kinds_of(path: Path, file: TextFile, profiles: list[Profile], work: Path) -> list[ExportFile]:
    """The file as the kind it is; of a workbook each of its tables, such as a sheet of orders and one of lines."""
    first = _kind_of(0, file, profiles)
    if not is_workbook(path):
        return [first] if first else []
    found = {first.table: first} if first else {}
    for profile in profiles:
        for kind in profile.kinds.values():
            sheet = read_as_text(path, work / f"{profile.name}-{kind.name}", kind.headers())
            match = _kind_of(0, sheet, profiles)
            if match and match.file.columns not in [other.file.columns for other in found.values()]:
                found.setdefault(match.table, match)
    return list(found.values())


def _kind_of(number: int, file: TextFile, profiles: list[Profile]) -> ExportFile | None:
    """Of each profile the first kind whose needs the headers meet; of those the one that reads most columns."""
    found = []
    for profile in profiles:
        for kind in profile.kinds.values():
            places = _places(kind, file.columns)
            if all(name in places for name in kind.needs):
                found.append(ExportFile(number, file, profile, kind, places))
                break
    return max(found, key=lambda match: len(match.places), default=None)


def _places(kind: Kind, headers: list[str]) -> dict[str, list[int]]:
    at: dict[str, int] = {}
    for place, header in enumerate(headers):
        at.setdefault(plain(header), place)
    found = {}
    for name, spec in kind.columns.items():
        if isinstance(spec, dict):
            places = [p for p, header in enumerate(headers) if re.search(spec["like"], header.strip(), re.IGNORECASE)]
        else:
            places = [at[plain(header)] for header in spec if plain(header) in at]
        if places:
            found[name] = places
    return found


def _lacking(file: TextFile, profiles: list[Profile]) -> str:
    """Say what the file lacks to be of the kind that it is nearest to."""
    kinds = [kind for profile in profiles for kind in profile.kinds.values()]
    missing = {kind.name: [n for n in kind.needs if n not in _places(kind, file.columns)] for kind in kinds}
    nearest = min(reversed(kinds), key=lambda kind: (len(missing[kind.name]) / len(kind.needs), len(missing[kind.name])))
    headers = ", ".join(_either(nearest, name) for name in missing[nearest.name])
    return f"for a file of {nearest.what} it lacks the column {headers}"


def _either(kind: Kind, name: str) -> str:
    spec = kind.columns[name]
    return " or ".join(spec) if isinstance(spec, list) else f"like {spec['like']}"


def _nearest(others: list[tuple[Path, TextFile]], profiles: list[Profile]) -> str:
    names = ", ".join(profile.name for profile in profiles)
    path, file = others[0]
    more = f" (and {len(others) - 1} more)" if len(others) > 1 else ""
    return (
        f"{path}{more} does not match the profile {names}: {_lacking(file, profiles)}; name another profile, or start "
        f"one of your own with tagmart import exports --suggest {path.name}."
    )
