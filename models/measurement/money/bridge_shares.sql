{%- set factors = ['buyers', 'orders_per_buyer', 'amount_per_order', 'margin_share'] -%}
{%- set key = ['period_code', 'comparison_code', 'scheme_code', 'segment_code', 'measure_code'] -%}

with factors as (
    select * from {{ ref('bridge_factors') }}
),

{#- Each factor once as the one that is asked about, with the three others beside it; which of them is which does not matter. #}

asked as (
    {% for factor in factors %}
        {% set others = factors | reject('equalto', factor) | list %}
        select
            {{ key | join(', ') }},
            '{{ factor }}' as factor_code,
            {{ factor }} - from_{{ factor }} as factor_change,
            from_{{ others[0] }} as a_before,
            {{ others[0] }} as a_after,
            from_{{ others[1] }} as b_before,
            {{ others[1] }} as b_after,
            from_{{ others[2] }} as c_before,
            {{ others[2] }} as c_after
        from factors
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

{#-
  The mean over all 24 orders in which four factors can change: of them 6 change the one asked about first, 6 last, and 2 after each
  one and each two of the others.
#}

shared as (
    select
        *,
        factor_change * (
            3 * (a_before * b_before * c_before + a_after * b_after * c_after)
            + a_after * b_before * c_before + a_before * b_after * c_before + a_before * b_before * c_after
            + a_after * b_after * c_before + a_after * b_before * c_after + a_before * b_after * c_after
        ) / 12 as factor_amount
    from asked
)

select
    {{ key | join(', ') }},
    sum(case when factor_code = 'buyers' then factor_amount end) as buyers_amount,
    sum(case when factor_code = 'orders_per_buyer' then factor_amount end) as orders_per_buyer_amount,
    sum(case when factor_code = 'amount_per_order' then factor_amount end) as amount_per_order_amount,
    sum(case when factor_code = 'margin_share' then factor_amount end) as margin_share_amount
from shared
group by {{ key | join(', ') }}
