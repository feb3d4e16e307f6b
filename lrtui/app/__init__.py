"""The screens. The only floor that knows Textual."""
