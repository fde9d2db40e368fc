package org.aiis.conformance.backend.faulty;

import java.util.SortedMap;
import org.aiis.conformance.backend.reference.LoadedModel;
import org.aiis.conformance.backend.reference.OracleBackend;
import org.aiis.onnx.ModelProto;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** The oracle behind a fault. The fault sits in the models that the backend loads, and around its steps. */
final class FaultyBackend implements Backend {
    private final Fault fault;
    private final OracleBackend backend;

    FaultyBackend(Fault fault, Oracle right, String word) {
        this.fault = fault;
        this.backend = new OracleBackend(right, OracleBackend.Loader.ofWhole(bytes -> load(fault, bytes)), word);
    }

    @Override
    public Sut describe() {
        return fault.describe(backend.describe());
    }

    @Override
    public Observation perform(Step step) {
        return fault.answer(step, backend::perform);
    }

    @Override
    public void close() {
        backend.close();
    }

    /** The model and the inputs are read, and the outputs left, as the fault has it; a model that it breaks fails at its run. */
    private static LoadedModel load(Fault fault, Bytes bytes) {
        Program right = Program.load(bytes);
        ModelProto given = Models.parse(bytes);
        ModelProto model = fault.model(given);
        boolean same = model.equals(given);
        LoadedModel session = fault.loaded(model, inputs -> {
            Program program = same ? right : Program.load(Bytes.own(model.toByteArray()));
            return LoadedModel.of(program).run(inputs);
        });
        return inputs -> {
            SortedMap<String, Tensor> outputs = session.run(fault.inputs(model, inputs));
            outputs.replaceAll((name, value) -> fault.output(model, value));
            return outputs;
        };
    }
}
