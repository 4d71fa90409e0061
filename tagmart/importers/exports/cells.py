"""What cells of exports mean, as macros of the DuckDB that imports them.

Used only where an importer has to compare or to add up: what it writes is the cell as it stands in the export, for
staging to read by its own rules.
"""

from __future__ import annotations

import csv

import duckdb

from tagmart.contract import project_root

NULL_WORDS = "seeds/null_words.csv"
# In case the project has no such seed: what spreadsheets and shops write where there is nothing.
NOTHING = ("null", "none", "nan", "n/a", "na", "undefined", "-", "--", "—", "\\n", "#n/a", "nil", "无", "空", "暂无")

MACROS = (
    r"tidy(x) as regexp_replace(x, '^[\s\p{Z}\p{Cc}\p{Cf}]+|[\s\p{Z}\p{Cc}\p{Cf}]+$', '', 'g')",
    # ="A1", =123 and '123 are how Excel is told that a number is a text.
    r"""unguarded(x) as regexp_replace(regexp_replace(x, '^=(?:"([^"]*)"|([0-9]+))$', '\1\2'), '^[''`‘’](.*)$', '\1')""",
    "clean(x) as nullif(tidy(unguarded(tidy(x))), '')",
    "filled(x) as case when lower(clean(x)) in ({nothing}) then null when clean(x) is not null then x end",
    "halfwidth(x) as translate(x, '０１２３４５６７８９．，－＋', '0123456789.,-+')",
    # Text that is written as a number, without what stands around the digits.
    r"""digits_of(x) as regexp_replace(
        halfwidth(clean(filled(x))), '[\s,]|^(?:US|HK|NT|AU|CA|C|A|R)?[$¥￥€£]|^(?:RMB|CNY|USD)|元$|(?:RMB|CNY|USD)$', '', 'g'
    )""",
    # At most 11 digits before the point and 8 behind it; anything else is unreadable and null, never rounded.
    r"""number(x) as case
        when regexp_matches(digits_of(x), '^[+-]?[0-9]{1,11}([.][0-9]{1,8}0*)?$|^[+-]?[.][0-9]{1,8}0*$')
            then try_cast(regexp_replace(digits_of(x), '([.][0-9]{8})0+$', '\1') as decimal(19, 8))
    end""",
    r"shown(n) as regexp_replace(cast(n as varchar), '[.]?0+$', '')",
    "unreadable(x) as filled(x) is not null and number(x) is null",
    # A long number that a spreadsheet has shortened is no longer one order's or one person's.
    r"spoiled(x) as coalesce(regexp_matches(clean(x), '^[0-9]([.][0-9]+)?[eE][+]?[0-9]+$'), false)",
    r"word(x) as lower(regexp_replace(clean(x), '[\s\p{Z}\p{P}]', '', 'g'))",
    r"is_masked(x) as contains(x, '*') or contains(x, '＊') or starts_with(x, '$$') or starts_with(x, '##')",
    r"""zoned(x, zone) as case
        when filled(x) is null or not regexp_matches(x, '[1-9１-９]') then x
        when regexp_matches(clean(x), '^[+-]?[0-9]{9,11}([.][0-9]+)?$|^[0-9]{13}([.][0-9]+)?$|^[0-9]{16}$|[eE][+]') then x
        when regexp_matches(clean(x), '(?i)[0-9](Z| ?(UTC|GMT)([+-][0-9:]+)?| [A-Z]+/[A-Z_/+-]+)$') then x
        when regexp_matches(clean(x), '[0-9]:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)? ?[+-][0-9]{2}(:?[0-9]{2})?$') then x
        else clean(x) || ' ' || zone
    end""",
    # Digits only, China's country code taken off its mobile numbers. Masked numbers, private numbers with an
    # extension (one an order) and what is too short, too long or one digit repeated is nobody's number.
    r"""phone_digits(x) as regexp_replace(
        regexp_replace(halfwidth(clean(filled(x))), '[.]0+$', ''), '[^0-9]', '', 'g'
    )""",
    r"bare_phone(x) as regexp_replace(phone_digits(x), '^(?:00)?86(1[3-9][0-9]{9})$', '\1')",
    r"""phone_number(x) as case
        when is_masked(x) or spoiled(x) or regexp_matches(clean(x), '[0-9]{11} ?([-_,，转#]|(?i:ext|x)) ?[0-9]{1,6}$') then null
        when length(bare_phone(x)) between 7 and 15 and replace(bare_phone(x), left(bare_phone(x), 1), '') <> ''
            then bare_phone(x)
    end""",
    "phone_hash(x) as sha256(phone_number(x))",
    "email_hash(x) as case when contains(x, '@') and not is_masked(x) then sha256(lower(clean(filled(x)))) end",
    "identifier(x) as case when not is_masked(x) then clean(filled(x)) end",
)


def define(con: duckdb.DuckDBPyConnection) -> None:
    """Create the macros in a connection."""
    nothing = ", ".join(quoted(word) for word in null_words())
    for macro in MACROS:
        con.execute(f"create or replace macro {macro.replace('{nothing}', nothing)}")


def null_words() -> list[str]:
    """Return the words for nothing in lower case: those of the project's seed, where it has one."""
    path = project_root() / NULL_WORDS
    if not path.is_file():
        return list(NOTHING)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    words = {row["word"].strip().lower() for row in rows if row.get("scope", "any") == "any"}
    return sorted(words | set(NOTHING))


def quoted(text: object) -> str:
    """Return a text as a SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def named(name: str) -> str:
    """Return a name as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
