"""Other people's captures: read as a crawl reads its answers, without ever asking anybody."""
