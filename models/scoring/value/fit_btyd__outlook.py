from tagmart.scoring.outlook import outlook_by_date


def model(dbt, session):
    dbt.config(materialized="table")
    cells = dbt.ref("fit_btyd__cells")
    return outlook_by_date(cells.order("as_of_date, repeat_days_count, age_days").arrow())
