from tagmart.engines import rows_of, table_for
from tagmart.measurement.survival import log_rank_p_values


def model(dbt, session):
    dbt.config(materialized="table")
    sums = dbt.ref("group_log_rank__sums")
    return table_for(session, log_rank_p_values(rows_of(sums, order_by="life_of")))
