{%- set earliest_offset = 'greatest(actions.day_offset, 1)' %}
{%- set free_again = 'cast(' ~ dbt.dateadd('day', 'actions.cadence_days', 'actions.last_taken_date') ~ ' as date)' %}

with actions as (
    select * from {{ ref('customer_actions') }}
),

customers as (
    select
        customer_id,
        is_wecom_contact,
        wecom_added_date,
        last_order_date,
        next_birthday_date,
        favourite_category,
        next_product_sku_id,
        habitual_sku_id
    from {{ ref('customer_tags') }}
    where is_current
),

anchors as (
    select * from {{ ref('action_anchors') }}
),

{#-
  An order or a contact of today is known tomorrow, so tomorrow is the first day on which anybody can answer it. Whoever is no contact any
  more is not greeted as a new one.
#}

own_dates as (
    select
        actions.customer_id,
        actions.action_code,
        case actions.anchor
            when 'none' then greatest({{ days_after('actions.as_of_date', 1) }}, {{ free_again }})
            when 'add' then case when customers.is_wecom_contact then {{ dbt.dateadd('day', earliest_offset, 'customers.wecom_added_date') }} end
            when 'order' then {{ dbt.dateadd('day', earliest_offset, 'customers.last_order_date') }}
            when 'birthday' then {{ dbt.dateadd('day', 'actions.day_offset', 'customers.next_birthday_date') }}
        end as due_date,
        cast(null as {{ dbt.type_string() }}) as occasion,
        coalesce(customers.next_product_sku_id, customers.habitual_sku_id) as sku_id
    from actions
    inner join customers on actions.customer_id = customers.customer_id
    where actions.anchor in ('none', 'add', 'order', 'birthday')
),

{#- Few occasions of all years fall into the two weeks: they are found before customers are joined to them. #}

occasions as (
    select
        kinds.action_code,
        cast({{ dbt.dateadd('day', 'kinds.day_offset', 'anchors.anchor_date') }} as date) as due_date,
        anchors.occasion,
        anchors.category,
        anchors.sku_id
    from (
        select distinct
            action_code,
            anchor,
            day_offset,
            as_of_date
        from actions
    ) as kinds
    inner join anchors on kinds.anchor = anchors.anchor
    where {{ dbt.datediff('kinds.as_of_date', 'anchors.anchor_date', 'day') }} + kinds.day_offset between 1 and 14
),

{#- A launch concerns those who like its category most. #}

common_dates as (
    select
        actions.customer_id,
        actions.action_code,
        occasions.due_date,
        occasions.occasion,
        coalesce(occasions.sku_id, customers.next_product_sku_id, customers.habitual_sku_id) as sku_id
    from actions
    inner join customers on actions.customer_id = customers.customer_id
    inner join occasions on actions.action_code = occasions.action_code
    where occasions.sku_id is null or customers.favourite_category = occasions.category
),

dates as (
    select * from own_dates
    union all
    select * from common_dates
),

due as (
    select
        actions.*,
        cast(dates.due_date as date) as due_date,
        dates.occasion,
        dates.sku_id,
        row_number() over (
            partition by actions.customer_id, actions.action_code
            order by dates.due_date nulls last, dates.occasion nulls first
        ) as position
    from dates
    inner join actions on dates.customer_id = actions.customer_id and dates.action_code = actions.action_code
    where
        dates.due_date > actions.as_of_date
        and dates.due_date <= {{ days_after('actions.as_of_date', 14) }}
        and (actions.last_taken_date is null or {{ dbt.datediff('actions.last_taken_date', 'dates.due_date', 'day') }} >= actions.cadence_days)
)

{#- The same action is asked for once in two weeks at most, whatever its occasions. #}

select *
from due
where position = 1
