"""What the developers of Tagmart work with and its users never run: `python -m workshop`.

sample         the sample brand of data/sample, drawn from known truth
mutate         faults put into the SQL of history, tags and segments: does a check notice?
bench          what a whole build costs on its first day and on the next, and what scoring costs
quality        Great Expectations: the gate on a delivery, the tag mart and its drift
layers         the direction of the models, checked on dbt's manifest
segment_docs   docs/segments.md, written from the definitions
playbook_docs  the table of docs/playbook.md, written from seeds/action_playbook.csv
calendar_events  seeds/calendar_events.csv, festivals by year
wecom_load     what a large `tagmart wecom apply` costs, against the simulator of tests/support
house          the counts of the house: how many macros, how long, how far a reader has to go

The workshop imports tagmart; tagmart and the models never import the workshop, and no wheel holds it.
"""
