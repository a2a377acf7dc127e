"""SQLite: FTS5 for the words, a table a facet, counts by GROUP BY over the hits."""

import os
import sqlite3
import sys

import mix

FACETS = ["person", "country", "source", "speaker", "credit", "language", "subject"]


def build(folder):
    path = os.path.join(folder, "sqlite.db")
    if os.path.exists(path):
        os.remove(path)
    db = sqlite3.connect(path)
    db.executescript(
        """
        PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA cache_size = -1000000;
        CREATE TABLE story (id INTEGER PRIMARY KEY, published INTEGER);
        CREATE VIRTUAL TABLE words USING fts5(headline, body, content='', tokenize='unicode61 remove_diacritics 0');
        """
    )
    for facet in FACETS:
        db.execute(f"CREATE TABLE {facet} (story INTEGER, value TEXT, PRIMARY KEY (story, value)) WITHOUT ROWID")
    for line in mix.lines(folder, "stories.ndjson"):
        db.execute("INSERT INTO story VALUES (?, ?)", (line["n"], line["published"]))
        db.execute("INSERT INTO words(rowid, headline, body) VALUES (?, ?, ?)", (line["n"], line["headline"], line["body"]))
        for facet in FACETS:
            rows = ((line["n"], value) for value in set(line["facets"][facet]))
            db.executemany(f"INSERT INTO {facet} VALUES (?, ?)", rows)
    for facet in FACETS:
        db.execute(f"CREATE INDEX {facet}_value ON {facet} (value, story)")
    db.execute("INSERT INTO words(words) VALUES ('optimize')")
    db.execute("ANALYZE")
    db.commit()
    return db


def asking(db):
    db.execute("PRAGMA temp_store = memory")
    db.execute("CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, score REAL)")

    def ask(query):
        words = " AND ".join(f'"{word}"' for word in query["words"])
        where = "".join(f" AND rowid IN (SELECT story FROM {facet} WHERE value = ?)" for facet, _ in query["filters"])
        values = [value for _, value in query["filters"]]
        db.execute("DELETE FROM hit")
        db.execute(
            f"INSERT INTO hit SELECT rowid, bm25(words, 2.5, 1.0) FROM words WHERE words MATCH ?{where}", [words, *values]
        )
        total = db.execute("SELECT count(*) FROM hit").fetchone()[0]
        db.execute("SELECT id, score, published FROM hit JOIN story USING (id) ORDER BY score LIMIT 20").fetchall()
        top = []
        for facet in query["facets"]:
            rows = db.execute(
                f"SELECT value, count(*) AS stories FROM hit JOIN {facet} ON story = hit.id "
                "GROUP BY value ORDER BY stories DESC LIMIT 10"
            )
            top.append([stories for _, stories in rows])
        return total, top

    return ask


if __name__ == "__main__":
    mix.run(sys.argv[1], "sqlite", asking(build(sys.argv[1])))
