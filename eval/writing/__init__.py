"""What a real, small language model wrote, labelled by hand, and the verifier measured on it."""
