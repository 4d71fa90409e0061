{#- An action goes over a touchpoint without a channel, such as a store: it is put on a list and nobody can carry it out. -#}
select
    actions.action_code,
    actions.touchpoint
from {{ ref('action_playbook') }} as actions
left join {{ ref('channel_touchpoints') }} as touchpoints on actions.touchpoint = touchpoints.touchpoint
where touchpoints.channel is null
