"""The signal plan made from the forecast against a fixed plan, in SUMO, on working days that nobody has learnt from.

    python3 signals.py MODEL.onnx [--days 10] [--from 4] [--to 20] [--out FOLDER]

MODEL.onnx is what `aiis pipeline run traffic` exports (models/traffic-recurrent/1/model.onnx). Needs SUMO's programs and its Python
tools (Debian: sumo, sumo-tools), onnxruntime and numpy.

Both plans follow Webster's formula (Traffic Signal Settings, Road Research Technical Paper 39, 1958) with the same numbers: cycle
(1.5·L + 5) / (1 − Y), green in proportion to the critical flow of each direction over saturation flow. The fixed plan takes the mean
flows of the working days of the fixture between 7 and 19 h, and stays. The other is made anew each quarter of an hour from the forecast for the
quarter that follows. A third, made each quarter from the flow of the last one, shows what the forecast itself adds. Each day is
driven by each plan with the same vehicles, incidents and seed; what is compared is the mean time lost by a vehicle against free
flow, its wait before entering included, over vehicles that enter after 7 h. The interval of the mean difference over days is
Student's, 95 %.
"""

import argparse
import csv
import gzip
import importlib.util
import math
import os
import pathlib
import statistics
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import numpy
import onnxruntime

ROOT = pathlib.Path(__file__).resolve().parents[4]
sys.path.append("/usr/share/sumo/tools")
import traci  # noqa: E402

spec = importlib.util.spec_from_file_location("scenario", ROOT / "fixtures" / "traffic" / "scenario.py")
scenario = importlib.util.module_from_spec(spec)
spec.loader.exec_module(scenario)

SEEN, QUARTER, FIRST_DAY, COUNTED_FROM = 36, 900, 28, 7 * 3600
DETECTORS = [f"{station}.{lane}" for station in scenario.STATIONS for lane in range(2)]
SATURATION = 1100  # vehicles an hour and lane, with left turns that wait for a gap and lanes that are not used alike
LOST = 10  # seconds a cycle: two times yellow of 3 s and 2 s to start
YELLOW = 3
PASSED, OCCUPIED = traci.constants.LAST_STEP_VEHICLE_DATA, traci.constants.LAST_STEP_OCCUPANCY
LEAST_GREEN, SHORTEST, LONGEST = 15, 60, 120
STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131]


def webster(flows):
    """Green of corridor and side street at a junction, from vehicles an hour at its approaches."""
    along = max(flow for edge, flow in flows.items() if edge[0] not in "NS") / 2 / SATURATION
    across = max(flow for edge, flow in flows.items() if edge[0] in "NS") / 2 / SATURATION
    load = min(0.9, along + across)
    cycle = min(LONGEST, max(SHORTEST, (1.5 * LOST + 5) / (1 - load)))
    green = cycle - 2 * YELLOW
    share = along / max(1e-9, along + across)
    first = min(green - LEAST_GREEN, max(LEAST_GREEN, round(green * share)))
    return round(first), round(green - first)


def plans(flows):
    """Greens by junction, from vehicles an hour by station."""
    return {j: webster({s: f for s, f in flows.items() if s.endswith("_" + j)}) for j in scenario.JUNCTIONS}


def mean_flows():
    """Vehicles an hour by station, mean over the working days of the fixture from 7 to 19 h."""
    sums = dict.fromkeys(scenario.STATIONS, 0.0)
    counts = dict.fromkeys(scenario.STATIONS, 0)
    with gzip.open(ROOT / "fixtures" / "traffic" / "training.csv.gz", "rt") as text:
        for row in csv.DictReader(text):
            if int(row["day"]) % 7 < 5 and 7 <= int(row["minute"]) / 60 < 19 and row["flow"] and int(row["flow"]) < 300:
                sums[row["detector"][:-2]] += float(row["flow"])
                counts[row["detector"][:-2]] += 1
    return {s: 2 * 12 * sums[s] / counts[s] for s in scenario.STATIONS}


def apply(greens):
    for junction, (along, across) in greens.items():
        logic = traci.trafficlight.getAllProgramLogics(junction)[0]
        for phase, duration in zip(logic.phases, (along, YELLOW, across, YELLOW)):
            phase.duration = phase.minDur = phase.maxDur = duration
        traci.trafficlight.setProgramLogic(junction, logic)


def measured():
    """Drives an interval; gives the vehicles that passed each detector in it, and the percentage of time that it was occupied."""
    passed, occupied = numpy.zeros(len(DETECTORS)), numpy.zeros(len(DETECTORS))
    for _ in range(scenario.INTERVAL):
        traci.simulationStep()
        results = traci.inductionloop.getAllSubscriptionResults()
        for i, detector in enumerate(DETECTORS):
            seen = results[detector]
            passed[i] += sum(vehicle[3] >= 0 for vehicle in seen[PASSED])
            occupied[i] += max(0.0, seen[OCCUPIED])
    return passed, occupied / scenario.INTERVAL


def drive(folder, day, begin, end, plan, session):
    """Mean seconds lost by a vehicle on a day under a plan. The streets get an hour to empty."""
    last = end + 3600
    traci.start(
        ["sumo", "-n", "corridor.net.xml", "-r", "demand.rou.xml", "-a", "loops.add.xml", "--begin", str(begin), "--seed",
         str(scenario.SEED + day), "--no-step-log", "--no-warnings", "--duration-log.disable", "--time-to-teleport", "300", "-X",
         "never", "--tripinfo-output", "trips.xml"], traceFile=None, label=f"{day}-{plan}")
    flow = numpy.full((SEEN, len(DETECTORS)), numpy.nan, numpy.float32)
    occupancy = flow.copy()
    apply(plans(mean_flows()))
    if plan == "fixed":
        traci.simulationStep(end)
        end = begin
    else:
        for detector in DETECTORS:
            traci.inductionloop.subscribe(detector, [PASSED, OCCUPIED])
    for now in range(begin + scenario.INTERVAL, end + 1, scenario.INTERVAL):
        flow, occupancy = numpy.roll(flow, -1, axis=0), numpy.roll(occupancy, -1, axis=0)
        flow[-1], occupancy[-1] = measured()
        if now % QUARTER:
            continue
        if plan == "forecast":
            slot = day * scenario.DAY // scenario.INTERVAL + now // scenario.INTERVAL - 1
            feeds = {"flow": flow[None], "occupancy": occupancy[None], "slot": numpy.array([slot % 2016], numpy.int64)}
            quarter = session.run(["forecast"], feeds)[0][0, 0]
        else:
            quarter = numpy.nan_to_num(flow[-3:]).sum(axis=0).reshape(-1, 2).sum(axis=1)
        apply(plans({s: max(20.0, 4 * float(q)) for s, q in zip(scenario.STATIONS, quarter)}))
    while traci.simulation.getMinExpectedNumber() > 0 and traci.simulation.getTime() < last:
        traci.simulationStep()
    traci.close()
    lost = [
        float(trip.get("timeLoss")) + float(trip.get("departDelay"))
        for _, trip in ElementTree.iterparse(folder / "trips.xml")
        if trip.tag == "tripinfo" and trip.get("id").isdigit() and float(trip.get("depart")) >= COUNTED_FROM
    ]
    return statistics.fmean(lost), len(lost)


def interval(numbers):
    mean = statistics.fmean(numbers)
    if len(numbers) < 2:
        return f"{mean:+.2f}"
    reach = STUDENT[min(len(numbers) - 2, len(STUDENT) - 1)] * statistics.stdev(numbers) / math.sqrt(len(numbers))
    return f"{mean:+.2f} (95 % interval {mean - reach:+.2f} to {mean + reach:+.2f})"


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("model")
    parse.add_argument("--days", type=int, default=10)
    parse.add_argument("--from", dest="begin", type=float, default=4)
    parse.add_argument("--to", dest="end", type=float, default=20)
    parse.add_argument("--out", type=pathlib.Path)
    options = parse.parse_args()
    session = onnxruntime.InferenceSession(options.model, providers=["CPUExecutionProvider"])
    begin, end = round(options.begin * 3600), round(options.end * 3600)
    print(f"greens of the fixed plan, corridor and side street: {plans(mean_flows())}")
    working = [day for day in range(FIRST_DAY, FIRST_DAY + 7 * options.days) if day % 7 < 5][: options.days]
    results = {plan: [] for plan in ("fixed", "last quarter", "forecast")}
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.out or pathlib.Path(temporary)
        scenario.network(folder)
        os.chdir(folder)
        for day in working:
            scenario.write_demand(scenario.Day(day), folder / "demand.rou.xml", begin, end)
            for plan, lost in results.items():
                mean, vehicles = drive(folder, day, begin, end, plan, session)
                lost.append(mean)
            print(f"day {day}: {vehicles} vehicles, seconds lost by each: " +
                  ", ".join(f"{plan} {lost[-1]:.2f}" for plan, lost in results.items()), flush=True)
    for plan in ("forecast", "last quarter"):
        print(f"{plan} less fixed, seconds a vehicle: {interval([a - b for a, b in zip(results[plan], results['fixed'])])}")
    print("forecast less last quarter, seconds a vehicle: " +
          interval([a - b for a, b in zip(results["forecast"], results["last quarter"])]))


if __name__ == "__main__":
    main()
