package org.aiis.conformance.catalogue;

import static org.aiis.conformance.catalogue.Behaviours.rejects;
import static org.aiis.conformance.catalogue.ExchangeModels.F;
import static org.aiis.conformance.catalogue.ExchangeModels.counting;
import static org.aiis.conformance.catalogue.ExchangeModels.sum;
import static org.aiis.conformance.catalogue.ExchangeModels.sumInputs;
import static org.aiis.conformance.catalogue.ExchangeModels.sumRun;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Models, and runs, that have to be refused: each one edit away from a twin that has to run. */
final class BrokenModelCases implements CaseSource {
    /** No edition of ONNX is near this. */
    private static final int FUTURE_OPSET = 9999;

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(inputs(), structure(), damage()).flatMap(s -> s);
    }

    private static Stream<TestCase> inputs() {
        return Stream.of(
                feeding("EXCH-INPUT-MISSING", "one-of-two", Map.of("a", counting(1, 2, 3))),
                feeding("EXCH-INPUT-MISSING", "all", Map.of()),
                feeding("EXCH-INPUT-UNKNOWN", "one-more", plus("c", counting(1, 2, 3))),
                feeding("EXCH-INPUT-TYPE", "float64", plus("b", reals(ElementType.FLOAT64, 2, 3))),
                feeding(
                        "EXCH-INPUT-TYPE",
                        "int32",
                        plus("b", Tensor.ofLongs(ElementType.INT32, Shape.of(2, 3), 1, 2, 3, 4, 5, 6))),
                feeding("EXCH-INPUT-RANK", "one-more", plus("b", counting(10, 1, 2, 3))),
                feeding("EXCH-INPUT-RANK", "one-less", plus("b", counting(10, 3))),
                feeding("EXCH-INPUT-RANK", "scalar", plus("b", Tensor.ofFloats(Shape.SCALAR, 1))),
                feeding("EXCH-INPUT-SHAPE", "longer", plus("b", counting(10, 2, 4))),
                feeding("EXCH-INPUT-SHAPE", "broadcastable", plus("b", counting(10, 1, 3))),
                feeding("EXCH-INPUT-SHAPE", "transposed", plus("b", counting(10, 3, 2))));
    }

    private static TestCase feeding(String requirement, String name, Map<String, Tensor> inputs) {
        return rejects(requirement, name, false, sumRun(), new Stimulus.ModelRun(sumRun().model(), inputs));
    }

    private static Map<String, Tensor> plus(String name, Tensor tensor) {
        Map<String, Tensor> inputs = new TreeMap<>(sumInputs());
        inputs.put(name, tensor);
        return inputs;
    }

    private static Tensor reals(ElementType type, int... dims) {
        return new Tensor.Builder(type, Shape.of(dims)).build();
    }

    private static Stream<TestCase> structure() {
        return Stream.of(
                loading("EXCH-OPSET-FUTURE", "default-domain", sum(FUTURE_OPSET).build()),
                loading(
                        "EXCH-IR-FUTURE",
                        "ir-9999",
                        sum(17).irVersion(FUTURE_OPSET).build()),
                graph(
                        "EXCH-CYCLE",
                        "two-nodes",
                        two("Add", "a", "v", "Add", "u", "b"),
                        two("Add", "a", "b", "Add", "u", "b")),
                graph(
                        "EXCH-CYCLE",
                        "itself",
                        two("Add", "a", "u", "Add", "u", "b"),
                        two("Add", "a", "b", "Add", "u", "b")),
                graph(
                        "EXCH-UNKNOWN-OPERATOR",
                        "no-such",
                        two("Addition", "a", "b", "Add", "u", "b"),
                        two("Add", "a", "b", "Add", "u", "b")),
                graph(
                        "EXCH-UNKNOWN-OPERATOR",
                        "wrong-case",
                        two("add", "a", "b", "Add", "u", "b"),
                        two("Add", "a", "b", "Add", "u", "b")),
                rejects("EXCH-UNKNOWN-OPERATOR", "of-a-later-opset", true, gelu(20), gelu(17)),
                rejects("EXCH-UNKNOWN-DOMAIN", "imported", true, sumRun(), domain(true)),
                rejects("EXCH-UNKNOWN-DOMAIN", "not-imported", true, sumRun(), domain(false)),
                rejects("EXCH-UNKNOWN-ATTRIBUTE", "on-add", false, sumRun(), attribute("fuse", "Add")),
                rejects("EXCH-UNKNOWN-ATTRIBUTE", "axes-on-relu", false, relu(false), relu(true)),
                graph("EXCH-DUPLICATE-NAME", "two-outputs", duplicate("u"), duplicate("v")),
                graph("EXCH-DUPLICATE-NAME", "output-is-input", duplicate("a"), duplicate("v")),
                graph(
                        "EXCH-DANGLING",
                        "node-input",
                        two("Add", "a", "nothing", "Add", "u", "b"),
                        two("Add", "a", "b", "Add", "u", "b")),
                graph("EXCH-DANGLING", "graph-output", dangling("z"), dangling("y")));
    }

    private static TestCase loading(String requirement, String name, Bytes broken) {
        return rejects(requirement, name, true, sumRun(), new Stimulus.ModelRun(broken, sumInputs()));
    }

    private static TestCase graph(String requirement, String name, ModelBuilder broken, ModelBuilder valid) {
        return rejects(
                requirement,
                name,
                true,
                new Stimulus.ModelRun(valid.build(), sumInputs()),
                new Stimulus.ModelRun(broken.build(), sumInputs()));
    }

    /** u = first(a, b), y = second(u, b) and the like. */
    private static ModelBuilder two(String first, String p, String q, String second, String r, String s) {
        return boundary("y")
                .node(first, List.of(p, q), List.of("u"))
                .node(second, List.of(r, s), List.of("v"))
                .node("Relu", List.of("v"), List.of("y"));
    }

    private static ModelBuilder boundary(String output) {
        return new ModelBuilder(17).input("a", F, 2, 3).input("b", F, 2, 3).output(output, F, 2, 3);
    }

    private static ModelBuilder duplicate(String second) {
        return boundary("y")
                .node("Add", List.of("a", "b"), List.of("u"))
                .node("Sub", List.of("a", "b"), List.of(second))
                .node("Relu", List.of("u"), List.of("y"));
    }

    private static ModelBuilder dangling(String output) {
        return boundary(output).node("Add", List.of("a", "b"), List.of("y"));
    }

    private static Stimulus.ModelRun gelu(int opset) {
        Bytes model = new ModelBuilder(opset)
                .input("x", F, 3)
                .output("y", F, 3)
                .node("Gelu", List.of("x"), List.of("y"))
                .build();
        return new Stimulus.ModelRun(model, Map.of("x", Tensor.ofFloats(Shape.of(3), 0, 0, 0)));
    }

    private static Stimulus.ModelRun domain(boolean imported) {
        ModelBuilder model = boundary("y");
        if (imported) {
            model.importing("org.example.unknown", 1);
        }
        return new Stimulus.ModelRun(
                model.node("org.example.unknown", "Add", List.of("a", "b"), List.of("y"), List.of())
                        .build(),
                sumInputs());
    }

    private static Stimulus.ModelRun attribute(String name, String operator) {
        Bytes model = boundary("y")
                .node(operator, List.of("a", "b"), List.of("y"), Attribute.of(name, 1L))
                .build();
        return new Stimulus.ModelRun(model, sumInputs());
    }

    private static Stimulus.ModelRun relu(boolean odd) {
        ModelBuilder model = new ModelBuilder(17).input("x", F, 2, 3).output("y", F, 2, 3);
        model = odd
                ? model.node("Relu", List.of("x"), List.of("y"), Attribute.ints("axes", 0))
                : model.node("Relu", List.of("x"), List.of("y"));
        return new Stimulus.ModelRun(model.build(), Map.of("x", counting(-2, 2, 3)));
    }

    private static Stream<TestCase> damage() {
        Bytes whole = sumRun().model();
        Stream<TestCase> cut = IntStream.of(1, whole.size() / 3, whole.size() / 2, whole.size() - 1)
                .mapToObj(length -> loading("EXCH-TRUNCATED", "after-" + length, ExchangeModels.cut(whole, length)));
        return Stream.concat(
                cut,
                Stream.of(
                        loading(
                                "EXCH-CORRUPT",
                                "text",
                                Bytes.own("this is no model".getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                        loading("EXCH-CORRUPT", "all-ones", Bytes.own(ones(64))),
                        loading("EXCH-CORRUPT", "empty", Bytes.own(new byte[0]))));
    }

    private static byte[] ones(int length) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) 0xFF);
        return bytes;
    }
}
