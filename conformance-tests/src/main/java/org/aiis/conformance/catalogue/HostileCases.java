package org.aiis.conformance.catalogue;

import static org.aiis.conformance.catalogue.Behaviours.survives;
import static org.aiis.conformance.catalogue.ExchangeModels.F;
import static org.aiis.conformance.catalogue.ExchangeModels.counting;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Damaged and odd models: an answer of any kind is right, a death or a hang is not. */
final class HostileCases implements CaseSource {
    private static final int EACH = 30;
    private static final int EACH_QUICK = 12;

    /** More elements than any machine addresses, few enough for a signed 64-bit number. */
    private static final long HUGE = 1L << 50;

    @Override
    public Stream<TestCase> cases() {
        Stream<TestCase> mutated = Stream.of(Mutation.values())
                .flatMap(m -> IntStream.range(0, EACH).mapToObj(i -> mutated(m, i)));
        return Stream.of(mutated, falseShapes(), huge(), omitted(), divisions()).flatMap(s -> s);
    }

    private static TestCase mutated(Mutation mutation, int i) {
        String name = mutation.word() + "/" + String.format(java.util.Locale.ROOT, "%02d", i);
        return survives("ROB-HOSTILE", name, i < EACH_QUICK ? Grade.QUICK : Grade.FULL, () -> {
            Seeded seeded = Seeded.by("ROB-HOSTILE/" + name);
            List<Stimulus.ModelRun> hosts = hosts();
            Stimulus.ModelRun host = hosts.get(i % hosts.size());
            return new Stimulus.ModelRun(mutation.of(host.model(), seeded), host.inputs());
        });
    }

    /** Valid models with enough parts to damage: attributes, initializers, optional inputs, several axes. */
    static List<Stimulus.ModelRun> hosts() {
        Seeded seeded = Seeded.by("hosts");
        return List.of(
                new Stimulus.ModelRun(ExchangeModels.affine().build(), Map.of("x", counting(1, 2, 3))),
                ChainModels.CONV_BATCHNORM_RELU.run(seeded, 2, false),
                ChainModels.ADD_LAYERNORM.run(seeded, 2, true),
                pooled(),
                moved());
    }

    private static Stimulus.ModelRun pooled() {
        Bytes model = new ModelBuilder(17)
                .input("x", F, 1, 2, 6, 6)
                .openOutput("y", F)
                .node(
                        "MaxPool",
                        List.of("x"),
                        List.of("p"),
                        Attribute.ints("kernel_shape", 2, 2),
                        Attribute.ints("pads", 1, 0, 0, 1))
                .node("Transpose", List.of("p"), List.of("t"), Attribute.ints("perm", 0, 2, 3, 1))
                .node(
                        "ReduceMean",
                        List.of("t"),
                        List.of("r"),
                        Attribute.ints("axes", 1, 2),
                        Attribute.of("keepdims", 0L))
                .node("Softmax", List.of("r"), List.of("y"), Attribute.of("axis", -1L))
                .build();
        return new Stimulus.ModelRun(model, Map.of("x", counting(0, 1, 2, 6, 6)));
    }

    private static Stimulus.ModelRun moved() {
        Bytes model = new ModelBuilder(17)
                .input("x", F, 4, 6)
                .openOutput("y", F)
                .initializer("shape", longs(2, -1, 3))
                .initializer("starts", longs(1))
                .initializer("ends", longs(4))
                .initializer("axes", longs(1))
                .initializer("indices", longs(2, 0))
                .initializer("pads", longs(0, 1, 0, 0, 0, 1))
                .node("Reshape", List.of("x", "shape"), List.of("a"))
                .node("Slice", List.of("a", "starts", "ends", "axes"), List.of("b"))
                .node("Gather", List.of("b", "indices"), List.of("c"), Attribute.of("axis", 1L))
                .node("Pad", List.of("c", "pads"), List.of("d"), Attribute.of("mode", "constant"))
                .node("Concat", List.of("d", "d"), List.of("y"), Attribute.of("axis", 2L))
                .build();
        return new Stimulus.ModelRun(model, Map.of("x", counting(0, 4, 6)));
    }

    private static Stream<TestCase> falseShapes() {
        return Stream.of(
                        List.<Object>of(3, 2),
                        List.<Object>of(6),
                        List.<Object>of(2, 3, 1),
                        List.<Object>of(2, 0),
                        List.<Object>of(-1, 3),
                        List.<Object>of(2, HUGE),
                        List.<Object>of())
                .map(extents -> survives(
                        "ROB-FALSE-SHAPE",
                        "output-"
                                + extents.toString().replaceAll("[\\[\\] ]", "").replace(',', 'x'),
                        Grade.QUICK,
                        () -> new Stimulus.ModelRun(
                                new ModelBuilder(17)
                                        .input("a", F, 2, 3)
                                        .input("b", F, 2, 3)
                                        .output("y", F, extents.toArray())
                                        .node("Add", List.of("a", "b"), List.of("y"))
                                        .build(),
                                ExchangeModels.sumInputs())));
    }

    private static Stream<TestCase> huge() {
        return Stream.of(
                refused("expand", hugeShape("Expand", longs(HUGE))),
                refused("expand-overflow", hugeShape("Expand", longs(HUGE, HUGE))),
                refused("pad", hugeShape("Pad", longs(0, HUGE))),
                survives(
                        "ROB-HUGE-DIMENSION",
                        "declared-input",
                        Grade.QUICK,
                        () -> new Stimulus.ModelRun(
                                new ModelBuilder(17)
                                        .input("x", F, HUGE)
                                        .openOutput("y", F)
                                        .node("Relu", List.of("x"), List.of("y"))
                                        .build(),
                                Map.of("x", counting(0, 3)))));
    }

    private static TestCase refused(String name, Stimulus.ModelRun run) {
        return survives("ROB-HUGE-DIMENSION", name, Grade.QUICK, () -> run);
    }

    private static Stimulus.ModelRun hugeShape(String operator, Tensor parameter) {
        Bytes model = new ModelBuilder(17)
                .input("x", F, 1)
                .input("p", ElementType.INT64, parameter.size())
                .openOutput("y", F)
                .node(operator, List.of("x", "p"), List.of("y"))
                .build();
        return new Stimulus.ModelRun(model, Map.of("x", counting(1, 1), "p", parameter));
    }

    private static Stream<TestCase> omitted() {
        return Stream.of("Max", "Min", "Concat", "Sum", "Mean")
                .flatMap(operator -> Stream.of(List.of("x", ""), List.of("", "x"), List.of(""), List.of("x", "", "x"))
                        .map(names -> survives(
                                "ROB-OMITTED-VARIADIC",
                                operator + "/"
                                        + String.join(
                                                "-",
                                                names.stream()
                                                        .map(n -> n.isEmpty() ? "empty" : n)
                                                        .toList()),
                                Grade.QUICK,
                                () -> variadic(operator, names))));
    }

    private static Stimulus.ModelRun variadic(String operator, List<String> names) {
        ModelBuilder model = new ModelBuilder(17).input("x", F, 3).openOutput("y", F);
        model = operator.equals("Concat")
                ? model.node(operator, names, List.of("y"), Attribute.of("axis", 0L))
                : model.node(operator, names, List.of("y"));
        return new Stimulus.ModelRun(model.build(), Map.of("x", counting(1, 3)));
    }

    /** Processors trap on these two; the value is a decision, dying is not. */
    private static Stream<TestCase> divisions() {
        return Stream.of(ElementType.INT8, ElementType.INT32, ElementType.INT64)
                .flatMap(type -> Stream.of(
                        survives(
                                "ROB-HOSTILE",
                                "divide-by-zero/" + type.label(),
                                Grade.QUICK,
                                () -> divided(type, 7, 0)),
                        survives(
                                "ROB-HOSTILE",
                                "divide-smallest-by-minus-one/" + type.label(),
                                Grade.QUICK,
                                () -> divided(type, type.minInteger(), -1))));
    }

    private static Stimulus.ModelRun divided(ElementType type, long a, long b) {
        return OneNode.of("Div", 17, type)
                .feed(Tensor.ofLongs(type, Shape.of(2), a, a), Tensor.ofLongs(type, Shape.of(2), 1, b))
                .run();
    }

    private static Tensor longs(long... values) {
        return Tensor.ofLongs(ElementType.INT64, Shape.of(values.length), values);
    }
}
