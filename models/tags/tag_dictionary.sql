with columns_of_mart as (
    {% for tag in tag_columns() -%}
        select
            '{{ tag.code }}' as tag_code,
            '^{{ tag.code }}$' as code_pattern,
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

select * from columns_of_mart
union all
select
    'A' as tag_code,
    '^A$' as code_pattern,
    'High value' as name_en,
    '高价值客户' as name_zh,
    'short_code' as tag_group,
    'tier' as kind,
    'behaviour' as life_stage,
    'boolean' as data_type,
    'Customer operation' as owner,
    'operations, sales' as used_by,
    'Trailing-year net amount at or above the 90th percentile of the buyers of that year.' as description
union all
select
    'F<n>' as tag_code,
    '^F[1-9][0-9]*$' as code_pattern,
    'Repurchased n times' as name_en,
    '复购n次' as name_zh,
    'short_code' as tag_group,
    'consumption' as kind,
    'behaviour' as life_stage,
    'bigint' as data_type,
    'Customer operation' as owner,
    'operations, sales' as used_by,
    'Bought n+1 times: F3 is three repurchases.' as description
union all
select
    'T<product>-<n>' as tag_code,
    '^T.+-[1-9][0-9]*$' as code_pattern,
    'Bought the product n times' as name_en,
    '购买该商品n次' as name_zh,
    'short_code' as tag_group,
    'consumption' as kind,
    'behaviour' as life_stage,
    'bigint' as data_type,
    'Product team' as owner,
    'operations, sales, product' as used_by,
    'n purchases contain that product (its sku_id).' as description
union all
select
    '<group>.<name>' as tag_code,
    '^[^.]+[.].+$' as code_pattern,
    'Tag set by hand' as name_en,
    '人工标签' as name_zh,
    'manual' as tag_group,
    'static' as kind,
    'manual' as life_stage,
    'varchar' as data_type,
    'Private-domain team' as owner,
    'operations, sales' as used_by,
    'A staff note, questionnaire answer or WeCom tag: its group and its name.' as description
