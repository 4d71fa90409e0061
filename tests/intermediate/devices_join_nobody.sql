{{ config(group='intermediate') }}
{#- A tablet in the store made two customers one person, or took over a stranger's events: everybody who used it is one. -#}
{%- set companions = identifier_types() | reject('in', ['customer_id', 'device_id']) | list -%}

with observed as (
    select * from {{ ref('int_identity__observed') }}
),

people as (
    select * from {{ ref('int_identity__resolved') }}
),

accounts as (
    select
        identifier,
        customer_id,
        count(*) over (partition by customer_id) as accounts_count
    from people
    where identifier_type = 'customer_id'
),

{#- Whoever was joined to another account was seen with an identifier that is no device. #}
only_on_devices as (
    select
        'customer_id' as identifier_type,
        accounts.identifier
    from accounts
    left join observed
        on accounts.identifier = observed.customer_id and coalesce({{ companions | join(', ') }}) is not null
    where accounts.accounts_count > 1 and observed.customer_id is null
),

users as (
    {% for identifier in identifier_types() if identifier != 'device_id' %}
        select
            observed.device_id,
            people.customer_id
        from observed
        inner join people on observed.{{ identifier }} = people.identifier and people.identifier_type = '{{ identifier }}'
        where observed.device_id is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

of_others as (
    select distinct
        'device_id' as identifier_type,
        users.device_id as identifier
    from users
    inner join people on users.device_id = people.identifier and people.identifier_type = 'device_id'
    where users.customer_id <> people.customer_id
)

select * from only_on_devices
union all
select * from of_others
