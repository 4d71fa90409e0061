with newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

inputs as (
    select
        inputs.*,
        delivered.table_name is null as is_missing
    from {{ ref('measurement_inputs') }} as inputs
    left join {{ ref('int_tables__delivered') }} as delivered on inputs.raw_table = delivered.table_name
),

measures as (
    select
        measure,
        empty_because_en,
        empty_because_zh,
        {{ joined_texts('case when is_missing then raw_table end') }} as missing_inputs
    from inputs
    group by measure, empty_because_en, empty_because_zh
),

counted as (
    select
        measures.measure,
        measures.empty_because_en,
        measures.empty_because_zh,
        nullif(measures.missing_inputs, '') as missing_inputs,
        filled.rows_count,
        filled.not_enough_data_count
    from measures
    inner join {{ ref('measurement_rows') }} as filled on measures.measure = filled.measure
),

texts as (
    select
        *,
        cast(rows_count as {{ dbt.type_string() }}) as all_rows,
        case when not_enough_data_count > 0 then cast(not_enough_data_count as {{ dbt.type_string() }}) end as unknown_rows
    from counted
),

{#- Parts of the reason; each is null where it does not hold, and concat_ws passes over it. #}

explained as (
    select
        *,
        'Raw tables missing or empty: ' || missing_inputs || '.' as missing_en,
        '缺少或为空的原始表：' || missing_inputs || '。' as missing_zh,
        case when rows_count = 0 then empty_because_en end as empty_en,
        case when rows_count = 0 then empty_because_zh end as empty_zh,
        'Rows without enough data: ' || unknown_rows || ' of ' || all_rows || '.' as not_enough_en,
        '数据不足的行数：' || unknown_rows || '，共 ' || all_rows || ' 行。' as not_enough_zh
    from texts
)

select
    newest.as_of_date,
    explained.measure,
    case
        when explained.rows_count = 0 then 'empty'
        when explained.missing_inputs is not null or explained.not_enough_data_count > 0 then 'partly'
        else 'measured'
    end as status,
    explained.missing_inputs,
    nullif(concat_ws(' ', explained.missing_en, explained.empty_en, explained.not_enough_en), '') as reason_en,
    nullif(concat_ws('', explained.missing_zh, explained.empty_zh, explained.not_enough_zh), '') as reason_zh,
    explained.rows_count,
    explained.not_enough_data_count
from explained
cross join newest
