{#-
  A written number without what people and spreadsheets put around it: currency signs and words;
  (12.50) and 12.50- are below zero.
-#}
{% macro bare_number(text) %}
    {#- So many nested calls are too deep for sqlfluff, and have no style. -#}
    {% if var('lint', false) %}{{ return(text) }}{% endif %}
    {% set currency = '(?:cny|rmb|usd|eur|gbp|jpy|hkd|twd|krw|inr|brl|aud|cad|sgd|myr|thb|vnd|us ?\\$|(?:cn|jp)[¥￥]|hk\\$|nt\\$|r\\$|a\\$|c\\$|s\\$|[$¥￥€£₩₹₽฿₫]|rs[.]?|元整|元|圆|円|人民币|美元|港币|欧元|日元|kr|zł)' %}
    {% set steps = [
        ["['’\\x{a0}\\x{2009}\\x{202f}]", ' '],
        ['(?i)^([-+(]?) *' ~ currency ~ ' *([-+]?)', '\\1\\2'],
        ['(?i) *' ~ currency ~ '([)-]?)$', '\\1'],
        ['^[(] *([^-+].*?) *[)]$', '-\\1'],
        ['^([0-9].*)-$', '-\\1'],
        ['^[+]|^(-) +', '\\1']
    ] %}
    {% set bare = namespace(text=text) %}
    {% for pattern, replacement in steps %}{% set bare.text = replaced(bare.text, pattern, replacement) %}{% endfor %}
    {{ return(bare.text) }}
{% endmacro %}

{#-
  A branch of a case: a bare number without its thousands separators. `decimal_mark` is the column's: with `comma`,
  1.234,56 is one thousand and so on; else a comma separates thousands, and 12,50 is no number.
-#}
{% macro written_digits(number, decimal_mark) %}
    {% if decimal_mark == 'comma' %}
        {% set shape = '-?(?:[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)(?:,[0-9]*)?' %}
        {{ return("when " ~ matches(number, shape) ~ " then replace(" ~ replaced(number, '[. ]', '') ~ ", ',', '.')") }}
    {% endif %}
    {% set shape = '-?[0-9]{1,3}(?:,[0-9]{2,3})*[, ][0-9]{3}(?:[.][0-9]*)?|-?[0-9]{1,3}(?: [0-9]{3})+(?:[.][0-9]*)?' %}
    {{ return("when " ~ matches(number, shape) ~ " then " ~ replaced(number, '[, ]', '')) }}
{% endmacro %}
