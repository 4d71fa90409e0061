with relations as (
    select * from {{ ref('wecom_relations') }}
    where may_bear_tags
),

classes as (
    select
        customer_id,
        scheme_code,
        segment_code
    from {{ ref('customer_segments') }}
    where is_current
),

places as (
    select * from {{ ref('wecom_tag_places') }}
    where left_out_reason is null
)

select
    relations.customer_id,
    relations.as_of_date,
    relations.userid,
    relations.external_userid,
    places.scheme_code,
    places.segment_code,
    places.group_name,
    places.tag_name
from relations
inner join classes on relations.customer_id = classes.customer_id
inner join places on classes.scheme_code = places.scheme_code and classes.segment_code = places.segment_code
