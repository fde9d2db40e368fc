package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.assertj.core.api.Assertions;

/** A script that was played to its end: the answers, read by the names of outputs. */
record Played(List<Observation> answers) {
    /** Fails, with the step, when the system under test refused one. */
    static Played of(Observation observation) {
        List<Observation> answers =
                observation instanceof Observation.Transcript transcript ? transcript.steps() : List.of(observation);
        for (int step = 0; step < answers.size(); step++) {
            Observation answer = answers.get(step);
            if (!(answer instanceof Observation.Outputs) && !(answer instanceof Observation.Measured)) {
                throw new AssertionError("step " + step + " of " + answers.size() + ": " + answer);
            }
        }
        return new Played(answers);
    }

    /** Every tensor sent back under a name, in the order of the steps. */
    List<Tensor> all(String name) {
        List<Tensor> found = new ArrayList<>();
        for (Observation answer : answers) {
            if (answer instanceof Observation.Outputs outputs
                    && outputs.values().containsKey(name)) {
                Recorded recorded = outputs.values().get(name);
                found.add(recorded == null ? missing(name) : recorded.tensor());
            }
        }
        return found;
    }

    /** All of a name, as many as there have to be, each of a type and shape. */
    List<Tensor> all(String name, int count, ElementType type, Shape shape) {
        List<Tensor> found = all(name);
        Assertions.assertThat(found).as("tensors sent back as %s", name).hasSize(count);
        for (Tensor tensor : found) {
            Assertions.assertThat(tensor.type()).as("type of %s", name).isEqualTo(type);
            Assertions.assertThat(tensor.shape()).as("shape of %s", name).isEqualTo(shape);
        }
        return found;
    }

    Tensor one(String name, ElementType type, Shape shape) {
        return all(name, 1, type, shape).get(0);
    }

    List<Observation.Measured> loads() {
        return answers.stream()
                .filter(Observation.Measured.class::isInstance)
                .map(Observation.Measured.class::cast)
                .toList();
    }

    private static Tensor missing(String name) {
        throw new AssertionError("no output " + name);
    }
}
