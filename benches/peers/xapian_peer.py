"""Xapian: a value slot for each place of a facet, ValueCountMatchSpy for each slot; the slots of a facet are added up here,
since a spy knows one value a slot."""

import collections
import os
import shutil
import sys

import mix
import xapian

# The most values that a story of the archive has, and the prefix of the terms to filter by.
FACETS = {
    "person": (9, "XP"),
    "country": (4, "XC"),
    "source": (3, "XS"),
    "speaker": (7, "XK"),
    "credit": (1, "XR"),
    "language": (1, "XL"),
    "subject": (1, "XU"),
}
SLOTS = {}
for facet_, (places_, _) in FACETS.items():
    SLOTS[facet_] = range(sum(len(slots) for slots in SLOTS.values()), sum(len(slots) for slots in SLOTS.values()) + places_)


def build(folder):
    path = os.path.join(folder, "xapian.db")
    shutil.rmtree(path, ignore_errors=True)
    db = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OVERWRITE)
    for line in mix.lines(folder, "stories.ndjson"):
        document = xapian.Document()
        for text, weight in ((line["headline"], 2), (line["body"], 1)):
            for term in text.split():
                if len(term.encode()) < 200:
                    document.add_term(term, weight)
        for facet, (places, prefix) in FACETS.items():
            values = list(dict.fromkeys(line["facets"][facet]))
            assert len(values) <= places, (facet, values)
            for slot, value in zip(SLOTS[facet], values):
                document.add_value(slot, value)
                document.add_boolean_term(prefix + value)
        document.set_data(str(line["n"]))
        db.add_document(document)
    db.commit()
    db.close()
    return xapian.Database(path)


def asking(db):
    def ask(query):
        words = xapian.Query(xapian.Query.OP_AND, query["words"])
        filters = [xapian.Query(FACETS[facet][1] + value) for facet, value in query["filters"]]
        wanted = xapian.Query(xapian.Query.OP_FILTER, words, xapian.Query(xapian.Query.OP_AND, filters)) if filters else words
        enquire = xapian.Enquire(db)
        enquire.set_query(wanted)
        spies = {facet: [xapian.ValueCountMatchSpy(slot) for slot in SLOTS[facet]] for facet in query["facets"]}
        for of_facet in spies.values():
            for spy in of_facet:
                enquire.add_matchspy(spy)
        found = enquire.get_mset(0, 20, db.get_doccount())
        for hit in found:
            hit.document.get_data()
        top = []
        for of_facet in spies.values():
            if len(of_facet) == 1:
                top.append([item.termfreq for item in of_facet[0].top_values(10)])
                continue
            counts = collections.Counter()
            for spy in of_facet:
                for item in spy.values():
                    counts[item.term] += item.termfreq
            top.append([count for _, count in counts.most_common(10)])
        return found.get_matches_estimated(), top

    return ask


if __name__ == "__main__":
    mix.run(sys.argv[1], "xapian", asking(build(sys.argv[1])))
