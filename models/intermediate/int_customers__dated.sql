{%- set attributes = [
    'gender', 'birth_date', 'province', 'city', 'occupation', 'marital_status', 'member_level', 'source_channel', 'registered_date',
    'followers_count',
] -%}

with dates as (
    select
        as_of_date,
        is_current
    from {{ ref('int_as_of_dates') }}
),

known as (
    select
        known.customer_id,
        known.known_date,
        {{ row_hash(attributes) }} as profile_hash
    from {{ ref('int_customers__known') }} as known
    left join {{ ref('int_customers__described') }} as described on known.customer_id = described.customer_id
),

settings as (
    select {{ settings_fingerprint() }} as settings_text
),

customer_days as (
    select
        customer_id,
        activity_date,
        day_fingerprint
    from {{ ref('int_customer_days') }}
),

calendar as (
    select
        event_days.activity_date,
        min(dates.as_of_date) as enters
    from (select distinct activity_date from customer_days) as event_days
    inner join dates on event_days.activity_date <= dates.as_of_date
    group by event_days.activity_date
),

entered as (
    select
        customer_days.customer_id,
        calendar.enters as as_of_date,
        bit_xor(customer_days.day_fingerprint) as events_hash
    from customer_days
    inner join calendar on customer_days.activity_date = calendar.activity_date
    group by customer_days.customer_id, calendar.enters
),

dated as (
    select
        known.customer_id,
        dates.as_of_date,
        dates.is_current,
        known.profile_hash,
        bit_xor(coalesce(entered.events_hash, 0)) over so_far as history_hash
    from known
    inner join dates on known.known_date <= dates.as_of_date
    left join entered on known.customer_id = entered.customer_id and dates.as_of_date = entered.as_of_date
    window so_far as (partition by known.customer_id order by dates.as_of_date rows between unbounded preceding and current row)
)

select
    dated.customer_id,
    dated.as_of_date,
    dated.is_current,
    {{ row_hash(['dated.history_hash', 'dated.is_current', 'dated.profile_hash', 'settings.settings_text']) }} as input_fingerprint
from dated
cross join settings
