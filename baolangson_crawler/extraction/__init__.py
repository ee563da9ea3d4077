"""Reading a page: text in, article out. Knows no site, no network, no clock."""
