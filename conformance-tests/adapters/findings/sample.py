"""Draws failing cases at random from bundles: the same seed and bundles give the same cases.

    python sample.py --seed 4 --total 30 --each 3 BUNDLE…

From each bundle `--each`, the rest shared out by how many cases fail in each (largest remainders). A bundle's cases are
shuffled by the seed and its folder's name, and the first are taken.
"""
import argparse
import json
import pathlib
import random


def failing(bundle):
    """Id and message of each case that the main pass judged FAIL."""
    found = []
    with open(bundle / "evidence.jsonl", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)["entry"]
            if entry["event"] == "case" and entry["finding"]["verdict"] == "FAIL":
                found.append((entry["id"], entry["finding"]["message"]))
    return sorted(found)


def shares(sizes, each, total):
    """How many from each bundle."""
    rest = max(0, total - each * len(sizes))
    exact = {name: rest * size / sum(sizes.values()) for name, size in sizes.items()}
    counts = {name: each + int(share) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: (int(exact[name]) - exact[name], name))
    for name in by_remainder[: total - sum(counts.values())]:
        counts[name] += 1
    return counts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bundles", nargs="+", type=pathlib.Path)
    parser.add_argument("--seed", default="4")
    parser.add_argument("--total", type=int, default=30)
    parser.add_argument("--each", type=int, default=3)
    options = parser.parse_args()
    cases = {bundle.name: failing(bundle) for bundle in options.bundles}
    counts = shares({name: len(found) for name, found in cases.items()}, options.each, options.total)
    for name, found in sorted(cases.items()):
        random.Random(f"{options.seed}/{name}").shuffle(found)
        for _, message in found[: counts[name]]:
            print(f"{name}\t{message[:400]}".replace("\n", " "))


if __name__ == "__main__":
    main()
