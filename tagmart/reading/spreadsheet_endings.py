"""The endings of spreadsheets, apart from their reader so that they cost no import."""

SPREADSHEET_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et")
