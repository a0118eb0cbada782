"""Follow-up questions, completed from the questions before them."""
