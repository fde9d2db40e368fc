package org.aiis.conformance.qualification.panel;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** What one run leaves behind for the next, and results that are not the same each time. */
final class StateFaults {
    private static final String STATE = "state";

    private StateFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "first-answer-kept",
                        STATE,
                        "outputs of a shape seen before are given again",
                        () -> remembered((kept, now) -> kept)),
                new Fault(
                        "stale-element",
                        STATE,
                        "the last element is left from the run before where their number is odd",
                        () -> remembered((kept, now) -> now.size() % 2 == 0 ? now : tail(kept, now))),
                new Fault(
                        "buffer-not-cleared",
                        STATE,
                        "results are added to those of the run before",
                        () -> remembered(StateFaults::added)),
                new Fault("unsteady", "non-determinism", "every third run has an element off by a thousandth", () -> {
                    int[] runs = {0};
                    return Change.outputs((right, output) -> ++runs[0] % 3 == 0 ? shaken(output, 1.001) : output);
                }),
                new Fault(
                        "unsteady-rarely", "non-determinism", "every 11th run has an element off by an eighth", () -> {
                            int[] runs = {0};
                            return Change.outputs(
                                    (right, output) -> ++runs[0] % 11 == 0 ? shaken(output, 1.125) : output);
                        }),
                Fault.of(
                        "in-place",
                        "aliasing",
                        "the second half of an output is the first operand's, overwritten too late",
                        Change.outputs(StateFaults::aliased)),
                Fault.of(
                        "operand-returned",
                        "aliasing",
                        "the first operand comes back where type and shape fit",
                        Change.outputs((right, output) -> right.given()
                                .operand(0)
                                .filter(t ->
                                        t.type() == output.type() && t.shape().equals(output.shape()))
                                .orElse(output))));
    }

    private interface Mixed {
        Tensor of(Tensor kept, Tensor now);
    }

    /** An output mixed with the one last seen of its type and shape. */
    private static Change remembered(Mixed mixed) {
        Map<String, Tensor> buffers = new TreeMap<>();
        return Change.outputs((right, output) -> {
            String buffer = output.type().label() + output.shape();
            Tensor kept = buffers.get(buffer);
            Tensor left = kept == null || output.size() == 0 ? output : mixed.of(kept, output);
            buffers.put(buffer, left);
            return left;
        });
    }

    private static Tensor tail(Tensor kept, Tensor now) {
        if (now.type() == ElementType.STRING) {
            return now;
        }
        Tensor.Builder mixed = new Tensor.Builder(now.type(), now.shape());
        for (int i = 0; i < now.size(); i++) {
            mixed.setBits(i, i < now.size() - 1 ? now.bits(i) : kept.bits(i));
        }
        return mixed.build();
    }

    private static Tensor added(Tensor kept, Tensor now) {
        if (now.type() == ElementType.STRING || now.type() == ElementType.BOOL) {
            return now;
        }
        Tensor.Builder sum = new Tensor.Builder(now.type(), now.shape());
        for (int i = 0; i < now.size(); i++) {
            if (now.type().isFloat()) {
                sum.setReal(i, now.real(i) + kept.real(i));
            } else {
                sum.setBits(i, now.integer(i) + kept.integer(i));
            }
        }
        return sum.build();
    }

    private static Tensor shaken(Tensor output, double factor) {
        if (!output.type().isFloat() || output.size() == 0) {
            return output;
        }
        Tensor.Builder changed = new Tensor.Builder(output.type(), output.shape());
        for (int i = 0; i < output.size(); i++) {
            changed.setBits(i, output.bits(i));
        }
        int middle = output.size() / 2;
        return changed.setReal(middle, output.real(middle) * factor).build();
    }

    private static Tensor aliased(Right right, Tensor output) {
        Tensor operand = right.given()
                .operand(0)
                .filter(t -> t.type() == output.type() && t.shape().equals(output.shape()))
                .filter(t -> t.type() != ElementType.STRING)
                .orElse(output);
        Tensor.Builder mixed = new Tensor.Builder(output.type(), output.shape());
        if (operand == output) {
            return output;
        }
        for (int i = 0; i < output.size(); i++) {
            mixed.setBits(i, i < output.size() / 2 ? output.bits(i) : operand.bits(i));
        }
        return mixed.build();
    }
}
