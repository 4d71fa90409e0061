with people as (
    select * from {{ ref('int_identity__resolved') }}
),

noted as (
    select
        'customer_id' as identifier_type,
        customer_id as identifier,
        tag_group,
        tag_name,
        tag_value,
        tagged_by,
        tagged_at,
        tagged_date
    from {{ ref('stg_manual_tags') }}
    union all
    select
        'external_userid' as identifier_type,
        external_userid as identifier,
        group_name as tag_group,
        tag_name,
        null as tag_value,
        userid as tagged_by,
        tagged_at,
        tagged_date
    from {{ ref('stg_wecom_contact_tags') }}
    where group_name is not null and tag_name is not null
)

select
    people.customer_id,
    noted.tag_group,
    noted.tag_name,
    noted.tag_value,
    noted.tagged_by,
    noted.tagged_at,
    {#- A note without a date is known from the start. #}
    coalesce(noted.tagged_date, cast('{{ var("earliest_date") }}' as date)) as tagged_date
from noted
inner join people on noted.identifier_type = people.identifier_type and noted.identifier = people.identifier
