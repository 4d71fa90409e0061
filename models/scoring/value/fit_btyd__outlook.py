from tagmart.engines import rows_of, table_for
from tagmart.scoring.outlook import outlook_by_date


def model(dbt, session):
    dbt.config(materialized="table")
    cells = dbt.ref("fit_btyd__cells")
    return table_for(session, outlook_by_date(rows_of(cells, order_by="as_of_date, repeat_days_count, age_days")))
