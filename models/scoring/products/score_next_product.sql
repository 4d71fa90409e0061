{#-
  Forgotten before: customers who no longer exist under their name; a date that is no as-of date any more; and a date that is
  chosen for, when its fingerprint is another. What was said at others stays.
-#}
{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="
    {% if is_incremental() or not execute %}
        {% set are_stale %}
            not exists (select 1 from {{ ref('score_products__buyers') }} as buyers where buyers.customer_id = {{ this.identifier }}.customer_id)
            or not coalesce(as_of_date in (select as_of_date from {{ ref('int_as_of_dates') }}), false)
            or exists (select 1 from {{ ref('score_products__offers_fingerprints') }} as offers
                where offers.as_of_date = {{ this.identifier }}.as_of_date and offers.input_fingerprint <> {{ this.identifier }}.input_fingerprint)
        {% endset %}{{ forget_rows(are_stale) }}
    {% endif %}
") }}

{%- set most = 10 %}
{%- set text = dbt.type_string() %}

with open_dates as (
    {{- lacking_dates('score_products__offers_fingerprints') }}
),

habits as (
    select
        habits.*,
        chosen.model_name,
        case chosen.model_name when 'own_frequency' then habits.frequency_place else habits.habit_place end as place
    from {{ ref('score_products__habits') }} as habits
    inner join open_dates on habits.as_of_date = open_dates.as_of_date
    inner join {{ ref('scoring_next_product__chosen') }} as chosen on habits.as_of_date = chosen.as_of_date and chosen.kind = 'habit'
),

own as (
    select
        as_of_date,
        buyer_number,
        'habit' as kind,
        place,
        sku_id,
        sku_id as because_sku_id,
        case model_name when 'own_frequency' then days_count * 1e0 else habit_weight / 1e9 end as score,
        model_name,
        days_count,
        first_date,
        last_date
    from habits
    where place <= {{ most }}
    union all
    select
        as_of_date,
        buyer_number,
        'upgrade' as kind,
        upgrade_place as place,
        upgrade_sku_id as sku_id,
        sku_id as because_sku_id,
        habit_weight / 1e9 as score,
        'upgrade_path' as model_name,
        days_count,
        first_date,
        last_date
    from {{ ref('score_products__stepped_up') }}
    inner join open_dates using (as_of_date)
    where upgrade_place <= {{ most }}
),

own_in_words as (
    select
        *,
        case when days_count = 1 then 'once' else cast(days_count as {{ text }}) || ' times' end as times,
        {{ dbt.datediff('last_date', 'as_of_date', 'day') }} as days_ago,
        cast(round({{ dbt.datediff('first_date', 'last_date', 'day') }} / nullif(days_count - 1e0, 0)) as integer) as usual_days
    from own
),

offers as (
    select
        as_of_date,
        buyer_number,
        kind,
        place,
        sku_id,
        score,
        case
            when kind = 'upgrade' then 'the step up from ' || because_sku_id || ', bought ' || times
            when usual_days = 1 then 'bought ' || times || ', usually every day'
            when days_count > 1 then 'bought ' || times || ', usually every ' || {{ counted('usual_days', 'day') }}
            when days_ago = 0 then 'bought once, today'
            else 'bought once, ' || {{ counted('days_ago', 'day') }} || ' ago'
        end as reason,
        because_sku_id,
        model_name
    from own_in_words
    union all
    select
        as_of_date,
        buyer_number,
        'novel' as kind,
        place,
        sku_id,
        score,
        reason,
        because_sku_id,
        model_name
    from {{ ref('score_products__novel') }}
)

select
    buyers.customer_id,
    offers.as_of_date,
    offers.kind,
    cast(offers.place as bigint) as place,
    offers.sku_id,
    offers.score,
    offers.reason,
    offers.because_sku_id,
    offers.model_name,
    open_dates.input_fingerprint
from offers
inner join {{ ref('score_products__buyers') }} as buyers on offers.buyer_number = buyers.buyer_number
inner join open_dates on offers.as_of_date = open_dates.as_of_date
