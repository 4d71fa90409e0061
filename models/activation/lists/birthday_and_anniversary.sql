with customers as (
    select * from {{ ref('customer_tags') }}
    where is_current
),

occasions as (
    select
        customer_id,
        as_of_date,
        'birthday' as occasion,
        cast(null as date) as since_date,
        next_birthday_date as occasion_date
    from customers
    {% for occasion, since in {'registration': 'registered_date', 'first_order': 'first_order_date', 'wecom_contact': 'wecom_added_date'}.items() -%}
        union all
        select
            customer_id,
            as_of_date,
            '{{ occasion }}' as occasion,
            {{ since }} as since_date,
            {{ next_anniversary(since, 'as_of_date') }} as occasion_date
        from customers
        where {{ since }} is not null {{ "and is_wecom_contact" if occasion == 'wecom_contact' }}
    {% endfor %}
),

coming as (
    select
        *,
        extract(year from occasion_date) - extract(year from since_date) as years_count
    from occasions
    where occasion_date <= {{ days_after('as_of_date', 30) }}
),

approaches as (
    select * from {{ ref('customer_approaches') }}
)

select
    coming.customer_id,
    coming.as_of_date,
    coming.occasion,
    coming.occasion_date,
    cast(coming.years_count as bigint) as years_count,
    cast(coming.occasion_date as {{ dbt.type_string() }}) || ': '
    || coalesce(cast(coming.years_count as {{ dbt.type_string() }}) || case when coming.years_count = 1 then ' year' else ' years' end, '')
    || case coming.occasion
        when 'birthday' then 'birthday.'
        when 'registration' then ' since they registered.'
        when 'first_order' then ' since their first order.'
        else ' since they were added in WeCom.'
    end as reason_en,
    cast(coming.occasion_date as {{ dbt.type_string() }}) || case coming.occasion
        when 'birthday' then '生日。'
        when 'registration' then '注册满' || cast(coming.years_count as {{ dbt.type_string() }}) || '年。'
        when 'first_order' then '首单满' || cast(coming.years_count as {{ dbt.type_string() }}) || '年。'
        else '添加企微满' || cast(coming.years_count as {{ dbt.type_string() }}) || '年。'
    end as reason_zh,
    approaches.value_at_stake,
    approaches.channel,
    approaches.sender_userid,
    approaches.blocked_reason,
    approaches.is_over_cap,
    approaches.is_usable
from coming
inner join approaches on coming.customer_id = approaches.customer_id
