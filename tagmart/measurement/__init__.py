"""What campaigns added and how long groups last: intervals, tests and shrinkage over sums that SQL made. Plain functions; scipy infers."""
