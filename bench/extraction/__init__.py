"""Reading pages, ours beside the libraries that others use: quality and speed in one run."""
