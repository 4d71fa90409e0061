with customers as (
    select
        tags.customer_id,
        tags.as_of_date,
        case when pools.segment_code = 'core' then 'core' else 'ordinary' end as pool,
        lifecycles.segment_code as lifecycle_segment_code,
        coalesce(tags.gender, 'unknown') as gender,
        md5(tags.customer_id) as drawn_by
    from {{ ref('customer_tags') }} as tags
    inner join {{ ref('segment_core_pool') }} as pools on tags.customer_id = pools.customer_id and tags.as_of_date = pools.as_of_date
    inner join {{ ref('segment_lifecycle') }} as lifecycles on tags.customer_id = lifecycles.customer_id and tags.as_of_date = lifecycles.as_of_date
    inner join {{ ref('customer_approaches') }} as approaches on tags.customer_id = approaches.customer_id
    where tags.is_current and tags.orders_count > 0 and approaches.blocked_reason is null
),

{#- Each stratum gets its share of the places: the whole part, and one more for the largest remainders. #}

strata as (
    select
        pool,
        lifecycle_segment_code,
        gender,
        count(*) as customers_count,
        sum(count(*)) over (partition by pool) as pool_count,
        case pool when 'core' then 20 else 80 end as places_count
    from customers
    group by pool, lifecycle_segment_code, gender
),

shares as (
    select
        *,
        floor(cast(customers_count * places_count as double) / pool_count) as whole_places_count,
        (customers_count * places_count) % pool_count as rest_count
    from strata
),

quotas as (
    select
        *,
        whole_places_count
        + case
            when
                row_number() over (partition by pool order by rest_count desc, lifecycle_segment_code asc nulls last, gender asc nulls last)
                <= places_count - sum(whole_places_count) over (partition by pool)
                then 1
            else 0
        end as quota
    from shares
),

{#- Drawn by a hash of the customer, who therefore stays in the pool from day to day while the quota lasts. #}

drawn as (
    select
        customers.*,
        quotas.quota,
        row_number() over (
            partition by customers.pool, customers.lifecycle_segment_code, customers.gender
            order by customers.drawn_by nulls last, customers.customer_id nulls last
        ) as position
    from customers
    inner join quotas
        on
            customers.pool = quotas.pool
            and customers.lifecycle_segment_code = quotas.lifecycle_segment_code
            and customers.gender = quotas.gender
),

approaches as (
    select * from {{ ref('customer_approaches') }}
)

select
    drawn.customer_id,
    drawn.as_of_date,
    drawn.pool,
    drawn.lifecycle_segment_code,
    drawn.gender,
    case drawn.pool when 'core' then 'One of 20 of the core pool, drawn by stage and gender.' else 'One of 80 ordinary buyers, drawn by stage and gender.' end
        as reason_en,
    case drawn.pool when 'core' then '核心池20人之一，按生命周期与性别分层抽取。' else '普通购买客户80人之一，按生命周期与性别分层抽取。' end as reason_zh,
    approaches.value_at_stake,
    approaches.channel,
    approaches.sender_userid,
    approaches.blocked_reason,
    approaches.is_over_cap,
    approaches.is_usable
from drawn
inner join approaches on drawn.customer_id = approaches.customer_id
where drawn.position <= drawn.quota
