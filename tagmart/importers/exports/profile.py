"""A profile: what the exports of one platform look like and which raw columns they feed, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tagmart.importers.exports.checking import Checked
from tagmart.importers.problem import ImportProblem

FOLDER = Path(__file__).resolve().parents[1] / "profiles"


@dataclass(frozen=True)
class Kind:
    """One kind of export file, told by its headers."""

    name: str
    what: str
    needs: tuple[str, ...]  # fields without which a file is not of this kind
    columns: dict[str, list[str] | dict]  # field: spellings of its header, or {like: pattern} for several columns
    fill_down: tuple[str, ...] = ()  # fields that stand on the first line of an order only
    fields: dict[str, object] = field(default_factory=dict)  # further fields, as expressions over the others

    @property
    def lists(self) -> set[str]:
        """The fields that hold the cells of several columns."""
        return {name for name, spec in self.columns.items() if isinstance(spec, dict)}

    def headers(self) -> list[str]:
        """Every spelling that the kind knows."""
        return [header for spec in self.columns.values() if isinstance(spec, list) for header in spec]


@dataclass(frozen=True)
class Recipe:
    """How the lines of one kind of file become rows of one raw table."""

    source: str  # the kind
    columns: dict[str, object]  # raw column: expression
    unless: str | None = None  # left out when there are files of this kind, which say the same better
    where: dict[str, object] = field(default_factory=dict)
    unpack: dict[str, str] = field(default_factory=dict)  # {field, between}: one row for each part of its cells
    once_per: tuple[str, ...] = ()  # lines with the same fields are one row
    over_files: bool = False  # also when they stand in different files


@dataclass(frozen=True)
class Profile:
    """A platform's exports; `tables` holds the recipes of each raw table."""

    name: str
    title: str
    timezone: str
    kinds: dict[str, Kind]
    tables: dict[str, tuple[Recipe, ...]]
    codes: dict[str, dict[str, list[str]]]  # list of words: {code: its words}
    personal: tuple[str, ...]  # headers of names and addresses, which are never written out
    nothing: tuple[str, ...]  # words that this platform writes where there is nothing
    notes: tuple[str, ...]


def profile_names() -> list[str]:
    """Return the names of the profiles that come with the package."""
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


def load_profile(name: str) -> Profile:
    """Return a profile by its name, or from the path of a .yml file of one's own."""
    own = Path(name)
    is_own = own.suffix.lower() in (".yml", ".yaml")
    path = own if is_own else FOLDER / f"{name}.yml"
    if not is_own and name not in profile_names():
        known = ", ".join(profile_names())
        raise ImportProblem(f"There is no profile {name}: take one of {known}, or give the path of a .yml of your own.")
    if not path.is_file():
        raise ImportProblem(f"{path} does not exist: give the path of a profile, or one of {', '.join(profile_names())}.")
    return read_profile(path.read_text(encoding="utf-8-sig"), path, name if not is_own else own.stem)


def read_profile(text: str, path: Path, name: str) -> Profile:
    """Return the profile of a YAML text; `path` is what a mistake is reported against."""
    try:
        data, root = yaml.safe_load(text), yaml.compose(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark else f"{path}"
        what = getattr(error, "problem", None) or "it is no YAML"
        raise ImportProblem(f"{where}: {what}; correct the line.") from None
    checked = Checked(path, root, data)
    checked.profile()
    return Profile(
        name=name,
        title=data.get("title", name),
        timezone=data["timezone"],
        kinds={kind: _kind(kind, spec) for kind, spec in data["files"].items()},
        tables={table: tuple(_recipe(spec) for spec in recipes) for table, recipes in data["tables"].items()},
        codes={key: {str(code): list(map(str, words)) for code, words in codes.items()} for key, codes in data.get("codes", {}).items()},
        personal=tuple(data.get("personal", ())),
        nothing=tuple(map(str, data.get("nothing", ()))),
        notes=tuple(data.get("notes", ())),
    )


def _kind(name: str, spec: dict) -> Kind:
    columns = {key: [str(item) for item in value] if isinstance(value, list) else value for key, value in spec["columns"].items()}
    return Kind(name, spec.get("what", name), tuple(spec["needs"]), columns, tuple(spec.get("fill_down", ())), spec.get("fields", {}))


def _recipe(spec: dict) -> Recipe:
    given = {key: spec[key] for key in ("unless", "where", "unpack", "over_files") if key in spec}
    return Recipe(spec["from"], spec["columns"], once_per=tuple(spec.get("once_per", ())), **given)
