{#-
  10. Which tags does WeCom get, and what is left out?
  10. 企业微信会打上哪些标签，哪些没有放进去？
  Each row is a tag group and what becomes of its tags: WeCom gets those without a reason why they are left out
  (scheme_not_chosen: the scheme is not in var wecom_schemes).

      dbt show --select which_tags_wecom_gets --limit 20
-#}

select
    scheme_code,
    group_name,
    left_out_reason,
    count(*) as tags,
    sum(relations_count) as contacts_tagged
from {{ ref('wecom_tag_plan') }}
group by scheme_code, group_name, left_out_reason
order by left_out_reason asc nulls first, tags desc, scheme_code asc
