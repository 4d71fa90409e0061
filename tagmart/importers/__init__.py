"""Public data sets and exports of shops as raw tables: `run_import(name, source, folder)`, one small module a data set;
`exports.import_exports(source, folder, profiles)`, one YAML file a platform.

An importer only renames, splits and types. What is odd in the source (bad times, negative prices,
cancellations) arrives as it is: judging it is the staging models' work.
"""

from tagmart.importers.problem import ImportProblem
from tagmart.importers.run import DATA_SETS, run_import
from tagmart.importers.summary import Summary

__all__ = ["DATA_SETS", "ImportProblem", "Summary", "run_import"]
