{#- on-run-start: refuses vars that contradict themselves, with one sentence that names the var. -#}
{% macro config_check() %}
    {% if not execute %}{{ return('') }}{% endif %}
    {% set rfm_lists = {'rfm_recency_days': 'rising', 'rfm_frequency_orders': 'falling', 'rfm_monetary_amounts': 'falling'} %}
    {% set whole_numbers = {'history_months': [0, 120], 'max_date_gap_days': [1, 36500], 'identity_max_customers': [1, 1000000], 'new_product_days': [0, 36500], 'lost_after_days': [1, 36500]} %}
    {% do whole_numbers.update(segment_whole_numbers()) %}
    {% for name, bounds in whole_numbers.items() %}
        {% set value = var(name) %}
        {% if value is not integer or value < bounds[0] or value > bounds[1] %}
            {{ exceptions.raise_compiler_error("The var " ~ name ~ " is '" ~ value ~ "': give a whole number from " ~ bounds[0] ~ " to " ~ bounds[1] ~ ".") }}
        {% endif %}
    {% endfor %}
    {% for name in ['earliest_date', 'as_of_date'] if var(name) or name == 'earliest_date' %}
        {% if not modules.re.match('^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', var(name) | string) %}
            {{ exceptions.raise_compiler_error("The var " ~ name ~ " is '" ~ var(name) ~ "': give a date as 'YYYY-MM-DD', in quotes.") }}
        {% endif %}
    {% endfor %}
    {% if var('as_of_date') and var('as_of_date') | string < var('earliest_date') | string %}
        {{ exceptions.raise_compiler_error("The var as_of_date (" ~ var('as_of_date') ~ ") lies before earliest_date (" ~ var('earliest_date') ~ "): no event could count.") }}
    {% endif %}
    {% for name in ['business_timezone', 'raw_timezone'] if var(name) not in modules.pytz.all_timezones %}
        {{ exceptions.raise_compiler_error("The var " ~ name ~ " is '" ~ var(name) ~ "': give an IANA name such as Asia/Shanghai.") }}
    {% endfor %}
    {% if var('date_order') not in ['auto', 'day_first', 'month_first'] %}
        {{ exceptions.raise_compiler_error("The var date_order is '" ~ var('date_order') ~ "': give auto, day_first or month_first.") }}
    {% endif %}
    {% if var('currency') is not string or modules.re.search('[0-9\\s\'"]', var('currency')) %}
        {{ exceptions.raise_compiler_error("The var currency is '" ~ var('currency') ~ "': give the code of one currency, such as CNY, or leave it empty.") }}
    {% endif %}
    {% if not var('raw_schema') and not is_known_encoding(var('raw_encoding')) %}
        {{ exceptions.raise_compiler_error("The var raw_encoding is '" ~ var('raw_encoding') ~ "': give auto, gbk, big5, utf-8, latin-1 or another encoding that Python knows.") }}
    {% endif %}
    {% for name in ['clv_discount_rate', 'max_rejected_share'] if var(name) is not number or var(name) is boolean or var(name) < 0 or var(name) > 1 %}
        {{ exceptions.raise_compiler_error("The var " ~ name ~ " is '" ~ var(name) ~ "': give a number from 0 to 1.") }}
    {% endfor %}
    {% if var('rfm_window_days') not in [30, 90, 365] %}
        {{ exceptions.raise_compiler_error("The var rfm_window_days is '" ~ var('rfm_window_days') ~ "': give 30, 90 or 365, the windows customer_tags has.") }}
    {% endif %}
    {% if var('rfm_method') not in ['threshold', 'quantile'] %}
        {{ exceptions.raise_compiler_error("The var rfm_method is '" ~ var('rfm_method') ~ "': give threshold or quantile.") }}
    {% endif %}
    {% if var('rfm_high_includes_baseline') is not boolean %}
        {{ exceptions.raise_compiler_error("The var rfm_high_includes_baseline is '" ~ var('rfm_high_includes_baseline') ~ "': give true or false.") }}
    {% endif %}
    {% if var('rfm_baseline') != 'mean' and (var('rfm_baseline') is not number or var('rfm_baseline') < 1 or var('rfm_baseline') > 5) %}
        {{ exceptions.raise_compiler_error("The var rfm_baseline is '" ~ var('rfm_baseline') ~ "': give mean or a number from 1 to 5.") }}
    {% endif %}
    {% for name, order in rfm_lists.items() %}
        {% set cuts = var(name) %}
        {% if cuts is string or cuts is not sequence or cuts | length != 4 or (cuts | select('number') | list | length) != 4 or cuts | unique | list | length != 4 or (cuts | sort(reverse=(order == 'falling'))) | list != cuts | list %}
            {{ exceptions.raise_compiler_error("The var " ~ name ~ " is '" ~ cuts ~ "': give four " ~ order ~ " numbers.") }}
        {% endif %}
    {% endfor %}
    {{ segment_config_check() }}
{% endmacro %}
