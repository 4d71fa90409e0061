"""What to say of files that no profile knows."""

from __future__ import annotations

from pathlib import Path

from tagmart.importers.exports.headers import places_of
from tagmart.importers.exports.profile import Kind, Profile
from tagmart.importers.text_files import TextFile


def lacking(file: TextFile, profiles: list[Profile]) -> str:
    """Say what the file lacks to be of the kind that it is nearest to."""
    kinds = [kind for profile in profiles for kind in profile.kinds.values()]
    missing = {kind.name: [n for n in kind.needs if n not in places_of(kind, file.columns)] for kind in kinds}
    nearest = min(reversed(kinds), key=lambda kind: (len(missing[kind.name]) / len(kind.needs), len(missing[kind.name])))
    headers = ", ".join(_either(nearest, name) for name in missing[nearest.name])
    return f"for a file of {nearest.what} it lacks the column {headers}"


def _either(kind: Kind, name: str) -> str:
    spec = kind.columns[name]
    return " or ".join(spec) if isinstance(spec, list) else f"like {spec['like']}"


def unmatched(others: list[tuple[Path, TextFile]], profiles: list[Profile]) -> str:
    """Return the sentence for when no file is of a kind that the profiles know."""
    names = ", ".join(profile.name for profile in profiles)
    path, file = others[0]
    more = f" (and {len(others) - 1} more)" if len(others) > 1 else ""
    return (
        f"{path}{more} does not match the profile {names}: {lacking(file, profiles)}; name another profile, or start "
        f"one of your own with tagmart import exports --suggest {path.name}."
    )
