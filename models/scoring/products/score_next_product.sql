{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_changed_offers() }}") }}

{%- set most = 10 %}
{%- set text = dbt.type_string() %}

with open_dates as (
    {{- lacking_dates('score_products__offers_fingerprints') }}
),

habits as (
    select habits.*
    from {{ ref('score_products__habits') }} as habits
    inner join open_dates on habits.as_of_date = open_dates.as_of_date
),

habit as (
    select
        as_of_date,
        buyer_number,
        'habit' as kind,
        sku_id,
        sku_id as because_sku_id,
        habit_weight as weight,
        days_count,
        first_date,
        last_date,
        habit_place as place
    from habits
),

upgrade as (
    select
        habits.as_of_date,
        habits.buyer_number,
        'upgrade' as kind,
        upgrades.sku_id,
        habits.sku_id as because_sku_id,
        habits.habit_weight as weight,
        habits.days_count,
        habits.first_date,
        habits.last_date,
        row_number() over (
            partition by habits.as_of_date, habits.buyer_number order by habits.habit_weight desc, upgrades.sku_id asc
        ) as place
    from habits
    inner join {{ ref('score_products__upgrades') }} as upgrades on habits.sku_id = upgrades.upgrade_of_sku_id
    left join habits as bought_before
        on
            habits.as_of_date = bought_before.as_of_date
            and habits.buyer_number = bought_before.buyer_number
            and upgrades.sku_id = bought_before.sku_id
    where bought_before.sku_id is null
),

novel as (
    select
        novel.as_of_date,
        novel.buyer_number,
        'novel' as kind,
        novel.sku_id,
        novel.because_sku_id,
        novel.novel_weight * 10 as weight,
        cast(null as bigint) as days_count,
        cast(null as date) as first_date,
        cast(null as date) as last_date,
        novel.place
    from {{ ref('score_products__novel') }} as novel
    inner join open_dates on novel.as_of_date = open_dates.as_of_date
),

offers as (
    select * from habit
    where place <= {{ most }}
    union all
    select * from novel
    union all
    select * from upgrade
    where place <= {{ most }}
),

offers_in_words as (
    select
        *,
        case when days_count = 1 then 'once' else concat(cast(days_count as {{ text }}), ' times') end as times,
        {{ dbt.datediff('last_date', 'as_of_date', 'day') }} as days_ago,
        cast(round({{ dbt.datediff('first_date', 'last_date', 'day') }} / nullif(days_count - 1e0, 0)) as integer) as usual_days
    from offers
)

select
    buyers.customer_id,
    offers.as_of_date,
    offers.kind,
    offers.place,
    offers.sku_id,
    offers.weight / 1e9 as score,
    case
        when offers.kind = 'novel' then concat('often bought by those who buy ', offers.because_sku_id)
        when offers.kind = 'upgrade' then concat('the step up from ', offers.because_sku_id, ', bought ', offers.times)
        when offers.usual_days = 1 then concat('bought ', offers.times, ', usually every day')
        when offers.days_count > 1
            then concat('bought ', offers.times, ', usually every ', {{ counted('offers.usual_days', 'day') }})
        when offers.days_ago = 0 then 'bought once, today'
        else concat('bought once, ', {{ counted('offers.days_ago', 'day') }}, ' ago')
    end as reason,
    offers.because_sku_id,
    case offers.kind when 'habit' then 'decayed_frequency' when 'novel' then 'shrunk_item_item' else 'upgrade_path' end as model_name,
    open_dates.input_fingerprint
from offers_in_words as offers
inner join {{ ref('score_products__buyers') }} as buyers on offers.buyer_number = buyers.buyer_number
inner join open_dates on offers.as_of_date = open_dates.as_of_date
