"""Each finding on a device's provider of ONNX Runtime and on the CPU provider of the same library, every try in a process of its own,
several at a time, each with a time limit. Needs onnx, numpy and onnxruntime, nothing of AIIS.

    python on_cuda.py [--provider cpu] [--jobs N] [NAME…]

Exit status 0: each deviation was seen; 1: one was not. `--provider cpu` shows everything to the CPU provider alone, for machines without
the device.
"""
import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import onnxruntime as ort
from shared import right, shown

CPU = "CPUExecutionProvider"


@dataclass
class Several:
    """Some models that are looked at together. tries: label → (model, inputs, settings); told: what is kept of a try, from its outputs
    and from operator → provider."""

    tries: dict
    told: object
    wanted: object
    text: str
    seen: str = "gave"
    beside: bool = True


def session(model, provider, settings):
    options = ort.SessionOptions()
    options.log_severity_level = 4
    options.enable_profiling = True
    options.profile_file_prefix = "profile"
    for key, value in settings.get("session", {}).items():
        options.add_session_config_entry(key, value)
    made = ort.InferenceSession(model, options, providers=[(provider, settings.get("provider", {}) if provider != CPU else {})])
    if made.get_providers()[0] != provider:
        raise OSError(f"{provider} is not to be had here: {made.get_providers()}")
    return made


def run(model, feeds, provider, settings=()):
    """Outputs by name, and on which provider each operator ran."""
    made = session(model, provider, dict(settings))
    names = [output.name for output in made.get_outputs()]
    outputs = dict(zip(names, made.run(names, feeds)))
    with open(made.end_profiling(), encoding="utf-8") as file:
        events = json.load(file)
    ran = {e["args"]["op_name"]: e["args"]["provider"] for e in events if e.get("cat") == "Node" and "provider" in e.get("args", {})}
    return outputs, ran


def attempt(finding, provider):
    """(kind, what, where the operators ran)."""
    if not isinstance(finding, Several):
        try:
            return ("gave", *run(finding.bytes, finding.feeds, provider))
        except OSError:
            raise
        except Exception as e:  # What a runtime raises is its refusal.
            return ("refused", " ".join(f"{type(e).__name__}: {e}".split())[:600], {})
    told = {}
    for label, (model, feeds, settings) in finding.tries.items():
        try:
            told[label] = np.asarray(finding.told(*run(model, feeds, provider, settings)))
        except OSError:
            raise
        except Exception as e:
            told[label] = np.asarray(" ".join(f"refused: {e}".split())[:240])
    return ("gave", told, {})


def child(finding, provider, path):
    if provider != CPU and hasattr(ort, "preload_dlls"):
        ort.preload_dlls()
    answer = attempt(finding, provider)
    with open(path, "wb") as file:
        pickle.dump(answer, file)


def tried(name, provider, limit):
    """As `attempt`, with ("died", status), ("hung", seconds), or ("not tried", why) where the process itself failed."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "answer")
        command = [sys.executable, os.path.abspath(sys.argv[0]), "--child", path, "--provider", provider, name]
        with open(os.path.join(folder, "noise"), "w+b") as noise:
            try:
                done = subprocess.run(command, cwd=folder, stdout=noise, stderr=noise, timeout=limit)
            except subprocess.TimeoutExpired:
                return ("hung", f"no answer in {limit} s", {})
            if os.path.exists(path) and done.returncode == 0:
                with open(path, "rb") as file:
                    return pickle.load(file)
            noise.seek(max(0, noise.seek(0, os.SEEK_END) - 500))
            last = " ".join(noise.read().decode(errors="replace").split())
        return ("died", done.returncode, {}) if done.returncode < 0 else ("not tried", last[-300:], {})


def line(answer):
    return " ".join(shown(answer[:2]).split())[:420]


def placed(ran):
    return "" if not ran else "   [" + ", ".join(f"{op} on {by.removesuffix('ExecutionProvider')}" for op, by in ran.items()) + "]"


def fits(finding, answer):
    """As `right`. An answer that the finding's own arithmetic cannot take, such as one of another shape, is not right."""
    try:
        return right(answer[:2], finding.wanted)
    except (ValueError, TypeError, KeyError, IndexError):
        return False


def verdict(finding, answer):
    """Whether the deviation shows."""
    kind, what, _ = answer
    if kind == "not tried":
        return False
    shows = kind == finding.seen or (kind == "refused" and finding.seen in str(what))
    return shows and not fits(finding, answer)


def main(device, findings):
    """findings: name → function that makes a Finding or a Several."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--provider", default=device)
    parser.add_argument("--jobs", type=int, default=max(1, min(8, (os.cpu_count() or 2) // 2)))
    parser.add_argument("--limit", type=float, default=20)
    parser.add_argument("--child")
    options = parser.parse_args()
    provider = CPU if options.provider == "cpu" else options.provider
    if options.child:
        return child(findings[options.names[0]](), provider, options.child)
    names, start, missing = options.names or list(findings), time.time(), 0
    print(f"ONNX Runtime {ort.__version__}, {provider} beside {CPU}, available: {ort.get_available_providers()}", flush=True)
    with ThreadPoolExecutor(options.jobs) as pool:
        on_device = {name: pool.submit(tried, name, provider, options.limit) for name in names}
        on_cpu = {name: pool.submit(tried, name, CPU, options.limit) for name in names if getattr(findings[name](), "beside", True)}
        for name in names:
            finding, device_answer = findings[name](), on_device[name].result()
            seen = verdict(finding, device_answer)
            missing += not seen
            wanted = finding.wanted
            told = wanted if isinstance(wanted, str) else wanted.__doc__ if callable(wanted) else shown(("gave", wanted))
            print(f"{'SEEN    ' if seen else 'NOT SEEN'} {name}\n    device {line(device_answer)}{placed(device_answer[2])}")
            if name in on_cpu:
                cpu_answer = on_cpu[name].result()
                print(f"    cpu    {'right' if fits(finding, cpu_answer) else 'not right'}: {line(cpu_answer)}")
            print(f"    text   {finding.text}: {told}", flush=True)
    print(f"{len(names) - missing} of {len(names)} seen in {time.time() - start:.0f} s", flush=True)
    raise SystemExit(1 if missing else 0)
