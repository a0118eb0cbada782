"""Many people ask the app at once, and each must get the answer that the question gets alone."""
