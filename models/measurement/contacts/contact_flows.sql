{%- set levels = {'channel': 'channel', 'all': "'all'"} -%}
{%- set flows = {'begin_kind': ('begun_date', 'in'), 'end_kind': ('ended_date', 'out')} -%}

with relations as (
    select * from {{ ref('contact_relations') }}
),

both_levels as (
    {% for level, channel in levels.items() -%}
        select
            '{{ level }}' as channel_level,
            {{ channel }} as channel,
            customer_id,
            userid,
            external_userid,
            begun_at,
            begun_date,
            begin_kind,
            ended_date,
            end_kind
        from relations
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

{% for kind, (flow_date, direction) in flows.items() -%}
    select
        channel_level,
        channel,
        customer_id,
        userid,
        external_userid,
        begun_at,
        {{ flow_date }} as flow_date,
        {{ kind }} || '_{{ direction }}' as flow_kind
    from both_levels
    where {{ flow_date }} is not null
    {{ 'union all' if not loop.last }}
{% endfor %}
