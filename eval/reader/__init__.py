"""How the reader (answer/reader.onnx) was trained."""
