with sums as (
    select * from {{ ref('group_log_rank__sums') }}
),

tested as (
    select
        sums.*,
        cast(sums.general_over_count + sums.segmented_over_count as double) - sums.general_expected as segmented_expected,
        p_values.chi_square,
        p_values.p_value
    from sums
    inner join {{ ref('group_log_rank__p_values') }} as p_values on sums.life_of = p_values.life_of
)

select
    life_of,
    general_count,
    segmented_count,
    general_over_count,
    segmented_over_count,
    general_expected,
    segmented_expected,
    variance,
    chi_square,
    p_value,
    case
        when p_value is null or least(general_expected, segmented_expected) < 5 then 'not_enough_data'
        when p_value >= 0.05 then 'no_difference_shown'
        when general_over_count > general_expected then 'segmented_live_longer'
        else 'general_live_longer'
    end as verdict
from tested
