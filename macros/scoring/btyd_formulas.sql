{#-
  Closed forms of BG/NBD and MBG/NBD; `fit` is a relation with a row of fit_btyd, x, t_x and T are its columns'
  names in the literature: repeat days, days from the first to the last purchase, days since the first. The same as
  tagmart/scoring/expectation.py, to 1e-12; a test compares them.
-#}

{#- P(alive) = 1 / (1 + odds of having dropped out). exp() of more than 700 would be infinite; without a fit null, since least() passes over nulls. -#}
{% macro btyd_p_alive(fit, x, t_x, T) -%}
    case
        when {{ fit }}.r is null then null
        when {{ x }} + {{ fit }}.survived_at_first = 0 then 1
        else 1 / (1 + exp(least(
            ln({{ fit }}.a) - ln({{ fit }}.b + {{ x }} + {{ fit }}.survived_at_first - 1)
            + ({{ fit }}.r + {{ x }}) * (ln({{ fit }}.alpha + {{ T }}) - ln({{ fit }}.alpha + {{ t_x }})), 700
        )))
    end
{%- endmacro %}

{#- P(no purchase in the next days | alive). -#}
{% macro btyd_silence_if_alive(fit, x, T, days) -%}
    exp(-({{ fit }}.r + {{ x }}) * ln(1 + {{ days }} / ({{ fit }}.alpha + {{ T }})))
{%- endmacro %}
