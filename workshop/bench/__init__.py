"""What the tag mart costs (mart), and what fitting and scoring cost (scoring, with scoring_data and scoring_tasks)."""
