{#- on-run-start: refuses vars that contradict themselves, with one sentence that names the var. -#}
{% macro config_check() %}
    {% if not execute %}{{ return('') }}{% endif %}
    {% set whole_numbers = {
        'history_months': [0, 120], 'next_product_months': [0, 120], 'max_date_gap_days': [1, 36500], 'identity_max_customers': [1, 1000000],
        'new_product_days': [0, 36500], 'lost_after_days': [1, 36500], 'tested_in_full_rows': [0, 1000000000000],
        'rows_at_once': [1, 1000000000000], 'min_cell_size': [1, 1000000],
    } %}
    {% do whole_numbers.update(segment_whole_numbers()) %}
    {% for name, bounds in whole_numbers.items() if var(name) is not integer or var(name) < bounds[0] or var(name) > bounds[1] %}
        {{ refuse_var(name, "give a whole number from " ~ bounds[0] ~ " to " ~ bounds[1] ~ ".") }}
    {% endfor %}
    {% set date = '^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' %}
    {% for name in ['earliest_date', 'as_of_date'] if (var(name) or name == 'earliest_date') and not modules.re.match(date, var(name) | string) %}
        {{ refuse_var(name, "give a date as 'YYYY-MM-DD', in quotes.") }}
    {% endfor %}
    {% if var('as_of_date') and var('as_of_date') | string < var('earliest_date') | string %}
        {{ exceptions.raise_compiler_error(
            "The var as_of_date (" ~ var('as_of_date') ~ ") lies before earliest_date (" ~ var('earliest_date') ~ "): no event could count."
        ) }}
    {% endif %}
    {% for name in ['business_timezone', 'raw_timezone'] if var(name) not in modules.pytz.all_timezones %}
        {{ refuse_var(name, "give an IANA name such as Asia/Shanghai.") }}
    {% endfor %}
    {% for name, allowed in {
        'date_order': ['auto', 'day_first', 'month_first'], 'rfm_method': ['threshold', 'quantile'],
        'journey_preset': ['ecommerce', 'education', 'high_ticket'], 'industry': ['ecommerce', 'finance', 'travel'],
    }.items() if var(name) not in allowed %}
        {{ refuse_var(name, "give " ~ (allowed[:-1] | join(', ')) ~ " or " ~ allowed[-1] ~ ".") }}
    {% endfor %}
    {% if var('currency') is not string or modules.re.search('[0-9\\s\'"]', var('currency')) %}
        {{ refuse_var('currency', "give the code of one currency, such as CNY, or leave it empty.") }}
    {% endif %}
    {% if reads_raw_files() and not is_known_encoding(var('raw_encoding')) %}
        {{ refuse_var('raw_encoding', "give auto, gbk, big5, utf-8, latin-1 or another encoding that Python knows.") }}
    {% endif %}
    {% for name in ['clv_discount_rate', 'max_rejected_share'] if var(name) is not number or var(name) is boolean or var(name) < 0 or var(name) > 1 %}
        {{ refuse_var(name, "give a number from 0 to 1.") }}
    {% endfor %}
    {% if var('rfm_window_days') not in [30, 90, 365] %}
        {{ refuse_var('rfm_window_days', "give 30, 90 or 365, the windows customer_tags has.") }}
    {% endif %}
    {% if var('rfm_high_includes_baseline') is not boolean %}{{ refuse_var('rfm_high_includes_baseline', "give true or false.") }}{% endif %}
    {% if var('rfm_baseline') != 'mean' and (var('rfm_baseline') is not number or var('rfm_baseline') < 1 or var('rfm_baseline') > 5) %}
        {{ refuse_var('rfm_baseline', "give mean or a number from 1 to 5.") }}
    {% endif %}
    {{ segment_config_check() }}
{% endmacro %}

{% macro refuse_var(name, mend) %}
    {{ exceptions.raise_compiler_error("The var " ~ name ~ " is '" ~ var(name) ~ "': " ~ mend) }}
{% endmacro %}

{#- Refuses a var that is not so many numbers, rising or falling. -#}
{% macro check_cuts(name, count, order, kind='number') %}
    {% set cuts, words = var(name), {2: 'two', 4: 'four'} %}
    {% if cuts is string or cuts is not sequence or cuts | length != count or (cuts | select(kind) | list | length) != count
        or cuts | unique | list | length != count or (cuts | sort(reverse=(order == 'falling'))) | list != cuts | list %}
        {{ refuse_var(name, "give " ~ words[count] ~ " " ~ order ~ (" whole" if kind == 'integer') ~ " numbers.") }}
    {% endif %}
{% endmacro %}
