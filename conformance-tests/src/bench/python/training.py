#!/usr/bin/env python3
"""Case A and the recurrent network: AIIS's step graph on ONNX Runtime, from Java, against Keras and PyTorch, in one run.

    python training.py --classpath CP                             both cases, batches of 32 and 128, accuracy over as many seeds as 25 minutes hold
    python training.py --classpath CP --case sequences --batch 128 --rounds 9 --seeds 0

Each framework is a process of its own that lives as long as the run; their epochs take turns, in an order that changes, so that what
else the machine does hits all alike. All begin from the same weights and see the same batches in the same order.

First the speed: --rounds epochs of every system at every batch size, the first of which is not counted. Printed: seconds and processor
seconds an epoch, medians, and by pairs of the same round how much of the other's time AIIS takes. Where other work shares the processors,
processor time says more.

Then the accuracy of each case after --epochs epochs at the first batch size, for AIIS and Keras, seed by seed: on held-out records (of
sequences, at each of their steps), by one forward pass in numpy for both, with the mean paired difference and its 95 % interval (Student's t over seeds). No seed begins that
would end after --minutes; what was reached is printed, with how many seeds it is.

Needs numpy, tensorflow-cpu and torch (any may be missing: it is then left out and said so), and the suite's classes and jars in CP.
"""
import argparse, gzip, os, pathlib, random, resource, statistics, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve()
ROOT = HERE.parents[4]
SHAPES = {
    "images": [("k", (3, 3, 1, 32)), ("b", (32,)), ("k", (3, 3, 32, 64)), ("b", (64,)), ("k", (3, 3, 64, 64)), ("b", (64,)),
               ("k", (576, 64)), ("b", (64,)), ("k", (64, 10)), ("b", (10,))],
    "sequences": [("k", (64, 64)), ("k", (8, 64)), ("b", (64,)), ("k", (64, 1)), ("b", (1,))],
}
T95 = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228, 11: 2.201,
       12: 2.179, 13: 2.160, 14: 2.145, 15: 2.131, 16: 2.120, 17: 2.110, 18: 2.101, 19: 2.093}


def idx(name):
    import numpy as np
    raw = gzip.open(ROOT / "fixtures" / "fashion-mnist" / name).read()
    rank = raw[3]
    dims = [int.from_bytes(raw[4 + 4 * i: 8 + 4 * i], "big") for i in range(rank)]
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * rank).reshape(dims)


def data(case, records=0):
    """x, y of training and of held-out records; the first records of the training part where a number is given."""
    x, y, held_x, held_y = everything(case)
    return (x[:records], y[:records], held_x, held_y) if records else (x, y, held_x, held_y)


def everything(case):
    import numpy as np
    if case == "images":
        load = lambda part: ((idx(part + "-images-idx3-ubyte.gz")[..., None] / np.float32(255)).astype(np.float32),
                             idx(part + "-labels-idx1-ubyte.gz").astype(np.int64))
        return load("train") + load("t10k")
    # Whether a running sum of two of eight inputs is positive, at each of 24 steps.
    r = np.random.default_rng(0)
    x = r.standard_normal((11984, 24, 8)).astype(np.float32)
    y = (np.cumsum(x[..., 0] - x[..., 1], 1) > 0).astype(np.float32)[..., None]
    return x[:9984], y[:9984], x[9984:], y[9984:]


def weights(case, seed):
    import numpy as np
    r = np.random.default_rng(1000 + seed)
    parts = []
    for kind, shape in SHAPES[case]:
        taps = int(np.prod(shape[:-2]))
        limit = np.sqrt(6 / (taps * (shape[-2] + shape[-1]))) if kind == "k" else 0
        parts.append(r.uniform(-limit, limit, shape).astype(np.float32) if limit else np.zeros(shape, np.float32))
    return parts


def split(case, flat):
    parts, at = [], 0
    for _, shape in SHAPES[case]:
        n = 1
        for d in shape:
            n *= d
        parts.append(flat[at: at + n].reshape(shape))
        at += n
    return parts


class Keras:
    def __init__(self, case, threads, records):
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
        os.environ["KERAS_BACKEND"] = "tensorflow"
        import tensorflow as tf, keras
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        self.tf, self.keras, self.case = tf, keras, case
        self.x, self.y, _, _ = data(case, records)
        layers = keras.layers
        if case == "images":
            self.model = keras.Sequential([
                keras.Input((28, 28, 1)), layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(),
                layers.Conv2D(64, 3, activation="relu"), layers.MaxPooling2D(), layers.Conv2D(64, 3, activation="relu"),
                layers.Flatten(), layers.Dense(64, activation="relu"), layers.Dense(10)])
            self.loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        else:
            self.model = keras.Sequential([
                keras.Input((24, 8)), layers.SimpleRNN(64, activation="sigmoid", return_sequences=True), layers.Dense(1)])
            self.loss = keras.losses.BinaryCrossentropy(from_logits=True)

    def start(self, parts):
        if self.case == "sequences":
            parts = [parts[1], parts[0], parts[2], parts[3], parts[4]]
        self.model.set_weights(parts)
        self.model.compile(optimizer=self.keras.optimizers.Adam(1e-3, epsilon=1e-7), loss=self.loss)

    def epoch(self, order, batch):
        # fit without its own shuffling, on the records in this order: the batches are then the same for all.
        x, y = self.x[order], self.y[order]
        return self.model.fit(x, y, batch_size=batch, epochs=1, shuffle=False, verbose=0).history["loss"][0]

    def weights(self):
        parts = self.model.get_weights()
        return [parts[1], parts[0], *parts[2:]] if self.case == "sequences" else parts


class Torch:
    def __init__(self, case, threads, records, best):
        import numpy as np, torch
        torch.set_num_threads(threads)
        self.torch, self.case, self.best = torch, case, best
        x, y, _, _ = data(case, records)
        nn = torch.nn
        if case == "images":
            self.x = torch.from_numpy(np.ascontiguousarray(x.transpose(0, 3, 1, 2)))
            self.model = nn.Sequential(
                nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
                nn.Conv2d(64, 64, 3), nn.ReLU(), nn.Flatten(), nn.Linear(576, 64), nn.ReLU(), nn.Linear(64, 10))
            if best:
                self.model = self.model.to(memory_format=torch.channels_last)
                self.x = self.x.to(memory_format=torch.channels_last)
            self.loss = nn.CrossEntropyLoss()
        else:
            self.x = torch.from_numpy(x)
            class Cell(nn.Module):
                def __init__(self):
                    super().__init__()
                    self.wh, self.wx = nn.Parameter(torch.zeros(64, 64)), nn.Parameter(torch.zeros(8, 64))
                    self.bh, self.wo, self.bo = (nn.Parameter(torch.zeros(s)) for s in ((64,), (64, 1), (1,)))
                def forward(self, x):
                    a = (x @ self.wx + self.bh).unbind(1)
                    h, states = torch.zeros(x.shape[0], 64), []
                    for t in a:
                        h = torch.sigmoid(torch.addmm(t, h, self.wh))
                        states.append(h)
                    return torch.stack(states, 1) @ self.wo + self.bo
            self.model = Cell()
            self.loss = nn.BCEWithLogitsLoss()
        self.y = torch.from_numpy(y)

    def _parameters(self):
        return list(self.model.parameters())

    def start(self, parts):
        import numpy as np
        torch = self.torch
        with torch.no_grad():
            for p, w in zip(self._parameters(), parts):
                p.copy_(torch.from_numpy(np.ascontiguousarray(self._out(w))))
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3, eps=1e-7, fused=self.best or None)

    def _out(self, w):
        """Keras' layout to torch's; the dense layer behind the flattening is permuted from rows-columns-channels."""
        if self.case == "sequences":
            return w
        if w.ndim == 4:
            return w.transpose(3, 2, 0, 1)
        if w.ndim == 2:
            return (w.reshape(3, 3, 64, 64).transpose(2, 0, 1, 3).reshape(576, 64) if w.shape[0] == 576 else w).T
        return w

    def epoch(self, order, batch):
        torch, total = self.torch, 0.0
        places = torch.from_numpy(order)
        for at in range(0, len(order), batch):
            i = places[at: at + batch]
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.loss(self.model(self.x[i]), self.y[i])
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(i)
        return total / len(order)

    def weights(self):
        parts = []
        for p in self._parameters():
            w = p.detach().contiguous().numpy()
            if self.case == "images" and w.ndim == 4:
                w = w.transpose(2, 3, 1, 0)
            elif self.case == "images" and w.ndim == 2:
                w = w.T
                if w.shape[0] == 576:
                    w = w.reshape(64, 3, 3, 64).transpose(1, 2, 0, 3).reshape(576, 64)
            parts.append(w.copy())
        return parts


class Peer:
    """AIIS in Java, in a process of its own; the epochs are timed there."""
    def __init__(self, case, threads, records, classpath, java):
        import numpy as np
        self.np, self.case = np, case
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="aiis-bench"))
        x, y, _, _ = data(case, records)
        x.tofile(self.folder / "x")
        y.tofile(self.folder / "y")
        peer = HERE.parents[1] / "java" / "org" / "aiis" / "conformance" / "bench" / "TrainingPeer.java"
        self.process = subprocess.Popen([java, "-Xmx1g", "-XX:+UseSerialGC", f"-Daiis.home={ROOT}", "-cp", classpath, str(peer),
                                         str(self.folder), case, "cpu", str(threads)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        while self.process.stdout.readline().strip() != "ready":
            if self.process.poll() is not None:
                raise RuntimeError("the Java process ended")

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().split()

    def start(self, parts):
        self.np.concatenate([p.ravel() for p in parts]).tofile(self.folder / "w")
        self.ask("start w")

    def epoch(self, order, batch):
        order.tofile(self.folder / "order")
        return float(self.ask(f"epoch order {batch}")[1])

    def weights(self):
        self.ask("weights out")
        return split(self.case, self.np.fromfile(self.folder / "out", self.np.float32))

    def processor(self):
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def serve(arguments):
    """The child's side: one framework and one case, commands on standard input, answers as lines."""
    import numpy as np
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    name, case, common = arguments.child, arguments.case, (arguments.case, arguments.threads, arguments.records)
    system = (Keras(*common) if name == "keras"
              else Peer(*common, arguments.classpath, arguments.java) if name == "aiis"
              else Torch(*common, name == "torch-best"))
    n = len(data(case, arguments.records)[1])
    used = system.processor if name == "aiis" else lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    print("ready", file=out, flush=True)
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "start":
            system.start(weights(case, int(rest[0])))
            print("started", file=out, flush=True)
        elif word == "epoch":
            seed, number, batch = map(int, rest)
            order = np.random.default_rng((seed, number)).permutation(n).astype(np.int64)
            cpu, wall = used(), time.perf_counter()
            loss = system.epoch(order, batch)
            print(time.perf_counter() - wall, used() - cpu, loss, file=out, flush=True)
        elif word == "weights":
            np.concatenate([w.ravel() for w in system.weights()]).astype(np.float32).tofile(rest[0])
            print("written", file=out, flush=True)


def accuracy(case, flat):
    """The same forward pass in numpy for all."""
    import numpy as np
    _, _, x, y = data(case)
    p = split(case, flat)
    if case == "sequences":
        h, right = np.zeros((len(x), 64), np.float32), 0
        for t in range(24):
            h = 1 / (1 + np.exp(-(h @ p[0] + x[:, t] @ p[1] + p[2])))
            right += ((h @ p[3] + p[4] > 0) == (y[:, t] > 0.5)).sum()
        return right / (24 * len(x))
    a = x
    for layer in range(3):
        k, b = p[2 * layer], p[2 * layer + 1]
        windows = np.lib.stride_tricks.sliding_window_view(a, (3, 3), axis=(1, 2)).transpose(0, 1, 2, 4, 5, 3)
        n, rows, columns = windows.shape[:3]
        z = windows.reshape(n * rows * columns, -1) @ k.reshape(-1, k.shape[-1])
        a = np.maximum(z.reshape(n, rows, columns, -1) + b, 0)
        if layer < 2:
            a = a[:, : rows // 2 * 2, : columns // 2 * 2].reshape(n, rows // 2, 2, columns // 2, 2, -1).max((2, 4))
    f = np.maximum(a.reshape(len(a), -1) @ p[6] + p[7], 0)
    return float(((f @ p[8] + p[9]).argmax(1) == y).mean())


class Child:
    """A framework in a process of its own."""
    def __init__(self, name, case, arguments):
        self.name = name
        self.complaints = tempfile.TemporaryFile("w+")
        line = [sys.executable, str(HERE), "--child", name, "--case", case, "--threads", str(arguments.threads),
                "--records", str(arguments.records), "--classpath", arguments.classpath, "--java", arguments.java]
        self.process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints, text=True)
        self.ready = self.process.stdout.readline().strip() == "ready"

    def complaint(self):
        self.complaints.seek(0)
        lines = [line.strip() for line in self.complaints if line.strip()]
        return lines[-1][:200] if lines else "no message"

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            raise RuntimeError(f"{self.name} ended: {self.complaint()}")
        return answer

    def epoch(self, seed, number, batch):
        return tuple(map(float, self.ask(f"epoch {seed} {number} {batch}")))

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def started(case, names, arguments):
    children = {}
    for name in names:
        child = Child(name, case, arguments)
        if child.ready:
            children[name] = child
        else:
            print(f"{name}: left out, it does not start here: {child.complaint()}", flush=True)
    return children


def speed(case, children, arguments):
    """Epochs of all systems in turn, at each batch size."""
    for batch in arguments.batch:
        wall, cpu = ({n: [] for n in children} for _ in range(2))
        for child in children.values():
            child.ask("start 0")
        for round_ in range(arguments.rounds + 1):
            turns = list(children)
            random.Random(1000 * batch + round_).shuffle(turns)
            for name in turns:
                seconds, used, _ = children[name].epoch(0, round_, batch)
                if round_:  # the first epoch compiles and warms up
                    wall[name].append(seconds)
                    cpu[name].append(used)
        print(f"\n{case}, batch {batch}, {arguments.threads} threads, {len(data(case, arguments.records)[1])} records: "
              f"an epoch, median of {arguments.rounds}")
        print(f"  {'':10s} {'seconds':>8s} {'processor':>10s}   AIIS takes of its time, of its processor time (each round from, to)")
        for name in children:
            line = f"  {name:10s} {statistics.median(wall[name]):8.3f} {statistics.median(cpu[name]):10.3f}"
            if name != "aiis" and "aiis" in children:
                pairs = [sorted(a / b for a, b in zip(of["aiis"], of[name])) for of in (wall, cpu)]
                line += "   " + ", ".join(f"{statistics.median(p):.2f} ({p[0]:.2f}, {p[-1]:.2f})" for p in pairs)
            print(line, flush=True)


def reached(case, children, arguments, deadline):
    """Held-out accuracy of AIIS and Keras, seed by seed, while there is time for one more."""
    import numpy as np
    pair = {name: children[name] for name in ("aiis", "keras") if name in children}
    results, longest = {name: [] for name in pair}, 0.0
    for seed in range(arguments.seeds):
        begin = time.monotonic()
        if begin + longest > deadline:
            print(f"the time is over: {seed} of {arguments.seeds} seeds")
            break
        for child in pair.values():
            child.ask(f"start {seed}")
        for epoch in range(arguments.epochs):
            turns = list(pair)
            random.Random(seed * 100 + epoch).shuffle(turns)
            for name in turns:
                pair[name].epoch(seed, epoch, arguments.batch[0])
        with tempfile.TemporaryDirectory() as folder:
            for name, child in pair.items():
                file = os.path.join(folder, name)
                child.ask(f"weights {file}")
                results[name].append(accuracy(case, np.fromfile(file, np.float32)))
        longest = max(longest, time.monotonic() - begin)
        print(f"seed {seed}, {arguments.epochs} epochs of batches of {arguments.batch[0]}: "
              + ", ".join(f"{name} {results[name][-1]:.4f}" for name in pair), flush=True)
    seeds = len(results.get("aiis", []))
    if len(pair) < 2 or seeds < 2:
        print("accuracy: not compared, that takes AIIS, Keras and two seeds")
        return
    d = [a - b for a, b in zip(results["aiis"], results["keras"])]
    half = T95[max(k for k in T95 if k <= seeds - 1)] * statistics.stdev(d) / seeds ** 0.5
    mean = statistics.mean(d)
    decided = "above −0.01" if mean - half > -0.01 else "below −0.01" if mean + half < -0.01 else "undecided: more seeds"
    print(f"\n{case}, accuracy on {len(data(case)[3])} held-out records, {seeds} seeds: "
          + ", ".join(f"{name} {statistics.mean(results[name]):.4f}" for name in pair)
          + f"\n  AIIS − Keras, mean paired difference {mean:+.4f}, 95 % interval {mean - half:+.4f} to {mean + half:+.4f}: {decided}")


def main():
    numbers = lambda text: [int(part) for part in text.split(",")]
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--classpath", default="", help="the suite's classes and its jars")
    options.add_argument("--case", default="sequences,images", help="images, sequences, or both; default both")
    options.add_argument("--batch", type=numbers, default=[32, 128], help="batch sizes; default 32,128")
    options.add_argument("--rounds", type=int, default=3, help="epochs of each system that are timed; default 3, 0 leaves speed out")
    options.add_argument("--epochs", type=int, default=5, help="epochs before accuracy is taken; default 5")
    options.add_argument("--seeds", type=int, default=10, help="at most so many seeds; default 10, 0 leaves accuracy out")
    options.add_argument("--records", type=int, default=0,
                         help="learn from so many records alone; default all, and figures of fewer say little about all")
    options.add_argument("--minutes", type=float, default=25, help="no seed begins that would end after them; default 25")
    options.add_argument("--threads", type=int, default=os.cpu_count())
    options.add_argument("--java", default="java")
    options.add_argument("--only", default="aiis,keras,torch,torch-best", help="systems; torch-best is channels-last with fused Adam")
    options.add_argument("--child", default="", help=argparse.SUPPRESS)
    arguments = options.parse_args()
    if arguments.child:
        return serve(arguments)
    deadline = time.monotonic() + 60 * arguments.minutes
    for case in arguments.case.split(","):
        if case not in SHAPES:
            options.error(f"no case '{case}': images or sequences")
        children = started(case, arguments.only.split(","), arguments)
        if arguments.rounds:
            speed(case, children, arguments)
        if arguments.seeds:
            for name in ("torch", "torch-best"):
                if name in children:
                    children.pop(name).end()
            reached(case, children, arguments, deadline)
        for child in children.values():
            child.end()
    load = os.getloadavg()
    print(f"\nload of the machine at the end, over 1, 5 and 15 minutes: {load[0]:.1f} {load[1]:.1f} {load[2]:.1f}, on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
