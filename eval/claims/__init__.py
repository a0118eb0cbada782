"""Claims with verdicts given by hand: a JSON object a line, `id`, `half`, `verdict`, `how`, `claim` and its `quote`."""
