{%- set identifiers = identifier_types() -%}
{%- set of_customers = {
    'external_userid': 'case when type = 2 then userid end',
    'unionid': 'case when type = 2 then unionid end',
} -%}

with sightings as (
    {{ sighting('stg_customers', ['customer_id', 'unionid', 'openid', 'phone_hash'], 'registered_date') }}
    union all
    {{ sighting('stg_orders', ['customer_id', 'phone_hash', 'device_id'], 'ordered_date') }}
    union all
    {{ sighting('stg_touchpoints', identifiers, 'occurred_date') }}
    union all
    {{ sighting('stg_wecom_contacts', ['unionid', 'external_userid'], 'added_date') }}
    union all
    {{ sighting('stg_wecom_group_members', ['unionid', 'external_userid'], 'joined_date', of_customers) }}
    union all
    {{ sighting('stg_campaign_members', ['customer_id'], 'assigned_date') }}
    union all
    {{ sighting('stg_manual_tags', ['customer_id'], 'tagged_date') }}
)

select
    {{ identifiers | join(', ') }},
    min(seen_date) as first_seen_date
from sightings
where
    ({{ is_until_newest('seen_date') }} or seen_date is null)
    and coalesce({{ identifiers | join(', ') }}) is not null
group by {{ identifiers | join(', ') }}
