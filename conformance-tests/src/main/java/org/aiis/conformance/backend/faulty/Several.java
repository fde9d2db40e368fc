package org.aiis.conformance.backend.faulty;

import java.util.List;
import java.util.function.Function;
import org.aiis.conformance.backend.reference.LoadedModel;
import org.aiis.onnx.ModelProto;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** Several faults in one implementation, the first nearest to what is right. */
record Several(List<Fault> faults) implements Fault {
    Several {
        faults = List.copyOf(faults);
    }

    @Override
    public ModelProto model(ModelProto model) {
        ModelProto changed = model;
        for (Fault fault : faults) {
            changed = fault.model(changed);
        }
        return changed;
    }

    @Override
    public Tensor input(ModelProto model, Tensor input) {
        Tensor changed = input;
        for (Fault fault : faults) {
            changed = fault.input(model, changed);
        }
        return changed;
    }

    @Override
    public Tensor output(ModelProto model, Tensor output) {
        Tensor changed = output;
        for (Fault fault : faults) {
            changed = fault.output(model, changed);
        }
        return changed;
    }

    @Override
    public LoadedModel loaded(ModelProto model, LoadedModel right) {
        LoadedModel session = right;
        for (Fault fault : faults) {
            session = fault.loaded(model, session);
        }
        return session;
    }

    @Override
    public Observation answer(Step step, Function<Step, Observation> next) {
        Function<Step, Observation> answering = next;
        for (Fault fault : faults) {
            Function<Step, Observation> inner = answering;
            answering = s -> fault.answer(s, inner);
        }
        return answering.apply(step);
    }

    @Override
    public Sut describe(Sut sut) {
        Sut told = sut;
        for (Fault fault : faults) {
            told = fault.describe(told);
        }
        return told;
    }
}
