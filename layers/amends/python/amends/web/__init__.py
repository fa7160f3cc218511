"""The public API's edge: conventions that every API function keeps."""
