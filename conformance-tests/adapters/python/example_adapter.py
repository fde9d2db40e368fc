"""An adapter to read first and copy: it tests a runtime of thirty lines that knows Add, Mul and Relu.

    python -m pip install -r requirements-example.txt
    aiis run --backend 'exec:/path/to/python /path/to/example_adapter.py' --select 'OP-Add-*'

To test your own runtime, copy this file, throw the class Toy away, and call your runtime in the four functions of Example.
The rest (frames, checksums, handles, loads, limits) is done by aiis_worker, which lies beside this file.
"""
import platform

import aiis_graph  # Names of nodes, inputs and outputs of a model, without the onnx package.
import numpy as np
from aiis_worker import Adapter, Unreachable, libraries, runtime_call, serve


class Toy:
    """Stands for your runtime: a session is made of a model, run, and raises an exception where it can't."""

    OPERATORS = {"Add": lambda a, b: a + b, "Mul": lambda a, b: a * b, "Relu": lambda a: np.maximum(a, 0)}

    def __init__(self, model):
        self.graph = aiis_graph.read(model)
        for label, op, _, _ in self.graph.nodes:
            if op not in self.OPERATORS:
                raise NotImplementedError(f"node {label}: the operator {op} is not implemented")

    def run(self, inputs):
        unknown = set(inputs) - set(self.graph.inputs)
        if unknown:
            raise ValueError(f"the model has no inputs {sorted(unknown)}")
        values = dict(inputs)
        for label, op, reads, makes in self.graph.nodes:
            missing = set(reads) - set(values)
            if missing:
                raise ValueError(f"node {label}: nothing is fed to {sorted(missing)}")
            values[makes[0]] = self.OPERATORS[op](*(values[name] for name in reads))
        return values


class Example(Adapter):
    def describe(self, options):
        """Called once. Start your runtime here, with the options of the command line (NAME=VALUE), and say what is tested:
        the bundle names it, and a second worker that says something else is refused. Raise an exception to refuse, for
        instance when there is no device."""
        self.types = options.pop("types", "float32,int32,int64").split(",")
        if options:
            raise ValueError(f"unknown options {options}")
        return {
            "name": "Toy runtime",
            "vendor": "Example Ltd",
            "version": "1.0",
            "backend": "exec",
            "provider": "ToyProvider",  # The part under examination, as placement names it below.
            "libraries": libraries("numpy"),  # SHA-256 of what is loaded from folders of these names.
            # Every setting that can change a result, as it came to be. Add "precision-modes" where you calculate less
            # precisely than the type says (clause 4.4 of the standard has the words).
            "properties": {"types": ",".join(self.types), "os": f"{platform.system()} {platform.machine()}"},
        }

    def load(self, model, profiled):
        """model: the bytes of an ONNX file. profiled: placement will be asked for at close. What you answer here comes
        back as `session` below; what an exception says is recorded as the rejection of the model, if and only if it was
        raised inside `with runtime_call()`. An error of your own code outside is yours, and is never held against the
        runtime: keep in the block the runtime's calls and nothing else."""
        with runtime_call():
            return Toy(model)

    def run(self, session, inputs, outputs):
        """inputs: name → numpy array. What your runtime's interface cannot take is not its fault: raise Unreachable, and
        the case is "not driven". What it takes and answers wrongly is its fault: never repair a type, a shape or a value
        here. The arrays you answer must not change any more: copy what lies in memory that the next run writes to."""
        for name, array in inputs.items():
            if array.dtype.name not in self.types:
                raise Unreachable(f"input {name}: the interface takes {self.types}, not {array.dtype.name}")
        with runtime_call():
            values = session.run(inputs)
        return {name: values[name] for name in outputs or session.graph.outputs if name in values}

    def close(self, session):
        """Free the session. Answer for each node of the model where it was executed, as (node, state, by), or an empty
        list where your runtime cannot tell. This one executes each node by itself and has no other way to execute one:
        the worker protocol, "A runtime with one executor", says when that may be told so."""
        return session.graph.placed("ToyProvider", folds=False)


if __name__ == "__main__":
    serve(Example())
