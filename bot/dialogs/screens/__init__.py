"""The screens, one subject a file; `every` gathers them."""
