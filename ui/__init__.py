"""What people see: the reader, the conversation, the look of the app, and the terminal; no gradio at import."""
