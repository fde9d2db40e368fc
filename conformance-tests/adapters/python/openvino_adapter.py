"""OpenVINO, any of its devices.

    python -m pip install -r requirements-openvino.txt
    aiis run --backend 'exec:/path/to/python /path/to/openvino_adapter.py' --grade quick

Options, as NAME=VALUE behind the file's name: device (CPU), precision (f32: OpenVINO calculates in bfloat16 or float16 by
itself where a processor is faster at it), threads (1).

Placement: the compiled model names, for each layer that it executes, the nodes that it was made from. With one device and
nothing to fall back on, a node that depends on an input and is not named was executed by that device too; see the worker
protocol, "A runtime with one executor".
"""
import platform

import aiis_graph
import openvino as ov
from aiis_worker import Adapter, libraries, runtime_call, serve
from openvino_values import from_ov, to_ov

NOT_EXECUTED = {"Input", "Const", "Output"}


class OpenVino(Adapter):
    def describe(self, options):
        self.device, precision = options.pop("device", "CPU"), options.pop("precision", "f32")
        self.settings = {"INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": int(options.pop("threads", "1")),
                         "NUM_STREAMS": 1}
        self.core = ov.Core()
        if options or self.device not in self.core.available_devices:
            raise ValueError(f"unknown options {options}, or no device {self.device} among {self.core.available_devices}")
        self.core.set_property(self.device, self.settings)
        properties = {f"{self.device}.{name}": value for name, value in self.settings.items()}
        properties |= {"device": self.core.get_property(self.device, "FULL_DEVICE_NAME"), "api": "Python",
                       "placement": "runtime model, one executor", "os": f"{platform.system()} {platform.machine()}"}
        self.compile(aiis_graph.relu())  # So that the libraries that follow the first model are loaded.
        # Whether the plugin of another device stays in a process that asked for the devices is chance.
        own = f"_intel_{self.device.split('.')[0].lower()}_"
        ours = {file: sha for file, sha in libraries("openvino").items() if "_intel_" not in file or own in file}
        return {"name": "OpenVINO", "vendor": "Intel", "version": ov.__version__, "backend": "exec",
                "provider": self.device, "libraries": ours, "properties": properties}

    def compile(self, model):
        return self.core.compile_model(self.core.read_model(model), self.device)

    def load(self, model, profiled):
        with runtime_call():
            compiled = self.compile(model)
            return aiis_graph.read(model), profiled, compiled, compiled.create_infer_request()

    def load_file(self, path, profiled=False):
        with open(path, "rb") as file, runtime_call():
            compiled = self.compile(path)
            return aiis_graph.read(file.read()), profiled, compiled, compiled.create_infer_request()

    def run(self, session, inputs, outputs):
        graph, _, compiled, request = session
        feeds = {name: to_ov(array) for name, array in inputs.items()}
        with runtime_call():
            request.infer(feeds)
        ports = {name: port for port in compiled.outputs for name in port.get_names()}
        names = [name for name in outputs or graph.outputs if name in ports]
        return {name: from_ov(request.get_tensor(ports[name])) for name in names}

    def close(self, session):
        graph, profiled, compiled, _ = session
        if not profiled:
            return []
        with runtime_call():
            layers = compiled.get_runtime_model().get_ordered_ops()
        made = {}
        for layer in layers:
            told = {key: layer.get_rt_info()[key].astype(str) for key in ("layerType", "originalLayersNames")}
            if told["layerType"] not in NOT_EXECUTED:
                names = [n for n in told["originalLayersNames"].split(",") if n]
                made |= {name: (layer.get_friendly_name(), told["layerType"], len(names)) for name in names}
        return [self.placed(node, told, made) for node, told in zip(graph.nodes, graph.placed(self.device, folds=True))]

    def placed(self, node, told, made):
        label, _, _, makes = node
        layer, kind, names = made.get(label) or made.get(makes[0] if makes else "") or ("", "", 0)
        if names > 1:
            return label, "FUSED_INTO", f"{layer} ({kind}, {self.device})"
        if not made:  # No layer is executed: what was computed was computed while the model was compiled.
            return label, "FOLDED", ""
        return (label, "PROVIDER", self.device) if names else told


if __name__ == "__main__":
    serve(OpenVino())
