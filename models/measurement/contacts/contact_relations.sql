with runs as (
    select * from {{ ref('contact_runs') }}
),

received as (
    select
        runs.*,
        handovers.received_number
    from runs
    left join {{ ref('contact_handovers') }} as handovers
        on
            runs.userid = handovers.userid
            and runs.external_userid = handovers.external_userid
            and runs.begun_at = handovers.begun_at
),

{#-
  The first that was given away is the first that is received. A giver may have received the contact, too: each step goes
  twice as far back as the one before, so that six steps reach the channel of who was handed over up to 63 times.
#}

step_0 as (
    select
        takers.external_userid,
        takers.received_number,
        givers.received_number as from_number,
        case when givers.received_number is null then givers.channel end as channel
    from received as takers
    inner join received as givers
        on takers.external_userid = givers.external_userid and takers.received_number = givers.given_number
),
{% for step in range(6) %}
    step_{{ step + 1 }} as (
        select
            near.external_userid,
            near.received_number,
            far.from_number,
            coalesce(near.channel, far.channel) as channel
        from step_{{ step }} as near
        left join step_{{ step }} as far
            on near.external_userid = far.external_userid and near.from_number = far.received_number
    ),
{% endfor %}
relations as (
    select
        received.userid,
        received.external_userid,
        received.begun_at,
        received.customer_id,
        received.begun_date,
        case when received.received_number is null then 'new' else 'transfer' end as begin_kind,
        coalesce(origins.channel, received.channel) as channel,
        received.ended_date,
        received.end_kind
    from received
    left join step_6 as origins
        on received.external_userid = origins.external_userid and received.received_number = origins.received_number
)

select * from relations
