{#- A class of the five schemes that decide on actions has none: whoever is in it hears nothing, and nobody notices. -#}
select
    classes.scheme_code,
    classes.segment_code
from {{ ref('segment_definitions') }} as classes
left join {{ ref('action_playbook') }} as actions
    on classes.scheme_code = actions.scheme_code and classes.segment_code = actions.segment_code
where
    classes.scheme_code in ('rfm', 'aipl', 'lifecycle', 'journey', 'price_attitude')
    and actions.action_code is null
