package org.aiis.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.junit.jupiter.api.Test;

/** Operators of opset versions 7 to 12 give what ONNX Runtime, which knows those versions by itself, gives. */
class OlderFormsTest {
    private static final Tensor X =
            Tensor.ofFloats(Shape.of(2, 3, 2), 0.5f, -1, 2, 0.25f, -3, 1.5f, 4, -0.75f, 0.125f, 1, -2, 3);
    private static final Tensor IMAGE = Tensor.ofFloats(Shape.of(1, 1, 2, 4), 1, 2, 3, 4, 5, 6, 7, 8);

    private final Map<String, Stimulus.ModelRun> models = new LinkedHashMap<>();

    private void of(int opset, String operator, Tensor x, Map<String, Tensor> constants, AttributeProto... attributes) {
        of(opset, operator, x, constants, List.of("y"), attributes);
    }

    private void of(
            int opset,
            String operator,
            Tensor x,
            Map<String, Tensor> constants,
            List<String> outputs,
            AttributeProto... attributes) {
        ModelBuilder model = new ModelBuilder(opset).irVersion(7).input("x", x);
        List<String> inputs = new ArrayList<>(List.of("x"));
        constants.forEach((name, value) -> {
            model.initializer(name, value);
            inputs.add(name);
        });
        model.node(operator, inputs, outputs, attributes);
        outputs.forEach(name -> model.openOutput(name, name.equals("ints") ? ElementType.INT64 : x.type()));
        String name = operator + " at " + opset + ", " + models.size();
        models.put(name, new Stimulus.ModelRun(model.build(), Map.of("x", x)));
    }

    private static Map<String, Tensor> constants(Object... namesAndValues) {
        Map<String, Tensor> constants = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            constants.put((String) namesAndValues[i], (Tensor) namesAndValues[i + 1]);
        }
        return constants;
    }

    private void inEachVersion(int opset) {
        Tensor one = X.reshaped(Shape.of(1, 2, 3, 1, 2));
        of(opset, "Squeeze", one, Map.of(), Attribute.ints("axes", 0, 3));
        of(opset, "Squeeze", one, Map.of());
        of(opset, "Unsqueeze", X, Map.of(), Attribute.ints("axes", 0, 2));
        of(opset, "ReduceSum", X, Map.of(), Attribute.ints("axes", 1), Attribute.of("keepdims", 0));
        of(opset, "ReduceSum", X, Map.of());
        of(opset, "ReduceMean", X, Map.of(), Attribute.ints("axes", 0, 2));
        of(opset, "Softmax", X, Map.of());
        of(opset, "Softmax", X, Map.of(), Attribute.of("axis", 2));
        of(opset, "LogSoftmax", X, Map.of(), Attribute.of("axis", 0));
        of(opset, "Hardmax", X, Map.of());
        of(opset, "Split", X, Map.of(), List.of("a", "b"), Attribute.of("axis", 1), Attribute.ints("split", 1, 2));
        of(opset, "Split", X, Map.of(), List.of("a", "b"));
        of(opset, "BatchNormalization", X, statistics());
        of(opset, "MaxPool", IMAGE, Map.of(), Attribute.ints("kernel_shape", 2, 2));
    }

    private void withAttributes() {
        for (int opset : List.of(7, 9, 10)) {
            of(opset, "Clip", X, Map.of(), Attribute.of("min", -0.5f), Attribute.of("max", 1.25f));
            of(opset, "Clip", X, Map.of(), Attribute.of("max", 1.25f));
            of(opset, "Pad", X, Map.of(), Attribute.ints("pads", 0, 1, 0, 1, 0, 2), Attribute.of("value", 1.5f));
            of(opset, "Pad", X, Map.of(), Attribute.ints("pads", 0, 1, 0, 0, 1, 1), Attribute.of("mode", "reflect"));
        }
        for (int opset : List.of(7, 9)) {
            AttributeProto axis = Attribute.ints("axes", 1);
            of(opset, "Slice", X, Map.of(), axis, Attribute.ints("starts", -2), Attribute.ints("ends", 99));
            of(opset, "Slice", X, Map.of(), Attribute.ints("starts", 0, 1), Attribute.ints("ends", 1, -1));
            of(opset, "TopK", X, Map.of(), List.of("y", "ints"), Attribute.of("k", 2), Attribute.of("axis", 1));
        }
        of(7, "Dropout", X, Map.of(), Attribute.of("ratio", 0.3f));
        // The text of version 10 does not say what the mask of a run without training is.
        of(10, "Dropout", X, Map.of(), Attribute.of("ratio", 0.3f));
    }

    private void withInputs() {
        of(11, "Clip", X, constants("low", Tensor.ofFloats(Shape.SCALAR, -0.5f)));
        of(11, "Pad", X, constants("pads", longs(0, 1, 0, 1, 0, 2)));
        of(10, "Slice", X, constants("starts", longs(1), "ends", longs(3), "axes", longs(1)));
        of(10, "TopK", X, constants("k", longs(2)), List.of("y", "ints"), Attribute.of("axis", 1));
        of(12, "Dropout", X, Map.of());
        Tensor at = Tensor.ofLongs(ElementType.INT64, Shape.of(1, 3, 1), 1, 0, 1);
        Tensor with = Tensor.ofFloats(Shape.of(1, 3, 1), 7, 8, 9);
        for (int opset : List.of(9, 10)) {
            of(opset, "Scatter", X, constants("at", at, "with", with), Attribute.of("axis", 0));
        }
    }

    private void resampled(String mode) {
        Tensor scales = Tensor.ofFloats(Shape.of(4), 1, 1, 2, 3);
        Tensor less = Tensor.ofFloats(Shape.of(4), 1, 1, 0.6f, 0.6f);
        AttributeProto how = Attribute.of("mode", mode);
        of(7, "Upsample", IMAGE, Map.of(), how, Attribute.floats("scales", 1, 1, 2, 3));
        of(9, "Upsample", IMAGE, constants("scales", scales), how);
        of(10, "Resize", IMAGE, constants("scales", scales), how);
        of(10, "Resize", IMAGE, constants("scales", less), how);
        of(11, "Resize", IMAGE, constants("roi", none(), "scales", scales), how);
        of(11, "Resize", IMAGE, constants("roi", none(), "scales", none(), "sizes", longs(1, 1, 3, 5)), how);
    }

    private static Tensor none() {
        return Tensor.ofFloats(Shape.of(0));
    }

    private static Tensor longs(long... values) {
        return Tensor.ofLongs(ElementType.INT64, Shape.of(values.length), values);
    }

    private static Map<String, Tensor> statistics() {
        return constants(
                "scale", Tensor.ofFloats(Shape.of(3), 1, 2, 3),
                "bias", Tensor.ofFloats(Shape.of(3), 0, 1, -1),
                "mean", Tensor.ofFloats(Shape.of(3), 0.5f, 0, 1),
                "variance", Tensor.ofFloats(Shape.of(3), 1, 4, 2));
    }

    @Test
    void eachGivesWhatARuntimeGivesThatKnowsIt() {
        List.of(7, 9, 11, 12).forEach(this::inEachVersion);
        withAttributes();
        withInputs();
        List.of("nearest", "linear").forEach(this::resampled);
        Evaluator oracle = new Evaluator();
        try (WorkerPool pool = Workers.start("cpu", 1, 30, new TreeMap<>())) {
            models.forEach((name, run) -> {
                Observation seen = pool.observe(run);
                assertThat(seen).as(name).isInstanceOf(Observation.Outputs.class);
                Map<String, Tensor> right = oracle.values(run.model(), run.inputs());
                ((Observation.Outputs) seen)
                        .values()
                        .forEach((output, got) -> same(name + " " + output, got.tensor(), right.get(output)));
            });
        }
        assertThat(models).hasSizeGreaterThan(80);
    }

    private static void same(String name, Tensor got, Tensor expected) {
        assertThat(got.shape()).as(name).isEqualTo(expected.shape());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(got.real(i)).as(name + " at " + i).isCloseTo(expected.real(i), within(1e-5));
        }
    }

    @Test
    void whatAVersionDoesNotHaveIsRefused() {
        Map.of("GreaterOrEqual", 11, "Erf", 8, "Upsample", 10, "Gelu", 12).forEach((operator, opset) -> {
            Bytes model = model(opset, operator);
            assertThatThrownBy(() -> new Evaluator().check(model))
                    .as(operator)
                    .isInstanceOf(Oracle.Refusal.class)
                    .hasMessageContaining(operator);
        });
    }

    @Test
    void versionsBeforeTheOldestAreRefused() {
        assertThatThrownBy(() -> new Evaluator().check(model(6, "Abs"))).hasMessageContaining("outside 7 to");
    }

    private static Bytes model(int opset, String operator) {
        return new ModelBuilder(opset)
                .input("x", X)
                .node(operator, List.of("x"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32)
                .build();
    }
}
