{{ config(materialized='view') }}

{#- A view sees the text of ref() only, so each list is named where it stands. -#}
{%- set lists = {
    'next_best_action': ref('next_best_action'),
    'touch_calendar': ref('touch_calendar'),
    'recall_list': ref('recall_list'),
    'lost_contacts': ref('lost_contacts'),
    'repurchase_due': ref('repurchase_due'),
    'birthday_and_anniversary': ref('birthday_and_anniversary'),
    'research_pool': ref('research_pool'),
} %}

{% for list_code, list in lists.items() -%}
    select
        '{{ list_code }}' as list_code,
        customer_id,
        as_of_date,
        channel,
        blocked_reason,
        is_over_cap,
        {{ 'is_over_staff_capacity' if list_code in ['next_best_action', 'touch_calendar'] else 'false as is_over_staff_capacity' }},
        is_usable
    from {{ list }}
    {{ 'union all' if not loop.last }}
{% endfor %}
