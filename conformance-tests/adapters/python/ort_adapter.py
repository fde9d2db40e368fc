"""ONNX Runtime through its Python API, with any execution provider.

    python -m pip install -r requirements-ort.txt
    aiis run --backend 'exec:/path/to/python /path/to/ort_adapter.py' --grade quick

Options, as NAME=VALUE behind the file's name: provider (CPUExecutionProvider), provider.KEY for an option of the provider,
library (path of a plug-in provider's library), intra-op-threads (1), optimization-level (all, extended, basic, disable).
"""
import platform
import re

import aiis_graph
import onnxruntime as ort
from aiis_worker import Adapter, Rejected, libraries, runtime_call, serve
from ort_values import from_ort, to_ort

LEVELS = {"all": "ORT_ENABLE_ALL", "extended": "ORT_ENABLE_EXTENDED", "basic": "ORT_ENABLE_BASIC",
          "disable": "ORT_DISABLE_ALL"}


def code(e):
    """InvalidGraph becomes INVALID_GRAPH, as ONNX Runtime's other bindings say it."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(e).__name__).upper()


class OnnxRuntime(Adapter):
    concurrent = True

    def describe(self, options):
        self.provider = options.pop("provider", "CPUExecutionProvider")
        self.library, self.level = options.pop("library", ""), options.pop("optimization-level", "all")
        self.threads = int(options.pop("intra-op-threads", "1"))
        self.provider_options = {k[9:]: options.pop(k) for k in list(options) if k.startswith("provider.")}
        if options or self.level not in LEVELS:
            raise ValueError(f"unknown options {options} or optimization-level {self.level}")
        if self.library:
            ort.register_execution_provider_library(self.provider, self.library)
        elif self.provider not in ort.get_available_providers():
            raise ValueError(f"no provider {self.provider}; there are {ort.get_available_providers()}")
        ort.set_default_logger_severity(4)
        properties = {"api": "Python", "intra-op-threads": self.threads, "inter-op-threads": 1, "placement": "graph assignment",
                      "optimization-level": self.level, "os": f"{platform.system()} {platform.machine()}",
                      **{f"provider.{k}": v for k, v in self.provider_options.items()}}
        if self.provider == "CPUExecutionProvider":
            properties["precision-modes"] = "fp16-accumulator"  # Gemm of float16 adds up in float16.
        return {"name": "ONNX Runtime", "vendor": "Microsoft", "version": ort.__version__, "backend": "exec",
                "provider": self.provider, "libraries": libraries("onnxruntime", self.library or "onnxruntime"),
                "properties": properties}

    def load(self, model, profiled):
        return model, profiled, self.session(model, profiled)

    def load_file(self, path, profiled=False):
        with open(path, "rb") as file:
            return file.read() if profiled else b"", profiled, self.session(path, profiled)

    def session(self, model, profiled):
        settings = ort.SessionOptions()
        settings.intra_op_num_threads, settings.inter_op_num_threads = self.threads, 1
        settings.graph_optimization_level = getattr(ort.GraphOptimizationLevel, LEVELS[self.level])
        if profiled:
            settings.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
        with runtime_call(code):
            if self.library:
                devices = [d for d in ort.get_ep_devices() if d.ep_name == self.provider]
                settings.add_provider_for_devices(devices, self.provider_options)
                return ort.InferenceSession(model, settings)
            return ort.InferenceSession(model, settings, [(self.provider, self.provider_options)])

    def run(self, session, inputs, outputs):
        _, _, run = session
        if any(array.dtype == object for array in inputs.values()):  # OrtValues of strings cannot be made.
            with runtime_call(code):
                names = outputs or [o.name for o in run.get_outputs()]
                return dict(zip(names, run.run(names, inputs)))
        fed = {name: to_ort(array) for name, array in inputs.items()}
        known = [o.name for o in run.get_outputs()]
        if not set(outputs or ()) <= set(known):
            raise Rejected("INVALID_ARGUMENT", f"outputs {outputs} asked for, the model has {known}")
        with runtime_call(code):
            values = run.run_with_ort_values(outputs or known, fed)
        return {name: from_ort(value) for name, value in zip(outputs or known, values)}

    def cancellable(self, session, inputs):
        options, fed = ort.RunOptions(), {name: to_ort(array) for name, array in inputs.items()}

        def run():
            with runtime_call(code):
                return session[2].run_with_ort_values([o.name for o in session[2].get_outputs()], fed, options)

        return run, lambda: setattr(options, "terminate", True)

    def close(self, session):
        model, profiled, run = session
        if not profiled:
            return []
        assigned = {(n.name, n.op_type): g.ep_name for g in run.get_provider_graph_assignment_info() for n in g.get_nodes()}
        graph = aiis_graph.read(model)
        ours = {(label, op) for label, op, _, _ in graph.nodes}
        made = sorted(f"{name} ({op}, {ep})" for (name, op), ep in assigned.items() if (name, op) not in ours)
        told = []
        for (label, op, _, _), (_, state, _) in zip(graph.nodes, graph.placed(self.provider, folds=True)):
            if (label, op) in assigned:
                told.append((label, "PROVIDER", assigned[label, op]))
            elif state == "FOLDED" or not made:  # What left no node behind passes its values through.
                told.append((label, "FOLDED" if state == "FOLDED" else "ELIMINATED", ""))
            else:  # What it became is among the nodes that are new; where they run apart it cannot be told.
                one = len(set(assigned.values())) == 1
                told.append((label, "FUSED_INTO", ", ".join(made[-16:])) if one else (label, "UNKNOWN", ""))
        return told


if __name__ == "__main__":
    serve(OnnxRuntime())
