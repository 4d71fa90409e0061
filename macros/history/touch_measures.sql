{#- What is counted per customer and day: {measure: condition on a row of int_touchpoints__unified}. -#}
{% macro touch_measures() %}
    {{ return({
        'passive_touch_count': "touch_class = 'passive'",
        'active_touch_count': "touch_class = 'active'",
        'advocacy_touch_count': "touch_class = 'advocacy'",
        'product_views_count': "event_type = 'product_view'",
        'carts_count': "event_type = 'add_to_cart'",
        'favourites_count': "event_type = 'favourite'",
        'coupons_claimed_count': "event_type = 'coupon_claim'",
        'articles_read_count': "event_type = 'article_read'",
        'messages_delivered_count': "event_type = 'message_delivered'",
        'messages_opened_count': "event_type = 'message_opened'",
        'messages_clicked_count': "event_type = 'message_clicked'",
        'follows_count': "event_type = 'follow_account'",
        'reviews_count': "event_type = 'review'",
        'shares_count': "event_type = 'share'",
        'referrals_count': "event_type = 'referral'",
        'ugc_count': "event_type = 'ugc_post'",
        'group_messages_count': "event_type = 'message_sent' and (chat_id is not null or touchpoint = 'community')",
    }) }}
{% endmacro %}
