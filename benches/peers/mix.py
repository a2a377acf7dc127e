"""The mix of queries for a peer in Python: runs it, compares the counts with the right ones, writes down the times."""

import json
import os
import time


def lines(folder, name):
    """The objects of a file of JSON Lines."""
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def run(folder, peer, ask):
    """Asks every query ROUNDS times, the whole mix in turn; `ask(query)` gives the total and the lists of highest counts."""
    queries = list(lines(folder, "queries.ndjson"))
    best = [float("inf")] * len(queries)
    unequal = 0
    for round_ in range(int(os.environ.get("ROUNDS", "3"))):
        for at, query in enumerate(queries):
            start = time.perf_counter()
            total, top = ask(query)
            best[at] = min(best[at], (time.perf_counter() - start) * 1e3)
            if round_ == 0 and (total != query["total"] or top != query["top"]):
                unequal += 1
                if unequal <= 3:
                    print(f"{peer}: {query['words']} {query['filters']}: {total} {top} for {query['total']} {query['top']}")
    best.sort()
    times = {
        "p50_ms": best[len(best) // 2],
        "p99_ms": best[min(int(len(best) * 0.99), len(best) - 1)],
        "mean_ms": sum(best) / len(best),
        "queries": len(best),
        "unequal": unequal,
    }
    with open(os.path.join(folder, f"{peer}.json"), "w", encoding="utf-8") as file:
        json.dump(times, file)
        file.write("\n")
