{{ config(materialized='view') }}

with customer_tags as (
    select * from {{ ref('customer_tags') }}
),

high_value as (
    select
        as_of_date,
        percentile_cont(0.9) within group (order by net_amount_365d) as least_amount
    from customer_tags
    where orders_count_365d > 0
    group by as_of_date
),

manual_tags as (
    select
        customer_tags.customer_id,
        customer_tags.as_of_date,
        notes.tag_group || '.' || notes.tag_name as tag_code,
        coalesce(notes.tag_value, 'true') as tag_value,
        case when notes.tagged_by is null or notes.tagged_by = 'questionnaire' then 'questionnaire' else 'staff' end as source,
        row_number() over (
            partition by customer_tags.customer_id, customer_tags.as_of_date, notes.tag_group, notes.tag_name
            order by notes.tagged_date desc, notes.tagged_at desc nulls last, notes.tag_value asc nulls last, notes.tagged_by asc nulls last
        ) as newest_first
    from customer_tags
    inner join {{ ref('int_manual_tags__dated') }} as notes
        on customer_tags.customer_id = notes.customer_id and customer_tags.as_of_date >= notes.tagged_date
),

tag_values as (
    {% for tag in tag_columns() -%}
        select
            customer_id,
            as_of_date,
            '{{ tag.code }}' as tag_code,
            cast({{ tag.code }} as {{ dbt.type_string() }}) as tag_value,
            '{{ tag.kind }}' as kind,
            '{{ tag.life_stage }}' as life_stage,
            '{{ 'model' if tag.life_stage == 'predictive' else 'system' }}' as source,
            cast({{ tag.confidence or '1' }} as double) as confidence
        from customer_tags
        where {{ tag.code }} is not null
        union all
    {% endfor -%}
    select
        customer_tags.customer_id,
        customer_tags.as_of_date,
        'A' as tag_code,
        'true' as tag_value,
        'tier' as kind,
        'behaviour' as life_stage,
        'system' as source,
        1.0 as confidence
    from customer_tags
    inner join high_value on customer_tags.as_of_date = high_value.as_of_date
    where customer_tags.orders_count_365d > 0 and customer_tags.net_amount_365d >= high_value.least_amount
    union all
    select
        customer_id,
        as_of_date,
        'F' || cast(repurchase_count as {{ dbt.type_string() }}) as tag_code,
        cast(repurchase_count as {{ dbt.type_string() }}) as tag_value,
        'consumption' as kind,
        'behaviour' as life_stage,
        'system' as source,
        1.0 as confidence
    from customer_tags
    where repurchase_count > 0
    union all
    select
        customer_id,
        as_of_date,
        'T' || sku_id || '-' || cast(orders_count as {{ dbt.type_string() }}) as tag_code,
        cast(orders_count as {{ dbt.type_string() }}) as tag_value,
        'consumption' as kind,
        'behaviour' as life_stage,
        'system' as source,
        1.0 as confidence
    from {{ ref('int_products__bought') }}
    union all
    select
        customer_id,
        as_of_date,
        tag_code,
        tag_value,
        'static' as kind,
        'manual' as life_stage,
        source,
        1.0 as confidence
    from manual_tags
    where newest_first = 1
)

select * from tag_values
