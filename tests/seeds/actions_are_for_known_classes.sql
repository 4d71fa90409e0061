{#-
  An action is for a class that no scheme has, so no customer ever gets it: a misspelt code, or a class that was renamed. Classes of
  the journey presets that are not in use are no classes of this build and wait; test_playbook.py knows all presets.
-#}
select
    actions.action_code,
    actions.scheme_code,
    actions.segment_code
from {{ ref('action_playbook') }} as actions
left join {{ ref('segment_definitions') }} as classes
    on actions.scheme_code = classes.scheme_code and actions.segment_code = classes.segment_code
where classes.segment_code is null and actions.scheme_code <> 'journey'
