{#-
  The raw contract: every table and column Tagmart reads, once. Staging, the sample brand, the
  importers and the Great Expectations suites all read this block (Python through tagmart.contract).

  A table:  required   true when there is nothing to build without it
            key        columns that identify a row; with needs they may not be null
            event_at   the column that dates the row; it may not lie before var earliest_date
            is_event   true when event_at can move the newest as-of date (plans and launches cannot)
            by_day     true when only days with other raw rows than before are staged again: see staged_by_day
            must_exist columns that the file must have (all others may be absent and are then null)
            needs      columns, beside the key, that may not be null in a row
            columns    name: type; text | timestamp | date | money | integer | number
            codes      closed lists; "reject" rejects an unknown code, "other" keeps the row as 'other'
            not_negative  amounts and counts that may not be below zero
            describes  columns that only describe the row: an unreadable or impossible value costs the value, not the row
            keeps_words  columns in which a word for nothing is an answer: 无 is what a customer without allergies says
-#}
{% macro raw_contract() %}
    {% set contract %}
orders:
  required: true
  key: [order_id]
  event_at: ordered_at
  is_event: true
  by_day: true
  must_exist: [order_id, customer_id, ordered_at, paid_at, status, order_amount]
  needs: [ordered_at, status, order_amount]
  describes: [coupon_code, campaign_id, staff_userid, device_id, phone_hash]
  columns: {order_id: text, customer_id: text, ordered_at: timestamp, paid_at: timestamp, status: text, channel: text,
            order_amount: money, discount_amount: money, coupon_amount: money, shipping_amount: money, currency: text,
            coupon_code: text, campaign_id: text, staff_userid: text, device_id: text, phone_hash: text}
  codes:
    status: {unknown: reject, values: [created, paid, shipped, completed, cancelled, refunded, closed]}
    channel: {unknown: other, values: [store, app, mini_program, marketplace, wecom, live, web]}
  not_negative: [order_amount, discount_amount, coupon_amount, shipping_amount]
order_items:
  key: [order_id, line_no]
  must_exist: [order_id, line_no, sku_id, quantity, unit_price]
  needs: [sku_id, quantity, unit_price]
  columns: {order_id: text, line_no: integer, sku_id: text, quantity: integer, unit_price: money, discount_amount: money}
  not_negative: [unit_price, discount_amount]
refunds:
  key: [refund_id]
  event_at: refunded_at
  is_event: true
  must_exist: [refund_id, order_id, refunded_at, refund_amount]
  needs: [order_id, refunded_at, refund_amount]
  columns: {refund_id: text, order_id: text, refunded_at: timestamp, refund_amount: money, shipping_refund_amount: money}
  not_negative: [refund_amount, shipping_refund_amount]
products:
  key: [sku_id]
  must_exist: [sku_id]
  describes: [launched_at, list_price, unit_cost, upgrade_of_sku_id]
  columns: {sku_id: text, product_name: text, category: text, series: text, style: text, colour: text, size: text,
            launched_at: timestamp, list_price: money, unit_cost: money, upgrade_of_sku_id: text}
  not_negative: [list_price, unit_cost]
customers:
  key: [customer_id]
  event_at: registered_at
  is_event: true
  must_exist: [customer_id]
  describes: [birth_date, phone_hash, unionid, openid, referrer_customer_id, followers_count]
  columns: {customer_id: text, registered_at: timestamp, gender: text, birth_date: date, province: text, city: text,
            occupation: text, marital_status: text, member_level: text, phone_hash: text, unionid: text, openid: text,
            source_channel: text, referrer_customer_id: text, followers_count: integer}
  codes:
    gender: {unknown: other, values: [male, female, unknown]}
  not_negative: [followers_count]
touchpoints:
  key: [event_id]
  event_at: occurred_at
  is_event: true
  by_day: true
  must_exist: [event_id, occurred_at, event_type]
  needs: [occurred_at, event_type]
  describes: [unionid, openid, external_userid, device_id, phone_hash, campaign_id, sku_id, content_id, duration_seconds, chat_id,
              rating]
  columns: {event_id: text, occurred_at: timestamp, event_type: text, touchpoint: text, customer_id: text, unionid: text,
            openid: text, external_userid: text, device_id: text, phone_hash: text, campaign_id: text, state: text,
            sku_id: text, category: text, scene: text, content_id: text, duration_seconds: integer, chat_id: text,
            rating: integer, staff_userid: text}
  codes:
    event_type: {unknown: reject, seed: touchpoint_types}
    touchpoint: {unknown: other, values: [app_push, sms, official_account_menu, official_account_article, moments,
                 wecom_chat, community, mini_program, live, ad, store, web, app]}
  not_negative: [duration_seconds]
wecom_contacts:
  key: [userid, external_userid, createtime]
  event_at: createtime
  is_event: true
  must_exist: [userid, external_userid, createtime]
  describes: [unionid, type, gender, add_way]
  columns: {userid: text, external_userid: text, unionid: text, type: integer, gender: integer, remark: text,
            createtime: timestamp, add_way: integer, state: text, deleted_at: timestamp, delete_type: text}
  codes:
    delete_type: {unknown: other, values: [del_follow_user, del_external_contact, transfer]}
wecom_contact_tags:
  key: [userid, external_userid, tag_id]
  event_at: tagged_at
  is_event: true
  must_exist: [userid, external_userid, tag_id]
  describes: [type]
  columns: {userid: text, external_userid: text, tag_id: text, group_name: text, tag_name: text, type: integer,
            tagged_at: timestamp}
wecom_contact_ways:
  key: [config_id]
  event_at: created_at
  must_exist: [config_id]
  describes: [userid]
  columns: {config_id: text, state: text, channel_name: text, userid: text, created_at: timestamp}
wecom_group_chats:
  key: [chat_id]
  event_at: create_time
  must_exist: [chat_id]
  describes: [owner, dismissed_at]
  columns: {chat_id: text, name: text, owner: text, create_time: timestamp, dismissed_at: timestamp, group_kind: text}
  codes:
    group_kind: {unknown: other, values: [general, segmented]}
wecom_group_members:
  key: [chat_id, userid, join_time]
  event_at: join_time
  is_event: true
  must_exist: [chat_id, userid, join_time]
  describes: [unionid, join_scene, invitor_userid, quit_scene]
  columns: {chat_id: text, userid: text, join_time: timestamp, type: integer, unionid: text, join_scene: integer,
            invitor_userid: text, quit_time: timestamp, quit_scene: integer}
wecom_staff_daily:
  key: [userid, stat_time]
  event_at: stat_time
  must_exist: [userid, stat_time]
  describes: [new_apply_cnt, new_contact_cnt, chat_cnt, message_cnt, reply_percentage, avg_reply_time,
              negative_feedback_cnt]
  columns: {userid: text, stat_time: timestamp, new_apply_cnt: integer, new_contact_cnt: integer, chat_cnt: integer,
            message_cnt: integer, reply_percentage: number, avg_reply_time: number, negative_feedback_cnt: integer}
  not_negative: [new_apply_cnt, new_contact_cnt, chat_cnt, message_cnt, reply_percentage, avg_reply_time,
                 negative_feedback_cnt]
campaigns:
  key: [campaign_id]
  must_exist: [campaign_id]
  describes: [starts_at, ends_at]
  columns: {campaign_id: text, campaign_name: text, campaign_kind: text, touchpoint: text, starts_at: timestamp,
            ends_at: timestamp, cost_amount: money}
  codes:
    campaign_kind: {unknown: other, values: [promotion, new_product, content, recall, event, global]}
  not_negative: [cost_amount]
campaign_members:
  key: [campaign_id, customer_id]
  event_at: assigned_at
  is_event: true
  must_exist: [campaign_id, customer_id, variant]
  needs: [variant]
  describes: [sent_status]
  columns: {campaign_id: text, customer_id: text, variant: text, assigned_at: timestamp, sent_status: integer}
  codes:
    variant: {unknown: reject, values: [treatment, holdout]}
costs:
  key: [cost_date, channel, cost_kind]
  event_at: cost_date
  must_exist: [cost_date, channel, cost_kind, amount]
  needs: [amount]
  columns: {cost_date: date, channel: text, cost_kind: text, amount: money}
  codes:
    cost_kind: {unknown: other, values: [traffic, delivery, staff, other]}
  not_negative: [amount]
staff:
  key: [userid]
  event_at: joined_at
  must_exist: [userid]
  describes: [left_at]
  columns: {userid: text, persona: text, joined_at: timestamp, left_at: timestamp}
# What one unit of the currency is worth in var currency, from that day on. Only orders, their lines and their refunds are
# converted: costs, campaigns and products are in var currency as they come.
exchange_rates:
  key: [currency, rate_date]
  event_at: rate_date
  must_exist: [currency, rate_date, rate]
  needs: [rate]
  columns: {currency: text, rate_date: date, rate: number}
  not_negative: [rate]
manual_tags:
  key: [customer_id, tag_group, tag_name]
  event_at: tagged_at
  is_event: true
  must_exist: [customer_id, tag_group, tag_name]
  keeps_words: [tag_value]
  columns: {customer_id: text, tag_group: text, tag_name: text, tag_value: text, tagged_by: text, tagged_at: timestamp}
{% endset %}
    {{ return(fromyaml(contract)) }}
{% endmacro %}
