{%- set limits = var('wecom_limits') %}

with definitions as (
    select * from {{ ref('segment_definitions') }}
),

{#- The first scheme stands first; WeCom shows the larger order first. #}

chosen as (
    {% for scheme_code in var('wecom_schemes') -%}
        select
            {{ text_literal(scheme_code) }} as scheme_code,
            {{ loop.revindex }} as group_order
        {{ 'union all' if not loop.last }}
    {% else -%}
        select
            scheme_code,
            row_number() over (order by scheme_code desc) as group_order
        from definitions
        group by scheme_code
    {% endfor %}
),

bearers as (
    select
        classes.scheme_code,
        classes.segment_code,
        count(*) as relations_count
    from {{ ref('wecom_relations') }} as relations
    inner join {{ ref('customer_segments') }} as classes on relations.customer_id = classes.customer_id and classes.is_current
    where relations.may_bear_tags
    group by classes.scheme_code, classes.segment_code
),

named as (
    select
        definitions.scheme_code,
        definitions.segment_code,
        definitions.scheme_name_zh as group_name,
        definitions.name_zh as tag_name,
        definitions.position,
        cast(chosen.group_order as bigint) as group_order,
        max(definitions.position) over (partition by definitions.scheme_code) - definitions.position as tag_order,
        coalesce(bearers.relations_count, 0) as relations_count,
        row_number() over (
            partition by definitions.scheme_code, definitions.name_zh order by definitions.position nulls last
        ) as place_of_name
    from definitions
    left join chosen on definitions.scheme_code = chosen.scheme_code
    left join bearers on definitions.scheme_code = bearers.scheme_code and definitions.segment_code = bearers.segment_code
),

{#- Where a group does not hold all classes, it holds those of most customers. #}

judged as (
    select
        *,
        case
            when group_order is null then 'scheme_not_chosen'
            when dense_rank() over (order by group_order desc nulls last) > {{ limits.groups }} then 'too_many_groups'
            when length(group_name) > {{ limits.name_length }} or length(tag_name) > {{ limits.name_length }} then 'name_too_long'
            when place_of_name > 1 then 'name_stands_twice'
        end as fault
    from named
),

grouped as (
    select
        *,
        case
            when fault is not null then fault
            when row_number() over (partition by scheme_code, fault order by relations_count desc, position asc nulls last) > {{ limits.tags_a_group }} then 'group_full'
        end as fault_in_group
    from judged
),

{#- What its group has no room for takes no place of the company's. #}

placed as (
    select
        *,
        row_number() over (
            partition by fault_in_group order by group_order desc nulls last, relations_count desc, position asc nulls last
        ) as place_in_company
    from grouped
)

select
    scheme_code,
    segment_code,
    group_name,
    tag_name,
    group_order,
    cast(tag_order as bigint) as tag_order,
    relations_count,
    case
        when fault_in_group is not null then fault_in_group
        when place_in_company > {{ limits.tags }} then 'company_full'
    end as left_out_reason
from placed
