{{ config(materialized='view') }}

with customers as (
    select * from {{ ref('int_customers__spine') }}
),

{#- What a customer told when registering is not known before. #}

described as (
    select
        customers.as_of_date,
        described.*,
        extract(year from customers.as_of_date) - extract(year from described.birth_date)
        - case
            when
                100 * extract(month from customers.as_of_date) + extract(day from customers.as_of_date)
                < 100 * extract(month from described.birth_date) + extract(day from described.birth_date)
                then 1
            else 0
        end as full_years
    from customers
    inner join {{ ref('int_customers__described') }} as described
        on
            customers.customer_id = described.customer_id
            and (customers.as_of_date >= described.registered_date or described.registered_date is null)
),

contacts as (
    select * from {{ ref('int_contacts__measured') }}
),

first_touches as (
    select
        customer_id,
        as_of_date,
        first_touch_date
    from {{ ref('int_interactions__measured') }}
),

city_tiers as (
    select
        city,
        city_tier
    from {{ ref('city_tiers') }}
),

age_bands as (
    select
        age_band,
        min_age,
        max_age
    from {{ ref('age_bands') }}
),

aged as (
    select
        customers.customer_id,
        customers.as_of_date,
        customers.is_current,
        described.gender,
        cast(case when described.full_years between 0 and 120 then described.full_years end as integer) as age,
        case when described.full_years between 0 and 120 then {{ next_anniversary('described.birth_date', 'customers.as_of_date') }} end
            as next_birthday_date,
        described.province,
        described.city,
        city_tiers.city_tier,
        described.occupation,
        described.marital_status,
        described.member_level,
        described.source_channel,
        contacts.channel_state,
        described.registered_date,
        described.followers_count,
        {#- least passes over nulls, on DuckDB and on Spark. #}
        least(first_touches.first_touch_date, contacts.first_contact_date) as first_touch_date,
        coalesce(contacts.wecom_staff_count, 0) > 0 as is_wecom_contact,
        coalesce(contacts.wecom_staff_count, 0) as wecom_staff_count,
        contacts.wecom_added_date,
        case when contacts.wecom_staff_count = 0 then contacts.last_lost_date end as wecom_lost_date,
        case when contacts.wecom_staff_count = 0 then contacts.last_loss_type end as loss_type,
        coalesce(contacts.groups_joined_count, 0) as groups_joined_count,
        customers.input_fingerprint
    from customers
    left join described on customers.customer_id = described.customer_id and customers.as_of_date = described.as_of_date
    left join contacts on customers.customer_id = contacts.customer_id and customers.as_of_date = contacts.as_of_date
    left join first_touches on customers.customer_id = first_touches.customer_id and customers.as_of_date = first_touches.as_of_date
    left join city_tiers on described.city = city_tiers.city
)

select
    aged.*,
    age_bands.age_band
from aged
left join age_bands on aged.age between age_bands.min_age and age_bands.max_age
