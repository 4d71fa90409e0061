{%- set earliest = var('earliest_date') -%}

with reached as (
    select * from {{ ref('int_identity__reached') }}
),

{#- A consent without a date is known from the start. #}

said as (
    {% for identifier in identifier_types() -%}
        select
            '{{ identifier }}' as identifier_type,
            {{ identifier }} as identifier,
            channel,
            purpose,
            status,
            coalesce(changed_at, timestamp '{{ earliest }}') as changed_at,
            coalesce(changed_date, cast('{{ earliest }}' as date)) as changed_date,
            is_moment_lost
        from {{ ref('stg_consents') }}
        where {{ identifier }} is not null and ({{ is_until_newest('changed_date') }} or changed_date is null)
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

{#- Being careful: a withdrawal is for everybody whom it may come from, a grant only for the one person whom it must come from. #}

covered as (
    select
        reached.customer_id,
        said.channel,
        said.purpose,
        said.status,
        said.changed_at,
        said.changed_date,
        said.is_moment_lost
    from said
    inner join reached on said.identifier_type = reached.identifier_type and said.identifier = reached.identifier
    where said.status = 'withdrawn' or reached.is_certain
),

purposes as (
    select 'marketing' as purpose
    union all
    select 'service' as purpose
),

{#- For a purpose that nobody knows, a withdrawal is for both and a grant for none. #}

by_purpose as (
    select
        covered.customer_id,
        covered.channel,
        purposes.purpose,
        covered.status,
        covered.changed_at,
        covered.changed_date,
        covered.is_moment_lost
    from covered
    inner join purposes on covered.purpose = purposes.purpose or (covered.purpose = 'other' and covered.status = 'withdrawn')
),

{#- Whether a grant came before or after a withdrawal of a lost moment, nobody knows; so the withdrawal is said again with each. #}

said_again as (
    select
        lost.customer_id,
        lost.channel,
        lost.purpose,
        lost.status,
        given.changed_at,
        given.changed_date
    from by_purpose as lost
    inner join by_purpose as given on lost.customer_id = given.customer_id and lost.purpose = given.purpose
    where lost.is_moment_lost and given.status = 'granted'
)

select
    customer_id,
    channel,
    purpose,
    status,
    changed_at,
    changed_date
from by_purpose
union
select
    customer_id,
    channel,
    purpose,
    status,
    changed_at,
    changed_date
from said_again
