"""The SQL of the schema's third step: who wrote an article, and how its text was found."""

PAPERS = """
ALTER TABLE site ADD COLUMN status TEXT;
ALTER TABLE site ADD COLUMN merged_into TEXT;
ALTER TABLE article ADD COLUMN paper TEXT REFERENCES site(key);
UPDATE article SET paper = site;
CREATE INDEX article_paper ON article(paper);
ALTER TABLE version ADD COLUMN findings TEXT;
ALTER TABLE version ADD COLUMN repairs TEXT;
"""
