"""Rulings on what a question states: yes, no, or that the text says something else."""
