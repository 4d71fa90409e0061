{#-
  A written time with its parts in ISO order where the text itself says which is which: year first in any separator,
  `2025年6月5日 22时2分`, 20250605220211 (or 20250605.0, as pandas writes a column with a gap), `5 Jun 2025`,
  `Jun 5, 2025 10:02 PM`, 上午 and 下午 as AM and PM. Dates such as 01/12/2010 and plain numbers stay as they are: only
  their column as a whole says what they mean.
-#}
{% macro written_as_iso(text) %}
    {#- So many nested calls are too deep for sqlfluff, and have no style. -#}
    {% if var('lint', false) %}{{ return(text) }}{% endif %}
    {% set ampm_hours = '((?:0?[1-9]|1[01]):[0-9:.]+|12:[0-9:.]+)' %}
    {% set steps = [
        ['^((?:19|20)[0-9]{6}(?:[0-9]{2}){0,2})[.]0+$', '\\1'],
        ['^([0-9]{4}) *年 *([0-9]{1,2}) *月 *([0-9]{1,2}) *[日号]? *', '\\1-\\2-\\3 '],
        ['^([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})', '\\1-\\2-\\3'],
        ['^((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?:[ T]?([01][0-9]|2[0-3]):?([0-5][0-9])(?::?([0-5][0-9])(?:[.]?[0-9]{1,6})?)?)?(Z|[+-][0-9:]+| [A-Z].*)?$',
         '\\1-\\2-\\3 \\4:\\5:\\6\\7'],
        [' *:*:((?:Z|[+-][0-9:]+| [A-Z].*)?)$', '\\1'],
        ['[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?|^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +', ' '],
        ['([0-9]{1,2}) *[时時点點] *([0-9]{1,2}) *分? *(?:([0-9]{1,2}) *秒)?', '\\1:\\2:\\3'],
        ['([0-9]{1,2}) *[时時点點]整?$', '\\1:00'],
        ['^ +|[ :]+$', ''],
        [':([0-9])(:|$| )', ':0\\1\\2'],
        [':([0-9])(:|$| )', ':0\\1\\2'],
        ['^([0-9]{1,2})[- ]([A-Za-z]{3})[A-Za-z]*[-,. ]+((?:19|2[01])[0-9]{2})', '\\1 \\2 \\3'],
        ['^([A-Za-z]{3})[A-Za-z]*[. ]+([0-9]{1,2})(?:st|nd|rd|th)?,? +((?:19|2[01])[0-9]{2})', '\\2 \\1 \\3'],
        ['^(.*?) *(?:上午|凌晨|早上|早晨|清晨) *' ~ ampm_hours, '\\1 \\2 AM'],
        ['^(.*?) *(?:下午|晚上|傍晚) *' ~ ampm_hours, '\\1 \\2 PM'],
        ['^(.*?) *(?:下午|晚上|傍晚) *((?:1[3-9]|2[0-3]):)', '\\1 \\2'],
        ['([0-9]) *[Aa][.]? ?[Mm][.]?($| )', '\\1 AM\\2'],
        ['([0-9]) *[Pp][.]? ?[Mm][.]?($| )', '\\1 PM\\2'],
        ['^([A-Za-z]{3})[a-z]* +([0-9]{1,2}) ([0-9:]+)( [+-][0-9]{4})? ((?:19|2[01])[0-9]{2})$', '\\2 \\1 \\5 \\3\\4'],
        [' *(?:GMT|UTC|gmt|utc)([+-])([0-9](?::?[0-9]{2})?)$', '\\10\\2'],
        [' *(?:GMT|UTC|gmt|utc)([+-][0-9:]+)(?: *\\([^)]*\\))?$', '\\1'],
        [' *(?:GMT|UTC|gmt|utc|z)$', 'Z'],
        ['  +', ' ']
    ] %}
    {% set months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] %}
    {% for month in months %}{% do steps.append(['(?i)^([0-9]{1,2}) ' ~ month ~ ' ([0-9]{4})', '\\2-%02d-\\1' % loop.index]) %}{% endfor %}
    {% set iso = namespace(text=text) %}
    {% for pattern, replacement in steps %}{% set iso.text = replaced(iso.text, pattern, replacement) %}{% endfor %}
    {{ return(iso.text) }}
{% endmacro %}
