{% set definition %}
code: identity
name_en: Identity in the community
name_zh: 身份分层
population: orders_count >= 0
columns: {contribution_count: bigint}
assumes:
  - orders_count >= 0
  - contribution_count >= 0
segments:
  - code: kol
    name_en: Key opinion leader
    name_zh: KOL
    when: followers_count >= {{ var('kol_followers') }}
  - code: koc
    name_en: Key opinion consumer
    name_zh: KOC
    when: >
      (followers_count is null or followers_count < {{ var('kol_followers') }})
      and (followers_count >= {{ var('koc_followers') }} or contribution_count >= {{ var('koc_contributions') }})
  - code: member
    name_en: Member
    name_zh: 会员
    when: >
      (followers_count is null or followers_count < {{ var('koc_followers') }})
      and contribution_count < {{ var('koc_contributions') }} and member_level is not null
  - code: ordinary
    name_en: Ordinary customer
    name_zh: 普通用户
    when: >
      (followers_count is null or followers_count < {{ var('koc_followers') }})
      and contribution_count < {{ var('koc_contributions') }} and member_level is null
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}

with customers as (
    select
        customer_id,
        as_of_date,
        is_current,
        orders_count,
        member_level,
        followers_count,
        reviews_count + shares_count + referrals_count + ugc_count + group_messages_30d as contribution_count
    from {{ ref('customer_tags') }}
)

select
    *,
    {{ segment_case(scheme) }} as segment_code,
    {{ segment_rule_hits(scheme) }} as rule_hits
from customers
