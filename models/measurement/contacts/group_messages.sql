select
    months.as_of_date,
    touches.chat_id,
    touches.customer_id,
    count(*) as messages_count
from {{ ref('int_touchpoints__unified') }} as touches
inner join {{ ref('contact_months') }} as months on touches.occurred_date between months.month_begins_on and months.as_of_date
where touches.chat_id is not null and touches.event_type = 'message_sent'
group by months.as_of_date, touches.chat_id, touches.customer_id
