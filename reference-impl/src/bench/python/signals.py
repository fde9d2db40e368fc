"""The signal plan made from the forecast against a fixed plan, in SUMO, on working days that nobody has learnt from.

    python3 signals.py MODEL.onnx [--days 10] [--from 6.5] [--to 8.5] [--plans fixed,clock,forecast]
    python3 signals.py MODEL.onnx --calibrate           what the plans' numbers below were chosen by, on days of the training part

MODEL.onnx is what `aiis pipeline run traffic` exports (models/traffic-recurrent/1/model.onnx). Needs SUMO's programs and its Python
tools (Debian: sumo, sumo-tools), onnxruntime and numpy; with libsumo (PyPI, the version of SUMO) it takes a fraction of the time.

All plans follow Webster's formula (Traffic Signal Settings, Road Research Technical Paper 39, 1958) with the same numbers: the cycle
(1.5·L + 5) / (1 − Y) of the busiest junction, for all junctions, up to the next that divides a quarter of an hour; green in proportion
to the critical flow of each direction over saturation flow; neighbours half a cycle apart, since 400 m take 29 s. They differ in the flows:

    fixed      the mean of the training part's working days in the hours that are driven; the plan stays
    clock      the mean of the training part's working days in the quarter of an hour that follows; a new plan each quarter, the same each day
    last       what the detectors counted in the last quarter
    forecast   the model's forecast for the quarter that follows. Where a station's detectors were occupied longer than JAM of the last
               quarter, vehicles stand on them and what passes is not what wants to: there it is the clock's flow, if that is more

Each day is driven by each plan with the same vehicles, incidents and seed. The three hours before belong to the fixed plan on every drive:
the streets fill, and the model is given the three hours that it looks back on. What is compared is the mean time lost by a vehicle against
free flow, its wait before entering included, over the vehicles that enter in the hours that are driven. The interval of the mean
difference over days is Student's, 95 %.
"""

import argparse
import csv
import functools
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

ROOT = pathlib.Path(__file__).resolve().parents[4]
try:
    import libsumo as traci
except ImportError:
    sys.path.append("/usr/share/sumo/tools")
    import traci

spec = importlib.util.spec_from_file_location("scenario", ROOT / "fixtures" / "traffic" / "scenario.py")
scenario = importlib.util.module_from_spec(spec)
spec.loader.exec_module(scenario)

SEEN, QUARTER, FIRST_DAY = 36, 900, 28
DETECTORS = [f"{station}.{lane}" for station in scenario.STATIONS for lane in range(2)]
CYCLES = [50, 60, 75, 90, 100]
LEAST_GREEN, YELLOW = 10, 3
SATURATION, LOST = 1100, 10  # vehicles an hour and lane; seconds a cycle
JAM = 35  # percent of time
STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131]


def plan_of(flows, saturation):
    """Cycle of all junctions, and of each the green of corridor and side street, from vehicles an hour by station."""
    loads = {}
    for junction in scenario.JUNCTIONS:
        here = {station: flow for station, flow in flows.items() if station.endswith("_" + junction)}
        loads[junction] = tuple(
            max(flow for station, flow in here.items() if (station[0] in "NS") == side) / 2 / saturation for side in (False, True))
    busiest = min(0.9, max(sum(load) for load in loads.values()))
    webster = (1.5 * LOST + 5) / (1 - busiest)
    cycle = next((c for c in CYCLES if c >= webster), CYCLES[-1])
    greens = {}
    for junction, (along, across) in loads.items():
        green = cycle - 2 * YELLOW
        first = round(green * along / max(1e-9, along + across))
        first = min(green - LEAST_GREEN, max(LEAST_GREEN, first))
        greens[junction] = (first, green - first)
    return cycle, greens


@functools.lru_cache(maxsize=None)
def usual():
    """Vehicles an hour by station and quarter of the day: means of the working days of the training part."""
    sums = numpy.zeros((scenario.DAY // QUARTER, len(scenario.STATIONS)))
    counts = sums.copy()
    with gzip.open(ROOT / "fixtures" / "traffic" / "training.csv.gz", "rt") as text:
        for row in csv.DictReader(text):
            if int(row["day"]) % 7 < 5 and row["flow"] and int(row["flow"]) < 300:
                place = int(row["minute"]) * 60 // QUARTER, scenario.STATIONS.index(row["detector"][:-2])
                sums[place] += float(row["flow"])
                counts[place] += 1
    return 2 * 12 * sums / counts


def named(flows):
    return dict(zip(scenario.STATIONS, (max(20.0, float(flow)) for flow in flows)))


def serves_corridor(junction, state):
    """Whether a state of the lights shows green to the corridor; it is one or the other that has it."""
    links = traci.trafficlight.getControlledLinks(junction)
    green = {link[0][0][0] not in "NS" for link, light in zip(links, state) if light in "Gg"}
    if len(green) != 1:
        raise ValueError(f"{junction} has a phase that serves both streets or none: {state}")
    return green.pop()


class Lights:
    """The plan that is shown at the junctions, and the one that follows when each comes to the start of its cycle."""
    def __init__(self, now, plan):
        self.waiting = []
        self.follow(now, plan)

    def follow(self, now, plan):
        cycle, greens = plan
        self.waiting = sorted((now + (cycle // 2 if i % 2 else 0), junction, *greens[junction])
                              for i, junction in enumerate(scenario.JUNCTIONS))

    def step_to(self, end, step):
        """Simulates until end; step is called with the second to go to."""
        while self.waiting and self.waiting[0][0] < end:
            second, junction, along, across = self.waiting.pop(0)
            step(second)
            logic = traci.trafficlight.getAllProgramLogics(junction)[0]
            greens = (along, across) if serves_corridor(junction, logic.phases[0].state) else (across, along)
            for phase, duration in zip(logic.phases, (greens[0], YELLOW, greens[1], YELLOW)):
                phase.duration = phase.minDur = phase.maxDur = duration
            # From the second green first to its yellow: the cycle before was another one.
            logic.currentPhaseIndex = 3 if traci.trafficlight.getPhase(junction) == 2 else 0
            traci.trafficlight.setProgramLogic(junction, logic)
        step(end)


class Detectors:
    """Vehicles that passed each detector, and the percentage of time that it was occupied, by intervals of five minutes."""
    def __init__(self, now):
        self.flow = numpy.full((SEEN, len(DETECTORS)), numpy.nan, numpy.float32)
        self.occupancy = self.flow.copy()
        self.now, self.passed, self.occupied = now, numpy.zeros(len(DETECTORS)), numpy.zeros(len(DETECTORS))

    def step(self, second):
        while self.now < second:
            traci.simulationStep()
            self.now += 1
            for i, detector in enumerate(DETECTORS):
                self.passed[i] += sum(vehicle[3] >= 0 for vehicle in traci.inductionloop.getVehicleData(detector))
                self.occupied[i] += max(0.0, traci.inductionloop.getLastStepOccupancy(detector))
            if self.now % scenario.INTERVAL == 0:
                self.flow, self.occupancy = numpy.roll(self.flow, -1, axis=0), numpy.roll(self.occupancy, -1, axis=0)
                self.flow[-1], self.occupancy[-1] = self.passed, self.occupied / scenario.INTERVAL
                self.passed[:], self.occupied[:] = 0, 0

    def last(self):
        """Vehicles an hour by station in the last quarter."""
        return 4 * numpy.nan_to_num(self.flow[-3:]).sum(axis=0).reshape(-1, 2).sum(axis=1)

    def jammed(self, bound):
        """Of each station whether a detector was occupied longer than bound in the last quarter."""
        return self.occupancy[-3:].mean(axis=0).reshape(-1, 2).max(axis=1) > bound


def forecast(session, day, now, detectors):
    """Vehicles an hour by station in the quarter that follows."""
    slot = day * scenario.DAY // scenario.INTERVAL + now // scenario.INTERVAL - 1
    feeds = {"flow": detectors.flow[None], "occupancy": detectors.occupancy[None], "slot": numpy.array([slot % 2016], numpy.int64)}
    return 4 * session.run(["forecast"], feeds)[0][0, 0]


def start(begin):
    return max(0, begin - SEEN * scenario.INTERVAL)


def drive(folder, day, begin, end, plan, session=None, saturation=None):
    """Mean seconds lost by a vehicle on a day under a plan, and vehicles. The streets get an hour to empty."""
    first, saturation = start(begin), saturation or SATURATION
    traci.start(
        ["sumo", "-n", "corridor.net.xml", "-r", "demand.rou.xml", "-a", "loops.add.xml", "--begin", str(first), "--seed",
         str(scenario.SEED + day), "--no-step-log", "--no-warnings", "--duration-log.disable", "--time-to-teleport", "300", "-X",
         "never", "--tripinfo-output", "trips.xml"])
    clock = lambda now: usual()[now // QUARTER]
    mean = usual()[begin // QUARTER: end // QUARTER].mean(axis=0)
    lights = Lights(first, plan_of(named(mean), saturation if plan == "fixed" else SATURATION))
    detectors = Detectors(first) if plan in ("forecast", "last") else None
    step = detectors.step if detectors else traci.simulationStep
    for now in range(first, end, QUARTER):
        if plan != "fixed" and now >= begin:
            flows = clock(now)
            if detectors:
                counted = forecast(session, day, now, detectors) if plan == "forecast" else detectors.last()
                flows = numpy.where(detectors.jammed(JAM), numpy.maximum(counted, flows), counted)
            lights.follow(now, plan_of(named(flows), saturation))
        lights.step_to(now + QUARTER, step)
    while traci.simulation.getMinExpectedNumber() > 0 and traci.simulation.getTime() < end + 3600:
        traci.simulationStep()
    traci.close()
    lost = [
        float(trip.get("timeLoss")) + float(trip.get("departDelay"))
        for _, trip in ElementTree.iterparse(folder / "trips.xml")
        if trip.tag == "tripinfo" and trip.get("id").isdigit() and float(trip.get("depart")) >= begin
    ]
    return statistics.fmean(lost), len(lost)


def interval(numbers):
    mean = statistics.fmean(numbers)
    if len(numbers) < 2:
        return f"{mean:+.2f}"
    reach = STUDENT[min(len(numbers) - 2, len(STUDENT) - 1)] * statistics.stdev(numbers) / math.sqrt(len(numbers))
    verdict = "better" if mean + reach < 0 else "worse" if mean - reach > 0 else "undecided"
    return f"{mean:+.2f}, 95 % interval {mean - reach:+.2f} to {mean + reach:+.2f}: {verdict}"


def working(first, count):
    return [day for day in range(first, first + 7 * count) if day % 7 < 5][:count]


def calibrate(folder, begin, end, days, plans, session, saturations):
    """Each plan at several saturation flows, on days of the training part: its mean seconds lost."""
    for plan in plans:
        for saturation in saturations:
            lost = []
            for day in days:
                scenario.write_demand(scenario.Day(day), folder / "demand.rou.xml", start(begin), end)
                lost.append(drive(folder, day, begin, end, plan, session, saturation)[0])
            print(f"{plan}, saturation {saturation}: seconds lost " + " ".join(f"{x:.1f}" for x in lost)
                  + f", mean {statistics.fmean(lost):.2f}", flush=True)


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("model", nargs="?")
    parse.add_argument("--days", type=int, default=10)
    parse.add_argument("--from", dest="begin", type=float, default=6.5, help="hour at which a drive begins; default 6.5")
    parse.add_argument("--to", dest="end", type=float, default=8.5, help="hour after which no vehicle enters; default 8.5")
    parse.add_argument("--plans", default="fixed,clock,forecast", help="of fixed, clock, last, forecast")
    parse.add_argument("--calibrate", action="store_true")
    parse.add_argument("--saturations", default="800,950,1100,1300,1600", help="to calibrate with; vehicles an hour and lane")
    parse.add_argument("--out", type=pathlib.Path)
    options = parse.parse_args()
    begin, end = (round(4 * hours) * QUARTER for hours in (options.begin, options.end))
    plans = options.plans.split(",")
    if "forecast" in plans and not options.model:
        parse.error("MODEL.onnx is needed for the plan 'forecast'")
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.out or pathlib.Path(temporary)).resolve()
        model = options.model and pathlib.Path(options.model).resolve()
        scenario.network(folder)
        os.chdir(folder)
        session = None
        if model:
            import onnxruntime
            session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        if options.calibrate:
            saturations = [int(x) for x in options.saturations.split(",")]
            return calibrate(folder, begin, end, working(14, 5)[: options.days], plans, session, saturations)
        cycle, greens = plan_of(named(usual()[begin // QUARTER: end // QUARTER].mean(axis=0)), SATURATION)
        print(f"the fixed plan: cycle {cycle} s, greens of corridor and side street {greens}", flush=True)
        results = {plan: [] for plan in plans}
        for day in working(FIRST_DAY, options.days):
            scenario.write_demand(scenario.Day(day), folder / "demand.rou.xml", start(begin), end)
            for plan, lost in results.items():
                mean, vehicles = drive(folder, day, begin, end, plan, session)
                lost.append(mean)
            print(f"day {day}: {vehicles} vehicles, seconds lost by each: " +
                  ", ".join(f"{plan} {lost[-1]:.2f}" for plan, lost in results.items()), flush=True)
    for plan, lost in results.items():
        print(f"{plan}: {statistics.fmean(lost):.2f} s a vehicle")
    for one in plans[1:]:
        for other in plans[: plans.index(one)]:
            print(f"{one} less {other}, seconds a vehicle: {interval([a - b for a, b in zip(results[one], results[other])])}")


if __name__ == "__main__":
    main()
