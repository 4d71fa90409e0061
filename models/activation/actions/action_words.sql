{{ config(materialized='view') }}

with playbook as (
    select * from {{ ref('action_playbook') }}
),

definitions as (
    select * from {{ ref('segment_definitions') }}
)

select
    playbook.action_code,
    playbook.scheme_code,
    playbook.segment_code,
    playbook.objective_en,
    playbook.objective_zh,
    playbook.action_en,
    playbook.action_zh,
    playbook.offer,
    playbook.touchpoint,
    playbook.scene,
    playbook.anchor,
    playbook.prior_uplift,
    definitions.scheme_name_en || ': ' || definitions.name_en || '. ' || playbook.objective_en || '.' as because_en,
    definitions.scheme_name_zh || '：' || definitions.name_zh || '。' || playbook.objective_zh || '。' as because_zh
from playbook
inner join definitions on playbook.scheme_code = definitions.scheme_code and playbook.segment_code = definitions.segment_code
