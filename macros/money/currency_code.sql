{#-
  A currency as written in an export, as a code to compare: without case and spaces, and the names that Chinese exports have
  for CNY as CNY. Signs are left alone: the yen and the yuan share theirs.
-#}
{% macro currency_code(column) -%}
    case
        when upper(replace({{ column }}, ' ', '')) in ('RMB', 'CNH', '人民币', '元', '人民币元') then 'CNY'
        else nullif(upper(replace({{ column }}, ' ', '')), '')
    end
{%- endmacro %}
