{%- set identifiers, names_a_shared_one = identifier_types(), [] -%}
{%- for identifier in identifiers -%}
    {%- do names_a_shared_one.append(identifier ~ " in (select identifier from shared where identifier_type = '" ~ identifier ~ "')") -%}
{%- endfor -%}

with people as (
    select * from {{ ref('int_identity__resolved') }}
),

shared as (
    select * from {{ ref('int_identity__shared') }}
),

named as (
    {% for model in ['stg_consents', 'stg_contact_blocks'] -%}
        {% set is_last_model = loop.last -%}
        {% for identifier in identifiers -%}
            select
                '{{ identifier }}' as identifier_type,
                {{ identifier }} as identifier
            from {{ ref(model) }}
            where {{ identifier }} is not null
            {{ 'union' if not (is_last_model and loop.last) }}
        {% endfor %}
    {% endfor %}
),

{#- Only a shared identifier brings several people into one sighting. #}

sightings_of_several as (
    select {{ identifiers | join(', ') }}
    from {{ ref('int_identity__observed') }}
    where {{ names_a_shared_one | join(' or ') }}
),

named_in_sightings as (
    {% for identifier in identifiers -%}
        select
            named.identifier_type,
            named.identifier,
            seen.{{ identifiers | join(', seen.') }}
        from named
        inner join sightings_of_several as seen on named.identifier_type = '{{ identifier }}' and named.identifier = seen.{{ identifier }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

seen_with as (
    {% for identifier in identifiers -%}
        select
            identifier_type,
            identifier,
            '{{ identifier }}' as other_type,
            {{ identifier }} as other
        from named_in_sightings
        where {{ identifier }} is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

reached as (
    select
        named.identifier_type,
        named.identifier,
        people.customer_id,
        shared.identifier is null as is_certain
    from named
    inner join people on named.identifier_type = people.identifier_type and named.identifier = people.identifier
    left join shared on named.identifier_type = shared.identifier_type and named.identifier = shared.identifier
    union all
    select
        seen_with.identifier_type,
        seen_with.identifier,
        people.customer_id,
        false as is_certain
    from seen_with
    inner join people on seen_with.other_type = people.identifier_type and seen_with.other = people.identifier
)

select
    identifier_type,
    identifier,
    customer_id,
    bool_or(is_certain) as is_certain
from reached
group by identifier_type, identifier, customer_id
