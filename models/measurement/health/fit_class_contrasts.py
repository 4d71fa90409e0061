from tagmart.engines import rows_of, table_for
from tagmart.measurement.classes import contrasts


def model(dbt, session):
    dbt.config(materialized="table")
    pairs = dbt.ref("class_pairs")
    return table_for(session, contrasts(rows_of(pairs, order_by="scheme_code, segment_code")))
