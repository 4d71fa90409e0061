"""`tagmart diff`: which customers change class between two states of the project, proved over all customers and counted over the actual ones.

sides reads both states, compare asks the prover, upstream finds what the prover cannot see through, count asks the database, review
puts them together, report and document write.
"""
