"""The tabs of the app, a module each: layout and events over the plain modules of ui/; gradio is imported late."""
