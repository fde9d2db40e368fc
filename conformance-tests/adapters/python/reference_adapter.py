"""ONNX's ReferenceEvaluator, the evaluator in Python of the onnx package.

    python -m pip install -r requirements-reference.txt
    aiis run --backend 'exec:/path/to/python /path/to/reference_adapter.py' --grade quick

Placement: it interprets, node after node, and folds nothing, so that each node is executed by it.
"""
import platform

import aiis_graph
import numpy as np
from aiis_worker import Adapter, libraries, runtime_call, serve


class Reference(Adapter):
    def describe(self, options):
        if options:
            raise ValueError(f"the ReferenceEvaluator has no options, found {options}")
        import onnx
        import onnx.reference

        return {
            "name": "ONNX ReferenceEvaluator", "vendor": "ONNX", "version": onnx.__version__, "backend": "exec",
            "provider": "ReferenceEvaluator", "libraries": libraries("onnx", "numpy", "ml_dtypes"),
            "properties": {"api": "Python", "python": platform.python_version(), "numpy": np.__version__,
                           "placement": "interpreter", "os": f"{platform.system()} {platform.machine()}"},
        }

    def load(self, model, profiled):
        import onnx

        return self.evaluator(onnx.load_model_from_string, model), aiis_graph.read(model)

    links = False  # onnx.load refuses external data that have several names.

    def load_file(self, path, profiled=False):
        import onnx

        with open(path, "rb") as file:
            return self.evaluator(onnx.load, path), aiis_graph.read(file.read())

    def evaluator(self, load, model):
        from onnx.reference import ReferenceEvaluator

        with runtime_call():
            return ReferenceEvaluator(load(model))

    def run(self, session, inputs, outputs):
        evaluator, graph = session
        names = outputs or evaluator.output_names
        with runtime_call():
            values = dict(zip(names, evaluator.run(names, inputs)))
        # A list where the model declares a tensor is no tensor: the output is missing, and found to be.
        return {n: v for n, v in values.items() if isinstance(v, (np.ndarray, np.generic)) or not graph.outputs.get(n)}

    def close(self, session):
        return session[1].placed("ReferenceEvaluator", folds=False)


if __name__ == "__main__":
    serve(Reference())
