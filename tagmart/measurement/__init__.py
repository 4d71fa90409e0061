"""What campaigns added: intervals, tests and shrinkage over sums that SQL made. Plain functions; scipy infers."""
