"""How fast, how large: run by `make bench`, results committed in benchmarks/results/."""
