"""The exported stories and queries as tables, for a peer whose language reads no JSON by itself."""

import os
import sys

import mix

FACETS = ["person", "country", "source", "speaker", "credit", "language", "subject"]


def main(folder):
    with open(os.path.join(folder, "stories.tsv"), "w", encoding="utf-8") as out:
        for line in mix.lines(folder, "stories.ndjson"):
            facets = ["|".join(line["facets"][facet]) for facet in FACETS]
            out.write("\t".join([str(line["n"]), line["headline"], line["body"], *facets]) + "\n")
    with open(os.path.join(folder, "queries.tsv"), "w", encoding="utf-8") as out:
        for query in mix.lines(folder, "queries.ndjson"):
            filters = "|".join(f"{facet}={value}" for facet, value in query["filters"])
            top = "|".join(",".join(map(str, counts)) for counts in query["top"])
            cells = [" ".join(query["words"]), filters, "|".join(query["facets"]), str(query["total"]), top]
            out.write("\t".join(cells) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
