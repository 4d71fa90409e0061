with customers as (
    select
        tags.*,
        lifecycles.segment_code,
        {{ dbt.datediff('tags.as_of_date', 'tags.next_order_due_date', 'day') }} as days_until_due
    from {{ ref('customer_tags') }} as tags
    inner join {{ ref('segment_lifecycle') }} as lifecycles on tags.customer_id = lifecycles.customer_id and tags.as_of_date = lifecycles.as_of_date
    where tags.is_current and lifecycles.segment_code not in ('declining', 'lost')
),

{#- Whom the recall list asks back is not due, but gone. #}

due as (
    select * from customers
    where days_until_due <= 7
)

select
    due.customer_id,
    due.as_of_date,
    due.segment_code,
    due.next_order_due_date,
    due.days_until_due,
    coalesce(due.next_product_sku_id, due.habitual_sku_id) as sku_id,
    products.product_name,
    'Buys every ' || cast(cast(round(due.median_days_between_orders) as bigint) as {{ dbt.type_string() }}) || ' days, last '
    || cast(due.days_since_last_order as {{ dbt.type_string() }}) || ' days ago.' as reason_en,
    '通常每' || cast(cast(round(due.median_days_between_orders) as bigint) as {{ dbt.type_string() }}) || '天购买一次，末单距今'
    || cast(due.days_since_last_order as {{ dbt.type_string() }}) || '天。' as reason_zh,
    approaches.value_at_stake,
    approaches.channel,
    approaches.sender_userid,
    approaches.blocked_reason,
    approaches.is_over_cap,
    approaches.is_usable
from due
inner join {{ ref('customer_approaches') }} as approaches on due.customer_id = approaches.customer_id
left join {{ ref('int_products__described') }} as products on coalesce(due.next_product_sku_id, due.habitual_sku_id) = products.sku_id
