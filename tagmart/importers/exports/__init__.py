"""Exports of shops and CRMs as raw tables, by profiles that are data: `import_exports`, and `suggest` for a new one."""

from tagmart.importers.exports.importing import import_exports
from tagmart.importers.exports.profile import load_profile, profile_names
from tagmart.importers.exports.suggesting import suggest

__all__ = ["import_exports", "load_profile", "profile_names", "suggest"]
