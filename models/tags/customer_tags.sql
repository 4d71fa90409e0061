{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='append_new_columns',
    pre_hook=[
        "{{ forget_stale_rows() }}",
        "{{ forget_changed_scores(ref('customer_tags__predictive'), tag_columns() | selectattr('life_stage', 'equalto', 'predictive')"
        ~ " | map(attribute='code') | list) }}",
        "{{ first_part('as_of_date') }}",
    ],
    post_hook="{{ other_parts('as_of_date') }}", meta={'has_rows_by_date': true}
) }}

with facts as (
    select * from {{ ref('customer_tags__facts') }}
),

consumption as (
    select * from {{ ref('customer_tags__consumption') }}
),

interaction as (
    select * from {{ ref('customer_tags__interaction') }}
),

predictive as (
    select * from {{ ref('customer_tags__predictive') }}
),

families as (
    select *
    from facts
    inner join consumption using (customer_id, as_of_date)
    inner join interaction using (customer_id, as_of_date)
    left join predictive using (customer_id, as_of_date)
    where {{ is_lacking('facts') }} and {{ is_in_part('facts.as_of_date') }}
)

select
    *,
    case
        when first_touch_date <= first_order_date then {{ dbt.datediff('first_touch_date', 'first_order_date', 'day') }}
    end as days_to_first_order,
    case
        when product_views_90d > 0 then least(cast(orders_count_90d as double) / product_views_90d, 1)
    end as product_view_to_order_rate_90d
from families
