"""The sheets of Online Retail II, whose days overlap, as lines that each count once."""

# The second edition has a sheet a year, and both hold the first days of December 2010. Lines stand in the order of time,
# so a new sheet begins where time falls back by more than a day. A line that stands in a sheet twice was sold twice;
# lines that stand in two sheets are the same sale: the sheet that has most of them counts.
NUMBERED = """
with behind as (
    select
        *,
        case when invoice_date < lag(invoice_date) over (order by source_row) - interval 1 day then 1 else 0 end as new_sheets
    from source.lines
),

in_sheets as (
    select *, sum(new_sheets) over (order by source_row rows unbounded preceding) as sheet from behind
)

select
    *,
    row_number() over (
        partition by
            sheet, invoice_no, stock_code, description, quantity, invoice_date, unit_price, customer_id, country
        order by source_row
    ) as copy
from in_sheets
"""

ONCE = """
select *
from source.numbered
qualify
    row_number() over (
        partition by
            copy, invoice_no, stock_code, description, quantity, invoice_date, unit_price, customer_id, country
        order by sheet
    ) = 1
"""

REPEATED = "select * from source.numbered anti join source.once using (source_row)"

ONCE_OF_SHEETS = {"numbered": NUMBERED, "once": ONCE, "repeated": REPEATED}
