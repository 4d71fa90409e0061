with tags as (
    {% for tag in tag_columns() + short_codes() -%}
        select
            {{ text_literal(tag.code) }} as tag_code,
            {{ text_literal(tag.get('pattern', '^' ~ tag.code ~ '$')) }} as code_pattern,
            {{ text_literal(tag.name_en) }} as name_en,
            {{ text_literal(tag.name_zh) }} as name_zh,
            {{ text_literal(tag.group) }} as tag_group,
            {{ text_literal(tag.kind) }} as kind,
            {{ text_literal(tag.life_stage) }} as life_stage,
            {{ text_literal(tag.type) }} as data_type,
            {{ text_literal(tag.owner) }} as owner,
            {{ text_literal(tag.used_by | join(', ')) }} as used_by,
            {{ text_literal(tag.description) }} as description
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from tags
