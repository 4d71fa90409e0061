{#-
  A raw cell becomes a value in three steps, each a column of its own so that the SQL stays short:
    scrubbed_cell  text without what surrounds it
    clean_cell     null when it holds nothing
    typed_cell     the contract's type, null when it cannot be read (typed_cell.sql)
  One definition for every column of every table (models/README.md, "How a cell is read").
-#}

{#-
  - White space and characters without width are trimmed at both ends.
  - Excel's guards are undone: ="A1", and an apostrophe or backtick before a number.
  - Full-width forms become half-width, but in names and other free text.
  - Numbers lose their currency, times get their parts in ISO order.
  Most cells are clean: a look at their shape tells, and only the others pay for the rest. What Parquet or the
  warehouse has typed passes as it is.
-#}
{% macro scrubbed_cell(value, kind, raw_type, is_plain=false) %}
    {% if is_plain or is_typed_already(kind, raw_type) %}{{ return(value) }}{% endif %}
    {% set text = value if raw_type in ['varchar', 'string', 'text'] else text_of(value, raw_type) %}
    {% set blank = '[\\x00-\\x20\\x7f-\\xa0\\x{ad}\\x{34f}\\x{61c}\\x{1680}\\x{180e}\\x{2000}-\\x{200f}\\x{2028}-\\x{202f}\\x{205f}-\\x{206f}\\x{2800}\\x{3000}\\x{3164}\\x{feff}]*' %}
    {% if kind == 'text' %}
        {% set scrubbed = replaced(text, '(?s)^' ~ blank ~ '(?:="' ~ blank ~ '(.*?)' ~ blank ~ '"|(.*?))' ~ blank ~ '$', '\\1\\2') %}
    {% else %}
        {% set half = "translate(" ~ text ~ ", '" ~ full_width().replace("'", "''") ~ "', '" ~ half_width().replace("'", "''") ~ "')" %}
        {% set guards = '="' ~ blank ~ '(.*?)' ~ blank ~ '"|[\'`‘’]' ~ blank ~ '([0-9].*?)|(.*?)' %}
        {% set scrubbed = replaced(half, '(?s)^' ~ blank ~ '(?:' ~ guards ~ ')' ~ blank ~ '$', '\\1\\2\\3') %}
    {% endif %}
    {#- '17850.0' is what pandas makes of the number 17850 in a column with a gap. -#}
    {% if kind == 'identifier' %}{% set scrubbed = replaced(scrubbed, '^([0-9]+)[.]0+$', '\\1') %}
    {% elif kind == 'time' %}{% set scrubbed = written_as_iso(scrubbed) %}
    {% elif kind == 'number' %}{% set scrubbed = bare_number(scrubbed) %}
    {% endif %}
    {{ return("case when " ~ matches(text, plain_shape(kind)) ~ " then " ~ text ~ " else " ~ scrubbed ~ " end") }}
{% endmacro %}

{#- The shape of cells that need no scrubbing. -#}
{% macro plain_shape(kind) %}
    {{ return({
        'identifier': '[1-9A-Za-z][ -*,\\-/-~]*[0-9A-Za-z]',
        'code': '[0-9A-Za-z_]+',
        'text': '(?s)[0-9A-Za-z\\p{Han}](?:.*[0-9A-Za-z\\p{Han}])?',
        'number': '[0-9](?:[0-9.]*[0-9])?',
        'time': '(?:19[1-9]|2[0-9]{2})[0-9][-/][0-9]{1,2}[-/][0-9]{1,2}(?:[ T][0-9:.]+(?: ?Z| ?[-+][0-9:]+)?)?'
    }[kind]) }}
{% endmacro %}

{#- Words for nothing (seed null_words), NaN and infinity, zeros in identifiers and dates of zero are null. -#}
{% macro clean_cell(scrubbed, kind, raw_type, words, format={}) %}
    {% if kind == 'time' and is_time_type(raw_type) %}{{ return(time_or_nothing(scrubbed)) }}{% endif %}
    {% if kind == 'number' and is_double_type(raw_type) %}{{ return("case when " ~ is_finite(scrubbed) ~ " then " ~ scrubbed ~ " end") }}{% endif %}
    {% if format.get('is_plain') or is_typed_already(kind, raw_type) %}{{ return(scrubbed) }}{% endif %}
    {% set nothing = [''] + words_for_nothing(kind, words) %}
    {% set cases = ["when length(" ~ scrubbed ~ ") <= " ~ (nothing | map('length') | max) ~ " and lower(" ~ scrubbed ~ ") in ('" ~ (nothing | map('replace', "'", "''") | join("', '")) ~ "') then null"] %}
    {#- The comparisons come first because they are cheap: nearly every cell fails them. -#}
    {% if kind == 'identifier' %}
        {% do cases.append("when " ~ scrubbed ~ " < '1' and " ~ matches(scrubbed, '[0.-]*0[0.-]*') ~ " then null") %}
    {% elif kind == 'time' %}
        {% do cases.append("when " ~ scrubbed ~ " < '1901' and " ~ matches(scrubbed, '0+([.]0+)?|(0000-0?0-0?0|0001-0?1-0?1|1899-12-3[01]|1900-0?1-0?0)([ T].*)?') ~ " then null") %}
    {% elif kind == 'number' %}
        {% do cases.append(written_digits(scrubbed, format.get('decimal_mark'))) %}
    {% endif %}
    {{ return("case " ~ (cases | join(' ')) ~ " else " ~ scrubbed ~ " end") }}
{% endmacro %}

{% macro words_for_nothing(kind, words) %}
    {% set scope = {'identifier': 'identifier', 'number': 'number', 'time': 'number'}.get(kind, 'text') %}
    {{ return(words.get('any', []) + words.get(scope, []) + (words.get('text', []) if kind == 'identifier' else [])) }}
{% endmacro %}

{#- A typed time, or null for what databases write for no time. -#}
{% macro time_or_nothing(value) %}
    {{ return("case when " ~ value ~ " >= timestamp '1900-01-01 12:00:00' or cast(" ~ value ~ " as date) not in (date '0001-01-01', date '1899-12-30', date '1899-12-31') then " ~ value ~ " end") }}
{% endmacro %}

{#- The printable ASCII characters in their full-width forms, and some signs that input methods write for them. -#}
{% macro full_width() %}{{ return('！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～　−') }}{% endmacro %}

{% macro half_width() %}{{ return('!"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~ -') }}{% endmacro %}
