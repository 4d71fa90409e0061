{%- set steps = [
    ('source', 'Source', '来源'), ('reached', 'Reached', '触达'), ('interested', 'Interested', '兴趣'), ('first_order', 'First order', '首购'),
    ('retained', 'Retained', '留存'), ('repurchased', 'Repurchased', '复购'), ('advocate', 'Advocate', '推荐'),
] -%}

with newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

steps as (
    {% for step_code, step_en, step_zh in steps -%}
        select
            {{ loop.index }} as position,
            '{{ step_code }}' as step_code,
            '{{ step_en }}' as step_en,
            '{{ step_zh }}' as step_zh
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

customers as (
    select * from {{ ref('chain_customers') }}
),

ends as (
    select
        source_channel,
        crowd_code,
        last_position,
        is_old_enough,
        count(*) as customers_count
    from customers
    group by last_position, is_old_enough, cube(source_channel, crowd_code)
),

{#- Whose first order is younger than 30 days cannot have been retained yet: they are no part of what that rate is of. #}

passed as (
    select
        ends.source_channel,
        ends.crowd_code,
        steps.position,
        steps.step_code,
        steps.step_en,
        steps.step_zh,
        sum(case when ends.last_position >= steps.position then ends.customers_count else 0 end) as customers_count,
        sum(
            case
                when ends.last_position >= steps.position - 1 and (steps.step_code <> 'retained' or ends.is_old_enough) then ends.customers_count
                else 0
            end
        ) as of_count
    from ends
    cross join steps
    group by ends.source_channel, ends.crowd_code, steps.position, steps.step_code, steps.step_en, steps.step_zh
)

select
    newest.as_of_date,
    case
        when passed.source_channel is null and passed.crowd_code is null then 'brand'
        when passed.crowd_code is null then 'channel'
        when passed.source_channel is null then 'crowd'
        else 'channel_crowd'
    end as grain,
    passed.source_channel,
    passed.crowd_code,
    cast(passed.position as bigint) as position,
    passed.step_code,
    passed.step_en,
    passed.step_zh,
    cast(passed.customers_count as bigint) as customers_count,
    cast(case when passed.position > 1 then passed.of_count end as bigint) as of_count,
    case when passed.position > 1 then {{ share('passed.customers_count', 'passed.of_count') }} end as step_share,
    case when passed.position > 1 then {{ wilson_bound('passed.customers_count', 'passed.of_count', '-') }} end as step_share_low,
    case when passed.position > 1 then {{ wilson_bound('passed.customers_count', 'passed.of_count', '+') }} end as step_share_high
from passed
cross join newest
