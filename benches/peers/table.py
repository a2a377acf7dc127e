"""Sets the peers' times beside dateline's."""

import json
import os
import sys


def main(folder):
    def read(name):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return json.load(file)

    ours = read("dateline.json")
    peers = sorted(name for name in os.listdir(folder) if name.endswith(".json") and not name.startswith("dateline"))
    print(f"{ours['stories']} stories; ms: p50, p99, mean")
    unequal = 0
    for name in ["dateline.json", "dateline-no-hits.json", *peers]:
        times = read(name)
        unequal += times["unequal"]
        row = f"{name[:-5]:16} {times['p50_ms']:9.3f} {times['p99_ms']:9.3f} {times['mean_ms']:9.3f}"
        print(f"{row}  {times['queries'] - times['unequal']} of {times['queries']} queries with equal counts")
    for name in peers:
        times = read(name)
        for at in ("p50", "p99"):
            print(f"ratio {name[:-5]}-{at}-over-dateline {times[at + '_ms'] / ours[at + '_ms']:.3f}")
    return 1 if unequal else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
