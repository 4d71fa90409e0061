{{ config(materialized='view') }}

with spells as (
    select
        *,
        lead(createtime) over (partition by userid, external_userid order by createtime nulls last) as added_again_at
    from {{ ref('stg_wecom_contacts') }}
),

{#-
  WeCom stamps a contact with its latest createtime, and a deletion stays on the row: one dated before the spell ended an
  earlier one, one dated after the next spell began is the next one's. Neither ended this one.
#}

judged as (
    select
        *,
        coalesce(deleted_at >= createtime and (added_again_at is null or deleted_at <= added_again_at), false) as is_lost
    from spells
)

select
    userid,
    external_userid,
    unionid,
    state,
    createtime,
    added_date,
    is_lost,
    case when is_lost then deleted_at else added_again_at end as ended_at,
    case when is_lost then {{ business_date('deleted_at') }} else {{ business_date('added_again_at') }} end as ended_date,
    case
        when not is_lost then cast(null as {{ dbt.type_string() }})
        when delete_type = 'del_follow_user' then 'by_customer'
        when delete_type = 'del_external_contact' then 'by_staff'
        when delete_type = 'transfer' then 'transfer'
        else 'unknown'
    end as loss_type
from judged
