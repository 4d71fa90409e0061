select
    health.tag_code,
    dictionary.name_en,
    dictionary.name_zh,
    dictionary.tag_group,
    health.customers_count as of_customers,
    cast(round(health.coverage * health.customers_count) as bigint) as customers,
    health.distinct_values_count,
    health.age_days,
    health.nearest_tag_code,
    health.nearest_jaccard,
    health.uses_count,
    health.is_unused,
    health.has_same_customers_as_nearest
from tags.tag_health as health
inner join tags.tag_dictionary as dictionary on health.tag_code = dictionary.tag_code
where health.as_of_date = (select max(as_of_date) from tags.tag_health)
order by dictionary.tag_group, health.tag_code
