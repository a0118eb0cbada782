"""What each stage costs and brings: the development questions with one part switched off or resized at a time."""
