package org.aiis.conformance.qualification.panel;

import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Invalid nodes that are run all the same: what must be refused is mended, or answered with anything. */
final class AcceptFaults {
    private static final String KIND = "rejection";

    private AcceptFaults() {}

    static List<Fault> all() {
        return List.of(
                mending("accepts-axis", "an axis out of range is taken modulo the rank", AcceptFaults::axis),
                mending("accepts-index", "indices out of range are clamped", AcceptFaults::clamped),
                mending(
                        "accepts-attributes",
                        "attributes that do not fit are left out",
                        given -> given.withNode(
                                n -> n.toBuilder().clearAttribute().build())),
                mending(
                        "accepts-operands",
                        "operands too many are not looked at",
                        given -> given.withNode(n -> {
                            int count = n.getInputCount();
                            return count < 2
                                    ? n
                                    : n.toBuilder()
                                            .clearInput()
                                            .addAllInput(n.getInputList().subList(0, count - 1))
                                            .build();
                        })),
                mending(
                        "accepts-missing",
                        "an operand that is missing is the first one again",
                        given -> given.withNode(n -> n.getInputCount() == 0
                                ? n
                                : n.toBuilder().addInput(n.getInput(0)).build())),
                mending(
                        "accepts-shapes",
                        "operands whose shapes do not fit are cut to one element",
                        given -> given.withOperands((place, t) -> place == 0 || t.size() == 0 ? t : first(t))),
                mending(
                        "accepts-types",
                        "operands of other types are taken as the first one's type",
                        given -> given.operand(0)
                                .map(data -> retyped(given, data.type()))
                                .orElse(given)),
                Fault.of(
                        "accepts-all",
                        KIND,
                        "whatever it is shown, it answers",
                        right -> right.answer().refusal().isEmpty() ? right.answer() : zeros(right.given())));
    }

    private static Fault mending(String name, String summary, UnaryOperator<Invocation> mend) {
        return Fault.of(name, KIND, summary, right -> {
            if (right.answer().refusal().isEmpty()) {
                return right.answer();
            }
            Invocation mended = mend.apply(right.given());
            return mended == right.given() ? right.answer() : Right.to(mended, Arithmetics.reference());
        });
    }

    private static Invocation axis(Invocation given) {
        int rank = Math.max(1, given.operand(0).map(t -> t.shape().rank()).orElse(1));
        Invocation mended = given.attribute("axis")
                .map(a -> given.with(Attribute.of("axis", Math.floorMod(a.getI(), (long) rank))))
                .orElse(given);
        return mended.withOperands((place, t) -> place == 0 || t.size() > 8 || t.type() != ElementType.INT64
                ? t
                : Change.integers(v -> Math.floorMod(v, (long) rank)).apply(t));
    }

    private static Invocation clamped(Invocation given) {
        int extent = given.operand(0)
                .filter(t -> t.shape().rank() > 0)
                .map(t -> t.shape().dims().stream().mapToInt(d -> d).min().orElse(1))
                .orElse(1);
        return given.withOperands((place, t) -> place == 0
                ? t
                : Change.integers(v -> Math.max(0, Math.min(extent - 1, v))).apply(t));
    }

    private static Tensor first(Tensor t) {
        int[] dims = new int[t.shape().rank()];
        java.util.Arrays.fill(dims, 1);
        return t.type() == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(dims), List.of(t.string(0)))
                : new Tensor.Builder(t.type(), Shape.of(dims))
                        .setBits(0, t.bits(0))
                        .build();
    }

    private static Invocation retyped(Invocation given, ElementType type) {
        if (type == ElementType.STRING) {
            return given;
        }
        return given.withOperands((place, t) ->
                t.type() == type || t.type() == ElementType.STRING ? t : new Tensor.Builder(type, t.shape()).build());
    }

    /** Zeros of the types that the graph declares for its outputs. */
    private static Answer zeros(Invocation given) {
        TreeMap<String, Tensor> outputs = new TreeMap<>();
        for (ValueInfoProto output : given.model().getGraph().getOutputList()) {
            ElementType type = ElementType.ofOnnx(
                            output.getType().getTensorType().getElemType())
                    .orElse(ElementType.FLOAT32);
            outputs.put(
                    output.getName(),
                    type == ElementType.STRING
                            ? Tensor.ofStrings(Shape.of(1), List.of(""))
                            : new Tensor.Builder(type, Shape.of(1)).build());
        }
        return Answer.of(outputs);
    }
}
