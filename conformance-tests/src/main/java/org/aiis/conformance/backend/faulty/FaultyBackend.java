package org.aiis.conformance.backend.faulty;

import java.util.Map;
import java.util.TreeMap;
import org.aiis.conformance.backend.reference.OracleBackend;
import org.aiis.onnx.ModelProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Step;

/** The oracle behind a fault. The fault sits in the oracle that the backend answers from, and around its steps. */
final class FaultyBackend implements Backend {
    private final Fault fault;
    private final OracleBackend backend;

    FaultyBackend(Fault fault, Oracle right, String word) {
        this.fault = fault;
        this.backend = new OracleBackend(new FaultyOracle(fault, right), word);
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

    /** Reads the model and the inputs, and leaves the outputs, as the fault has it. */
    private static final class FaultyOracle implements Oracle {
        private final Fault fault;
        private final Oracle right;

        FaultyOracle(Fault fault, Oracle right) {
            this.fault = fault;
            this.right = right;
        }

        @Override
        public void check(Bytes model) {
            right.check(model);
        }

        @Override
        public Reference evaluate(Bytes bytes, Map<String, Tensor> inputs) {
            ModelProto model = fault.model(Models.parse(bytes));
            Reference reference = right.evaluate(Bytes.own(model.toByteArray()), fault.inputs(model, inputs));
            TreeMap<String, Reference.Value> outputs = new TreeMap<>();
            reference
                    .outputs()
                    .forEach((name, value) -> outputs.put(name, new Settled(fault.output(model, value.rounded()))));
            return new Reference(outputs);
        }

        @Override
        public String digest() {
            return right.digest();
        }
    }
}
