{#- What a customer ever did for the brand beside buying: reviews, shares, referrals and own posts. -#}
{% macro advocacy_count() -%}
    reviews_count + shares_count + referrals_count + ugc_count
{%- endmacro %}

{#- Signs of wanting to buy in the last 30 days. -#}
{% macro intent_count() -%}
    product_views_30d + carts_30d + favourites_30d + coupons_claimed_30d
{%- endmacro %}

{#-
  1 for the top 1 % of the customers of a date who meet `among`, 100 for the last; null for the others. The largest value
  comes first, equal values by customer_id. The top N % are at most N % of them, so none of fewer than 100 / N.
-#}
{% macro top_percent(value, among) -%}
    case
        when {{ among }} then cast(ceil(
            cast(100 * row_number() over (partition by as_of_date, {{ among }} order by {{ value }} desc nulls last, customer_id asc) as double)
            / count(*) over (partition by as_of_date, {{ among }})
        ) as integer)
    end
{%- endmacro %}
