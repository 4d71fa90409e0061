{#- Being careful: a block is for everybody whom it may mean, so that a shared identifier is as good as another. #}
with reached as (
    select * from {{ ref('int_identity__reached') }}
),

said as (
    {% for identifier in identifier_types() -%}
        select
            '{{ identifier }}' as identifier_type,
            {{ identifier }} as identifier,
            channel,
            reason,
            blocked_at,
            blocked_date,
            blocked_until
        from {{ ref('stg_contact_blocks') }}
        where {{ identifier }} is not null and ({{ is_until_newest('blocked_date') }} or blocked_date is null)
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select distinct
    reached.customer_id,
    said.channel,
    said.reason,
    said.blocked_at,
    said.blocked_date,
    said.blocked_until as blocked_until_date
from said
inner join reached on said.identifier_type = reached.identifier_type and said.identifier = reached.identifier
