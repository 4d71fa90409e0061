{%- set levels = {'chat': ('group_kind', 'chat_id'), 'kind': ('group_kind', "'all'"), 'all': ("'all'", "'all'")} -%}
{%- set membership = "chat_id || ' ' || member_id || ' ' || cast(joined_at as " ~ dbt.type_string() ~ ")" -%}
{%- set flows = [
    ('group_memberships', membership, 'joined_date', "'joined_' || join_scene"),
    ('group_memberships', membership, 'ended_date', "'left_' || end_kind"),
    ('int_group_chats__dated', 'chat_id', 'created_date', "'group_created'"),
    ('int_group_chats__dated', 'chat_id', 'dismissed_date', "'group_dismissed'"),
] -%}

with flows as (
    {% for model, source_id, flow_date, flow_kind in flows -%}
        select
            chat_id,
            group_kind,
            {{ source_id }} as source_id,
            {{ flow_date }} as flow_date,
            {{ flow_kind }} as flow_kind
        from {{ ref(model) }}
        where {{ flow_date }} is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

{% for level, (group_kind, chat_id) in levels.items() -%}
    select
        '{{ level }}' as group_level,
        {{ group_kind }} as group_kind,
        {{ chat_id }} as chat_id,
        source_id,
        flow_date,
        flow_kind
    from flows
    {{ 'union all' if not loop.last }}
{% endfor %}
