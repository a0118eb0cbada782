"""How Ibid grows: from one chapter to ten thousand, what each thing that people do takes."""
