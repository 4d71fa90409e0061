"""Export files: which kind of a profile each is, and its cells as a table of text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tagmart.importers.exports.headers import places_of
from tagmart.importers.exports.profile import Kind, Profile
from tagmart.importers.exports.unmatched import lacking, unmatched
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


def find_exports(source: Path, profiles: list[Profile], work: Path) -> tuple[list[ExportFile], list[str]]:
    """Return the files of `source` (a file or a folder) that a profile knows, and sentences about the others."""
    if not source.exists():
        raise ImportProblem(f"{source} does not exist: give the path of the export files as SOURCE.")
    paths = [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.is_file() and _is_data(p))
    if not paths:
        raise ImportProblem(f"{source} holds no file to import ({', '.join(SUFFIXES)}): put the exports there.")
    known = [header for profile in profiles for kind in profile.kinds.values() for header in kind.headers()]
    found, others, unread = [], [], []
    for number, path in enumerate(paths):
        try:
            file = read_as_text(path, work / f"source-{number}", known)
        except ImportProblem as problem:
            unread.append(problem)
            continue
        matches = _kinds_of(path, file, profiles, work / f"source-{number}")
        if not matches:
            others.append((path, file))
        for match in matches:
            found.append(replace(match, number=len(found)))
    if not found:
        raise ImportProblem(unmatched(others, profiles)) if others else unread[0]
    said = [f"{path.name} was not read: {lacking(file, profiles)}." for path, file in others]
    return found, [*said, *(problem.message for problem in unread)]


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
            places = places_of(kind, file.columns)
            if all(name in places for name in kind.needs):
                found.append(ExportFile(number, file, profile, kind, places))
                break
    return max(found, key=lambda match: len(match.places), default=None)
