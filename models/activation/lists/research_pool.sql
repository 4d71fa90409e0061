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
    inner join {{ ref('contact_routes') }} as routes on tags.customer_id = routes.customer_id
    where tags.is_current and tags.orders_count > 0 and routes.blocked_reason is null
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

customer_stakes as (
    select * from {{ ref('customer_stakes') }}
),

routes as (
    select * from {{ ref('contact_routes') }}
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
    customer_stakes.value_at_stake,
    routes.channel,
    routes.sender_userid,
    routes.blocked_reason,
    routes.is_over_cap,
    routes.is_usable
from drawn
inner join customer_stakes on drawn.customer_id = customer_stakes.customer_id
inner join routes on drawn.customer_id = routes.customer_id
where drawn.position <= drawn.quota
