"""Files as shops export them (encodings, line ends, spreadsheets) as UTF-8 CSV files that DuckDB reads."""

from tagmart.reading.files import Utf8Csv, as_utf8_csv
from tagmart.reading.problem import ReadingProblem

__all__ = ["ReadingProblem", "Utf8Csv", "as_utf8_csv"]
