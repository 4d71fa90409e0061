with dates as (
    select
        as_of_date,
        is_current
    from {{ ref('int_as_of_dates') }}
),

settings as (
    select settings_hash from {{ ref('int_settings__hashed') }}
),

known as (
    select
        known.customer_id,
        known.known_date,
        {{ row_hash([
            'gender', 'birth_date', 'province', 'city', 'occupation', 'marital_status', 'member_level', 'source_channel',
            'registered_date', 'followers_count'
        ]) }} as profile_hash
    from {{ ref('int_customers__known') }} as known
    left join {{ ref('int_customers__described') }} as described on known.customer_id = described.customer_id
),

entered as (
    select
        customer_days.customer_id,
        event_days.enters as as_of_date,
        bit_xor(customer_days.day_fingerprint) as events_hash
    from {{ ref('int_customer_days') }} as customer_days
    inner join {{ ref('int_event_days__entered') }} as event_days on customer_days.activity_date = event_days.event_date
    group by customer_days.customer_id, event_days.enters
),

spine as (
    select
        known.customer_id,
        dates.as_of_date,
        dates.is_current,
        known.profile_hash,
        bit_xor(entered.events_hash) over so_far as history_hash
    from known
    inner join dates on known.known_date <= dates.as_of_date
    left join entered on known.customer_id = entered.customer_id and dates.as_of_date = entered.as_of_date
    window so_far as (partition by known.customer_id order by dates.as_of_date nulls last rows between unbounded preceding and current row)
)

select
    spine.customer_id,
    spine.as_of_date,
    spine.is_current,
    {{ row_hash(['spine.history_hash', 'spine.is_current', 'spine.profile_hash', 'settings.settings_hash']) }} as input_fingerprint
from spine
cross join settings
