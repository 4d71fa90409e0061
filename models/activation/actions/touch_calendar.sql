with days as (
    select * from {{ ref('touch_days') }}
),

words as (
    select * from {{ ref('action_words') }}
),

queued as (
    select
        *,
        confirmed_by_staff and is_possible and not is_over_weekly_cap as needs_staff,
        row_number() over (
            partition by userid, due_date, confirmed_by_staff and is_possible and not is_over_weekly_cap
            order by expected_value desc, customer_id asc nulls last
        ) as place
    from days
),

judged as (
    select
        *,
        is_over_staff_capacity or needs_staff and place > {{ var('staff_daily_confirmations') }} as is_beyond_staff
    from queued
)

select
    judged.customer_id,
    judged.as_of_date,
    judged.due_date,
    judged.action_code,
    words.scheme_code,
    words.segment_code,
    words.objective_en,
    words.objective_zh,
    words.action_en,
    words.action_zh,
    words.offer,
    words.anchor,
    judged.occasion,
    judged.sku_id,
    words.because_en as reason_en,
    words.because_zh as reason_zh,
    judged.value_at_stake,
    judged.expected_value,
    judged.channel,
    case when judged.confirmed_by_staff then judged.userid end as sender_userid,
    judged.blocked_reason,
    judged.is_over_weekly_cap as is_over_cap,
    judged.is_beyond_staff as is_over_staff_capacity,
    judged.is_possible and not judged.is_over_weekly_cap and not judged.is_beyond_staff as is_usable
from judged
inner join words on judged.action_code = words.action_code
