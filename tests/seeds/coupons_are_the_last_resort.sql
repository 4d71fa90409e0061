{#-
  A coupon comes before content, or before another action of its class: whom a good message would have won back is paid for coming
  back, and learns to wait. Only people who buy by coupon or in promotions anyway may get one earlier.
-#}
with actions as (
    select
        action_code,
        scheme_code,
        segment_code,
        position,
        offer,
        max(position) over (partition by scheme_code, segment_code) as last_place,
        min(case when offer = 'content' then position end) over (partition by scheme_code, segment_code) as first_content_place
    from {{ ref('action_playbook') }}
)

select *
from actions
where
    offer = 'coupon'
    and scheme_code || '.' || segment_code not in ('price_attitude.coupon_dependent', 'price_attitude.promotion_lover')
    and (position <> last_place or first_content_place is null or first_content_place > position)
