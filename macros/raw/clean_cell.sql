{#-
  A raw cell becomes a value in three steps (models/README.md, "How a cell is read"): scrubbed_cell, text without what
  surrounds it; clean_cell, null when it holds nothing; typed_cell, the contract's type, null when it cannot be read.
  Most cells are plain: a look at their shape tells, scrubbed_cell is null for them, and only the others pay for the rest.
-#}
{% macro scrubbed_cell(value, kind, raw_type, spellings, is_plain=false, words={}, codes=[]) %}
    {% if is_plain or is_typed_already(kind, raw_type) %}{{ return("cast(null as " ~ dbt.type_string() ~ ")") }}{% endif %}
    {% set text = text_of(value, raw_type) %}
    {% set blank = '[\\x00-\\x20\\x7f-\\xa0\\x{ad}\\x{34f}\\x{61c}\\x{1680}\\x{180e}\\x{2000}-\\x{200f}'
        ~ '\\x{2028}-\\x{202f}\\x{205f}-\\x{206f}\\x{2800}\\x{3000}\\x{3164}\\x{feff}]*' %}
    {% if kind == 'text' %}
        {% set scrubbed = replaced(text, '(?s)^' ~ blank ~ '(?:="' ~ blank ~ '(.*?)' ~ blank ~ '"|(.*?))' ~ blank ~ '$', '\\1\\2') %}
    {% else %}
        {% set half = "translate(" ~ text ~ ", " ~ exact_literal(full_width()) ~ ", " ~ exact_literal(half_width()) ~ ")" %}
        {% set guards = '="' ~ blank ~ '(.*?)' ~ blank ~ '"|[\'`‘’]' ~ blank ~ '([0-9].*?)|(.*?)' %}
        {% set scrubbed = replaced(half, '(?s)^' ~ blank ~ '(?:' ~ guards ~ ')' ~ blank ~ '$', '\\1\\2\\3') %}
    {% endif %}
    {#- '17850.0' is what pandas makes of the number 17850 in a column with a gap. -#}
    {% set steps = [['^([0-9]+)[.]0+$', '\\1']] if kind == 'identifier' else spellings.get(kind, []) %}
    {% set cell = namespace(text=scrubbed) %}
    {% for pattern, replacement in steps %}{% set cell.text = replaced(cell.text, pattern, replacement) %}{% endfor %}
    {{ return("case when " ~ text ~ " is null or " ~ looks_plain(text, kind, words, codes) ~ " then null else " ~ cell.text ~ " end") }}
{% endmacro %}

{#- Whether a cell needs no scrubbing and is no word for nothing. -#}
{% macro looks_plain(text, kind, words, codes) %}
    {% if codes %}{{ return(is_one_of(text, codes)) }}{% endif %}
    {% set shapes = {
        'identifier': '(?:[1-9]|0[0-]*[1-9A-Za-z]|[A-Za-z][A-Za-z_-]*[0-9])(?:[ -*,\\-/-~]*[0-9A-Za-z])?|[A-Za-z]{11,}',
        'code': '[0-9A-Za-z_]+',
        'text': '(?s)[0-9A-Za-z\\p{Han}](?:.*[0-9A-Za-z\\p{Han}])?',
        'number': '[0-9](?:[0-9.]*[0-9])?',
        'time': '(?:19[1-9]|2[0-9]{2})[0-9][-/][0-9]{1,2}[-/][0-9]{1,2}(?:[ T][0-9:.]+(?: ?Z| ?[-+][0-9:]+)?)?'
    } %}
    {% set plain = matches(text, shapes[kind]) %}
    {% set nothing = words_for_nothing(kind, words) if kind in ['text', 'code'] else [] %}
    {{ return("(" ~ plain ~ " and not " ~ matches(text, '(?i)' ~ any_of(nothing)) ~ ")" if nothing else plain) }}
{% endmacro %}

{#- Words for nothing (seed null_words), NaN and infinity, zeros in identifiers and dates of zero are null. -#}
{% macro clean_cell(value, scrubbed, kind, raw_type, words, format={}) %}
    {% if kind == 'time' and is_time_type(raw_type) %}
        {#- What databases write for no time. -#}
        {{ return("case when " ~ value ~ " >= timestamp '1900-01-01 12:00:00' or cast(" ~ value
            ~ " as date) not in (date '0001-01-01', date '1899-12-30', date '1899-12-31') then " ~ value ~ " end") }}
    {% endif %}
    {% if kind == 'number' and is_double_type(raw_type) %}{{ return("case when " ~ is_finite(value) ~ " then " ~ value ~ " end") }}{% endif %}
    {% if is_typed_already(kind, raw_type) %}{{ return(value) }}{% endif %}
    {% if format.get('is_plain') %}{{ return(text_of(value, raw_type)) }}{% endif %}
    {% set nothing = [''] + words_for_nothing(kind, words) %}
    {% set cases = ["when " ~ scrubbed ~ " is null then " ~ text_of(value, raw_type),
                    "when " ~ is_one_of("lower(" ~ scrubbed ~ ")", nothing) ~ " then null"] %}
    {% if kind == 'identifier' %}
        {% do cases.append("when " ~ matches(scrubbed, '[0.-]*0[0.-]*') ~ " then null") %}
    {% elif kind == 'time' %}
        {% do cases.append("when " ~ matches(scrubbed, '0+([.]0+)?|(0000-0?0-0?0|0001-0?1-0?1|1899-12-3[01]|1900-0?1-0?0)([ T].*)?') ~ " then null") %}
    {% elif kind == 'number' %}
        {% do cases.append(written_digits(scrubbed, format.get('decimal_mark'))) %}
    {% endif %}
    {{ return("case " ~ (cases | join(' ')) ~ " else " ~ scrubbed ~ " end") }}
{% endmacro %}

{#-
  A branch of a case: a number without its thousands separators. `decimal_mark` is the column's: with `comma`, 1.234,56 is
  one thousand and so on; else a comma separates thousands, and 12,50 is no number.
-#}
{% macro written_digits(number, decimal_mark) %}
    {% if decimal_mark == 'comma' %}
        {% set shape = '-?(?:[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)(?:,[0-9]*)?' %}
        {{ return("when " ~ matches(number, shape) ~ " then replace(" ~ replaced(number, '[. ]', '') ~ ", ',', '.')") }}
    {% endif %}
    {% set shape = '-?[0-9]{1,3}(?:,[0-9]{2,3})*[, ][0-9]{3}(?:[.][0-9]*)?|-?[0-9]{1,3}(?: [0-9]{3})+(?:[.][0-9]*)?' %}
    {{ return("when " ~ matches(number, shape) ~ " then " ~ replaced(number, '[, ]', '')) }}
{% endmacro %}

{#- Numbers among the words for identifiers are nobody's phone or device, but may well be an order: stg_null_identifiers. -#}
{% macro words_for_nothing(kind, words) %}
    {% set scope = {'identifier': 'identifier', 'number': 'number', 'time': 'number'}.get(kind, 'text') %}
    {% set found = [] %}
    {% for word in words.get('any', []) + words.get(scope, []) + (words.get('text', []) if kind == 'identifier' else []) %}
        {% do found.append(word) if kind != 'identifier' or not modules.re.search('[0-9]', word) %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}

{#- The printable ASCII characters in their full-width forms, and some signs that input methods write for them. -#}
{% macro full_width() %}{{ return('！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～　−') }}{% endmacro %}

{% macro half_width() %}{{ return('!"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~ -') }}{% endmacro %}
