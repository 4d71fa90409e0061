{{ config(materialized='table') }}

{#- Filler that people type where a phone number is wanted: a prefix, then eight equal or rising digits; or eleven equal ones. #}
{%- set phone_ends = ['12345678', '00000000', '11111111', '22222222', '33333333', '44444444', '55555555', '66666666', '77777777', '88888888', '99999999'] %}
{%- set nothing = ['', 'NaN', '11111111111', '22222222222', '33333333333', '44444444444', '55555555555', '66666666666', '77777777777',
    '88888888888', '99999999999', '0', '0000', '00000000', '00000000000', '000000000000000', '00000000-0000-0000-0000-000000000000'] %}

with seed_words as (
    select word from {{ ref('null_words') }}
    where scope in ('any', 'text', 'identifier')
),

phones as (
    select prefixes.prefix || endings.ending as word
    from (values ('{{ range(130, 200) | join("'), ('") }}')) as prefixes (prefix)
    cross join (values ('{{ phone_ends | join("'), ('") }}')) as endings (ending)
),

words as (
    select word from seed_words
    union
    select lower(word) as word from seed_words
    union
    select upper(word) as word from seed_words
    union
    select upper(left(word, 1)) || lower(substring(word, 2)) as word from seed_words
    union
    select word from phones
    union
    select zeros.word
    from (values ('{{ nothing | join("'), ('") }}')) as zeros (word)
),

hashed as (
    {% for hash in hex_hashes('word') %}
        select lower({{ hash }}) as word from words
        {{ 'union' if not loop.last }}
    {% endfor %}
)

select lower(word) as word from words
where word <> ''
union
select word from hashed
