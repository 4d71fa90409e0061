{{ config(group='activation') }}

{#-
  Rows that may go out although a block in force or the latest word on marketing forbids their channel, asked of the raw words anew.
  A message to somebody who asked for none costs more than the message can bring.
-#}
with sent as (
    select distinct
        list_code,
        customer_id,
        as_of_date,
        channel
    from {{ ref('activation_lists') }}
    where is_usable
),

withdrawn as (
    select
        said.customer_id,
        said.channel,
        max(said.changed_at) as changed_at
    from {{ ref('int_consents__dated') }} as said
    where said.purpose = 'marketing' and said.status = 'withdrawn'
    group by said.customer_id, said.channel
)

select
    sent.list_code,
    sent.customer_id,
    sent.channel,
    blocks.reason as why
from sent
inner join {{ ref('int_contact_blocks__dated') }} as blocks
    on
        sent.customer_id = blocks.customer_id
        and (sent.channel = blocks.channel or blocks.channel in ('all', 'other'))
        and (blocks.blocked_until_date is null or blocks.blocked_until_date >= sent.as_of_date)
union all
select
    sent.list_code,
    sent.customer_id,
    sent.channel,
    'consent_withdrawn' as why
from sent
inner join withdrawn
    on sent.customer_id = withdrawn.customer_id and (sent.channel = withdrawn.channel or withdrawn.channel in ('all', 'other'))
where
    not exists (
        select 1
        from {{ ref('int_consents__dated') }} as later
        where
            later.customer_id = sent.customer_id
            and later.purpose = 'marketing'
            and later.status = 'granted'
            and later.channel in (sent.channel, 'all')
            and later.changed_at > withdrawn.changed_at
    )
