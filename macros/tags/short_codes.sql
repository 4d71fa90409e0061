{#- The field's short codes, rendered by customer_tag_values; `pattern` is what their codes look like. -#}
{% macro short_codes() %}
    {{ return([
        {'code': 'A', 'pattern': '^A$', 'name_en': 'High value', 'name_zh': '高价值客户', 'group': 'short_code', 'kind': 'tier', 'life_stage': 'behaviour', 'type': 'boolean',
         'owner': 'Customer operation', 'used_by': ['operations', 'sales'],
         'description': 'Trailing-year net amount at or above the 90th percentile of the buyers of that year.'},
        {'code': 'F<n>', 'pattern': '^F[1-9][0-9]*$', 'name_en': 'Repurchased n times', 'name_zh': '复购n次', 'group': 'short_code', 'kind': 'consumption', 'life_stage': 'behaviour', 'type': 'bigint',
         'owner': 'Customer operation', 'used_by': ['operations', 'sales'],
         'description': 'Bought n+1 times: F3 is three repurchases.'},
        {'code': 'T<product>-<n>', 'pattern': '^T.+-[1-9][0-9]*$', 'name_en': 'Bought the product n times', 'name_zh': '购买该商品n次', 'group': 'short_code', 'kind': 'consumption', 'life_stage': 'behaviour', 'type': 'bigint',
         'owner': 'Product team', 'used_by': ['operations', 'sales', 'product'],
         'description': 'n purchases contain that product (its sku_id).'},
        {'code': '<group>.<name>', 'pattern': '^[^.]+[.].+$', 'name_en': 'Tag set by hand', 'name_zh': '人工标签', 'group': 'manual', 'kind': 'static', 'life_stage': 'manual', 'type': 'varchar',
         'owner': 'Private-domain team', 'used_by': ['operations', 'sales'],
         'description': 'A staff note, questionnaire answer or WeCom tag: its group and its name.'},
    ]) }}
{% endmacro %}
