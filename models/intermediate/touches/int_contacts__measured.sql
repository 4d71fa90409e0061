{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}") }}

with contact_events as (
    select * from {{ ref('int_contacts__dated') }}
),

{{ open_history('contact_events') }},

entered as (
    {{- entered_events('contact_events') }}
),

{#- A member of staff holds a customer while more spells have begun than ended: two contacts of one person count once. #}

held_changes as (
    select
        customer_number,
        place_id,
        enters as as_of_date,
        sum(case when event_kind = 'added' then 1 else -1 end) as held_change
    from entered
    where event_kind in ('added', 'lost', 'renewed')
    group by customer_number, place_id, enters
),

held as (
    select
        *,
        sum(held_change) over (partition by customer_number, place_id order by as_of_date nulls last) as held_after
    from held_changes
),

staff_steps as (
    select
        customer_number,
        as_of_date,
        sum(case when held_after > 0 then 1 else 0 end - case when held_after - held_change > 0 then 1 else 0 end) as staff_step
    from held
    group by customer_number, as_of_date
),

first_joins as (
    select
        customer_number,
        place_id,
        min(enters) as as_of_date
    from entered
    where event_kind = 'joined'
    group by customer_number, place_id
),

group_steps as (
    select
        customer_number,
        as_of_date,
        count(*) as groups_step
    from first_joins
    group by customer_number, as_of_date
),

summed as (
    select
        customer_number,
        enters as as_of_date,
        min(event_date) filter (where event_kind = 'added') as added_date,
        min(event_date) as first_contact_date,
        max(event_date) filter (where event_kind = 'lost' and loss_type <> 'transfer') as lost_date,
        max_by(loss_type, {{ in_order(['event_at', 'loss_type', 'place_id']) }}) filter (where event_kind = 'lost' and loss_type <> 'transfer') as loss_type,
        min_by(state, {{ in_order(['event_at', 'state']) }}) filter (where state is not null) as channel_state
    from entered
    group by customer_number, enters
),

measured as (
    select
        spine.customer_id,
        spine.as_of_date,
        cast(sum(coalesce(staff_steps.staff_step, 0)) over so_far as bigint) as wecom_staff_count,
        cast(sum(coalesce(group_steps.groups_step, 0)) over so_far as bigint) as groups_joined_count,
        min(summed.added_date) over so_far as wecom_added_date,
        min(summed.first_contact_date) over so_far as first_contact_date,
        max(summed.lost_date) over so_far as last_lost_date,
        {{ carried_forward('summed.loss_type', 'so_far') }} as last_loss_type,
        {{ first_known('summed.channel_state', 'so_far') }} as channel_state,
        spine.input_fingerprint
    from spine
    left join summed on spine.customer_number = summed.customer_number and spine.as_of_date = summed.as_of_date
    left join staff_steps on spine.customer_number = staff_steps.customer_number and spine.as_of_date = staff_steps.as_of_date
    left join group_steps on spine.customer_number = group_steps.customer_number and spine.as_of_date = group_steps.as_of_date
    window so_far as (partition by spine.customer_number order by spine.as_of_date nulls last rows between unbounded preceding and current row)
)

select *
from measured
where {{ is_lacking('measured') }}
