"""Counts the cases of bundles, one row of a Markdown table each, as FINDINGS.md has them.

    python runs.py BUNDLE…
    python runs.py --operators BUNDLE [BUNDLE]   # failing cases by operator; of two bundles, those that fail in the first alone
"""
import collections
import json
import pathlib
import sys

COLUMNS = ("pass", "unclaimed, refused", "wrong or accepted", "refused", "died", "hung", "not driven")
REASONS = {"rejected": "refused", "crashed": "died", "timed-out": "hung"}


def cases(bundle):
    """Id → verdict and reason of each case of the main pass."""
    with open(bundle / "evidence.jsonl", encoding="utf-8") as lines:
        entries = [json.loads(line)["entry"] for line in lines]
    return {e["id"]: (e["finding"]["verdict"], e["finding"].get("reason", "")) for e in entries if e["event"] == "case"}


def column(verdict, reason):
    if verdict == "PASS":
        return "unclaimed, refused" if reason == "unsupported" else "pass"
    if verdict == "FAIL":
        return REASONS.get(reason, "wrong or accepted")
    return "not driven" if reason == "not-driven" else "undecided"


def failing(bundle):
    return {case for case, (verdict, _) in cases(bundle).items() if verdict == "FAIL"}


def operators(first, *others):
    alone = failing(first) - set().union(*(failing(other) for other in others))
    counts = collections.Counter(case.split("/")[0].removeprefix("OP-").rsplit("-", 1)[0] for case in alone)
    for name, count in counts.most_common():
        print(f"{count:5} {name}")


def main(words):
    bundles = [pathlib.Path(word) for word in words if word != "--operators"]
    if "--operators" in words:
        return operators(*bundles)
    print(f"| system | cases | {' | '.join(COLUMNS)} |")
    for bundle in bundles:
        counts = collections.Counter(column(*judged) for judged in cases(bundle).values())
        print(f"| {bundle.name} | {sum(counts.values()):,} | {' | '.join(f'{counts[name]:,}' for name in COLUMNS)} |")


if __name__ == "__main__":
    main(sys.argv[1:])
