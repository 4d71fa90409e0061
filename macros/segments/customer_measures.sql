{#- What a customer ever did for the brand beside buying: reviews, shares, referrals and own posts. -#}
{% macro advocacy_count() -%}
    reviews_count + shares_count + referrals_count + ugc_count
{%- endmacro %}

{#- Signs of wanting to buy in the last 30 days. -#}
{% macro intent_count() -%}
    product_views_30d + carts_30d + favourites_30d + coupons_claimed_30d
{%- endmacro %}
