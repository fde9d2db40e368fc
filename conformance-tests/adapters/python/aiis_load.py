"""A load against a session, after MLPerf Inference: SINGLE_STREAM, one sample a query, and OFFLINE, all samples in one query.

Samples come in shuffled rounds, sample 0 first in the first one, so that a load shows every sample before it repeats one.
"""
import os
import random
import time

import numpy as np

from aiis_wire import Unreachable, Violation, members

MOST_QUERIES = 1 << 24
WARM_UP_QUERIES = 64
MEMBERS = {"scenario": str, "minQueries": int, "minMillis": int, "maxMillis": int, "samplesPerQuery": int, "seed": int}


def settings(told):
    told = members(told, MEMBERS, "settings")
    if told["scenario"] not in ("SINGLE_STREAM", "OFFLINE"):
        raise Violation(f"unknown scenario {told['scenario']!r}")
    return told


def rounds(samples, seed):
    generator, order = random.Random(seed), list(range(1, samples))
    generator.shuffle(order)
    yield from [0, *order]
    order = list(range(samples))
    while True:
        generator.shuffle(order)
        yield from order


def run(told, samples, issue):
    """Latencies, samples done, total time, outputs of sample 0 and effective settings; issue(i) answers the outputs of i."""
    single = told["scenario"] == "SINGLE_STREAM"
    per_query = 1 if single else told["samplesPerQuery"]
    if samples < 1 or told["samplesPerQuery"] < 1 or not 1 <= told["minQueries"] <= MOST_QUERIES:
        raise Unreachable(f"a load needs samples and 1 to {MOST_QUERIES} queries")
    if not 0 <= told["minMillis"] <= told["maxMillis"] or single and told["samplesPerQuery"] != 1:
        raise Unreachable("a load lasts from minMillis to maxMillis; SINGLE_STREAM has one sample a query")
    least, most = told["minMillis"] * 1_000_000, told["maxMillis"] * 1_000_000
    clock, warm, done = time.perf_counter_ns, time.perf_counter_ns(), 0
    while done == 0 or done < WARM_UP_QUERIES and clock() - warm < most / 10:
        issue(done % samples)
        done += 1
    effective = {"warm-up-queries": done, "samples-per-query": per_query, "processors": os.cpu_count()}

    upcoming, latencies, kept = rounds(samples, told["seed"]), [], None
    query = [next(upcoming) for _ in range(per_query)]
    start = end = clock()
    while True:
        issued = clock()
        for sample in query:
            outputs = issue(sample)
            if sample == 0:
                kept = outputs
        end = clock()
        latencies.append(end - issued)
        query = [next(upcoming) for _ in range(per_query)]
        enough = len(latencies) >= told["minQueries"] and end - start >= least
        if enough or end - start >= most or len(latencies) == MOST_QUERIES:
            break
    effective |= {"queries": len(latencies), "ended-by": "minQueries and minMillis" if enough else "maxMillis"}
    return {"latencies": np.array(latencies, np.int64), "samples": len(latencies) * per_query,
            "totalNanos": end - start, "outputs": kept, "effective": {k: str(v) for k, v in effective.items()}}
