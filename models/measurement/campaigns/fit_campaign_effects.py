from tagmart.engines import rows_of, table_for
from tagmart.measurement.effects import KEY, effects_of


def model(dbt, session):
    dbt.config(materialized="table")
    summed = dbt.ref("campaign_effects__summed")
    return table_for(session, effects_of(rows_of(summed, order_by=", ".join([*KEY, "variant"]))))
