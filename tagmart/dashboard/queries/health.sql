select
    scheme_code,
    segment_code,
    neighbour_segment_code,
    customers_count as customers,
    stability_share,
    actions_count,
    has_own_actions,
    buyers_share_difference,
    buyers_share_difference_low,
    buyers_share_difference_high,
    verdict
from measurement.segment_health
where scheme_code not in ('crowd', 'crowd_scene')
order by scheme_code, segment_code
