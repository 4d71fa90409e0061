{#- Methods in the order of their trust: of two that hit alike the first is used, and the trusted one where nothing is known yet. #}
select
    'habit' as kind,
    'decayed_frequency' as model_name,
    1 as preference,
    true as is_trusted
union all
select
    'habit' as kind,
    'own_frequency' as model_name,
    2 as preference,
    false as is_trusted
union all
select
    'novel' as kind,
    'popularity' as model_name,
    1 as preference,
    false as is_trusted
union all
select
    'novel' as kind,
    'popularity_in_categories' as model_name,
    2 as preference,
    false as is_trusted
union all
select
    'novel' as kind,
    'shrunk_item_item' as model_name,
    3 as preference,
    true as is_trusted
