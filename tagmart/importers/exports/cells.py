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
    "filled(x) as list_transform([x], lambda f__: case when lower(clean(f__)) in ({nothing}) then null when clean(f__) is not null then f__ end)[1]",
    "halfwidth(x) as translate(x, '０１２３４５６７８９．，－＋', '0123456789.,-+')",
    # Text that is written as a number, without what stands around the digits.
    r"""digits_of(x) as regexp_replace(
        halfwidth(clean(filled(x))), '[\s,]|^(?:US|HK|NT|AU|CA|C|A|R)?[$¥￥€£]|^(?:RMB|CNY|USD)|元$|(?:RMB|CNY|USD)$', '', 'g'
    )""",
    # At most 11 digits before the point and 8 behind it; anything else is unreadable and null, never rounded.
    r"""number(x) as list_transform([digits_of(x)], lambda n__: case
        when regexp_matches(n__, '^[+-]?[0-9]{1,11}([.][0-9]{1,8}0*)?$|^[+-]?[.][0-9]{1,8}0*$')
            then try_cast(regexp_replace(n__, '([.][0-9]{8})0+$', '\1') as decimal(19, 8))
    end)[1]""",
    r"shown(n) as regexp_replace(cast(n as varchar), '[.]?0+$', '')",
    "unreadable(x) as list_transform([x], lambda u__: filled(u__) is not null and number(u__) is null)[1]",
    # A long number that a spreadsheet has shortened is no longer one order's or one person's.
    r"spoiled(x) as coalesce(regexp_matches(clean(x), '^[0-9]([.][0-9]+)?[eE][+]?[0-9]+$'), false)",
    r"word(x) as lower(regexp_replace(clean(x), '[\s\p{Z}\p{P}]', '', 'g'))",
    r"is_masked(x) as contains(x, '*') or contains(x, '＊') or starts_with(x, '$$') or starts_with(x, '##')",
    r"""zoned(x, zone) as list_transform([clean(x)], lambda z__: case
        when filled(z__) is null or not regexp_matches(z__, '[1-9１-９]') then x
        when regexp_matches(z__, '^[+-]?[0-9]{9,11}([.][0-9]+)?$|^[0-9]{13}([.][0-9]+)?$|^[0-9]{16}$|[eE][+]') then x
        when regexp_matches(z__, '(?i)[0-9](Z| ?(UTC|GMT)([+-][0-9:]+)?| [A-Z]+/[A-Z_/+-]+)$') then x
        when regexp_matches(z__, '[0-9]:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)? ?[+-][0-9]{2}(:?[0-9]{2})?$') then x
        else z__ || ' ' || zone
    end)[1]""",
    # Digits only, China's country code taken off its mobile numbers. Masked numbers, private numbers with an
    # extension (one an order) and what is too short, too long or one digit repeated is nobody's number.
    r"""bare_phone(x) as regexp_replace(
        regexp_replace(regexp_replace(halfwidth(x), '[.]0+$', ''), '[^0-9]', '', 'g'), '^(?:00)?86(1[3-9][0-9]{9})$', '\1'
    )""",
    r"""phone_number(x) as list_transform([clean(filled(x))], lambda p__: case
        when is_masked(p__) or spoiled(p__) or regexp_matches(p__, '[0-9]{11} ?([-_,，转#]|(?i:ext|x)) ?[0-9]{1,6}$') then null
        when length(bare_phone(p__)) between 7 and 15 and not regexp_matches(bare_phone(p__), '^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$')
            then bare_phone(p__)
    end)[1]""",
    "phone_hash(x) as sha256(phone_number(x))",
    "email_hash(x) as list_transform([clean(filled(x))], lambda e__: case when contains(e__, '@') and not is_masked(e__) then sha256(lower(e__)) end)[1]",
    "identifier(x) as list_transform([clean(filled(x))], lambda i__: case when not is_masked(i__) then i__ end)[1]",
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
