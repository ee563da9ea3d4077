"""Stories as pages: one module for each family, and the lists that lead to them."""
