"""Question sets, metrics, runs and reports: how good are the answers?"""
