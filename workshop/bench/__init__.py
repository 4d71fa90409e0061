"""What a whole `dbt build` costs (command, with days, builds, passes and report), and what fitting and scoring cost (scoring, with
scoring_data and scoring_tasks)."""
