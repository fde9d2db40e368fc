package org.aiis.conformance.catalogue;

import static org.aiis.conformance.catalogue.Behaviours.gives;
import static org.aiis.conformance.catalogue.Behaviours.output;
import static org.aiis.conformance.catalogue.Behaviours.outputs;
import static org.aiis.conformance.catalogue.Behaviours.verifies;
import static org.aiis.conformance.catalogue.ExchangeModels.F;
import static org.aiis.conformance.catalogue.ExchangeModels.counting;
import static org.aiis.conformance.catalogue.ExchangeModels.open;
import static org.aiis.conformance.catalogue.ExchangeModels.sum;
import static org.aiis.conformance.catalogue.ExchangeModels.sumInputs;
import static org.aiis.conformance.catalogue.ExchangeModels.sumOutput;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** Model exchange: what has to load and run. What has to be refused stands in {@link BrokenModelCases}. */
final class ExchangeCases implements CaseSource {
    private static final int MANY = 1000;

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(loading(), inputsAndOutputs(), shapes(), data(), new BrokenModelCases().cases())
                .flatMap(s -> s);
    }

    private static Stream<TestCase> loading() {
        Stream<TestCase> opsets = Stream.of(13, 17, 18, 20, 21)
                .map(opset -> gives(
                        "EXCH-OPSETS",
                        "opset" + opset,
                        () -> new Stimulus.ModelRun(sum(opset).build(), sumInputs()),
                        Map.of("y", sumOutput())));
        return Stream.concat(
                opsets,
                Stream.of(
                        gives("EXCH-LOAD", "one-node", ExchangeModels::sumRun, Map.of("y", sumOutput())),
                        gives("EXCH-LOAD", "two-nodes", ExchangeCases::affineRun, Map.of("y", affineOutput())),
                        gives(
                                "EXCH-MANY-NODES",
                                "chain-" + MANY,
                                ExchangeCases::chain,
                                Map.of("y", Tensor.ofFloats(Shape.of(2), MANY, MANY + 1)))));
    }

    private static Stream<TestCase> inputsAndOutputs() {
        return Stream.of(
                gives(
                        "EXCH-INPUT-NAMES",
                        "reverse-order",
                        ExchangeCases::reversedNames,
                        Map.of("y", Tensor.ofFloats(Shape.of(2), 7, 16))),
                gives(
                        "EXCH-OUTPUT-NAMES",
                        "three",
                        ExchangeCases::threeOutputs,
                        Map.of(
                                "sum",
                                sumOutput(),
                                "difference",
                                counting(0, 2, 3).reshaped(Shape.of(2, 3)),
                                "unusual/name:0",
                                sumOutput())),
                verifies(
                        "EXCH-OUTPUT-SUBSET", "one-of-three", Grade.QUICK, ExchangeCases::subset, ExchangeCases::asked),
                gives(
                        "EXCH-OUTPUT-TYPE",
                        "bool-and-int64",
                        ExchangeCases::typedOutputs,
                        Map.of(
                                "less", Tensor.ofLongs(ElementType.BOOL, Shape.of(2), 1, 0),
                                "shape", Tensor.ofLongs(ElementType.INT64, Shape.of(1), 2))),
                gives("EXCH-OUTPUT-SHAPE", "declared", ExchangeModels::sumRun, Map.of("y", sumOutput())));
    }

    private static Stream<TestCase> shapes() {
        return Stream.of(
                verifies("EXCH-DYNAMIC", "rows-1-4-2", Grade.QUICK, ExchangeCases::sizes, ExchangeCases::followed),
                gives(
                        "EXCH-EMPTY",
                        "no-rows",
                        () -> relu(Tensor.ofFloats(Shape.of(0, 3))),
                        Map.of("y", Tensor.ofFloats(Shape.of(0, 3)))),
                gives(
                        "EXCH-SCALAR",
                        "rank-0",
                        () -> identity(Tensor.ofFloats(Shape.SCALAR, 5)),
                        Map.of("y", Tensor.ofFloats(Shape.SCALAR, 5))),
                gives(
                        "EXCH-SCALAR",
                        "rank-1",
                        () -> identity(Tensor.ofFloats(Shape.of(1), 5)),
                        Map.of("y", Tensor.ofFloats(Shape.of(1), 5))),
                gives(
                        "EXCH-OPTIONAL-OMITTED",
                        "trailing-absent",
                        () -> clip(List.of("x", "low")),
                        Map.of("y", Tensor.ofFloats(Shape.of(3), 2, 2, 5))),
                gives(
                        "EXCH-OPTIONAL-OMITTED",
                        "trailing-empty",
                        () -> clip(List.of("x", "low", "")),
                        Map.of("y", Tensor.ofFloats(Shape.of(3), 2, 2, 5))),
                gives(
                        "EXCH-OPTIONAL-OMITTED",
                        "earlier-empty",
                        () -> clip(List.of("x", "", "low")),
                        Map.of("y", Tensor.ofFloats(Shape.of(3), -1, 2, 2))));
    }

    private static Stream<TestCase> data() {
        List<Tensor> values = List.of(
                Tensor.ofFloats(Shape.of(3), 1.5f, -0f, 3e38f),
                Tensor.ofReals(ElementType.FLOAT64, Shape.of(3), 1e300, -2, 0.1),
                Tensor.ofReals(ElementType.FLOAT16, Shape.of(3), 65504, -2, 6e-8),
                Tensor.ofReals(ElementType.BFLOAT16, Shape.of(3), 1e38, -2, 1),
                Tensor.ofLongs(ElementType.INT8, Shape.of(3), -128, 0, 127),
                Tensor.ofLongs(ElementType.UINT8, Shape.of(3), 0, 1, 255),
                Tensor.ofLongs(ElementType.INT16, Shape.of(3), -32768, 0, 32767),
                Tensor.ofLongs(ElementType.INT32, Shape.of(3), Integer.MIN_VALUE, 0, Integer.MAX_VALUE),
                Tensor.ofLongs(ElementType.INT64, Shape.of(3), Long.MIN_VALUE, 0, Long.MAX_VALUE),
                Tensor.ofLongs(ElementType.BOOL, Shape.of(3), 1, 0, 1));
        Stream<TestCase> stored = values.stream()
                .flatMap(v -> Stream.of(
                        gives("EXCH-INITIALIZER-RAW", v.type().label(), () -> stored(v, false), Map.of("y", twice(v))),
                        gives(
                                "EXCH-INITIALIZER-TYPED",
                                v.type().label(),
                                () -> stored(v, true),
                                Map.of("y", twice(v)))));
        Stream<TestCase> bits = Stream.of(
                        ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16, ElementType.BFLOAT16)
                .map(type -> {
                    Tensor patterns = patterns(type);
                    return verifies(
                            "EXCH-BITS-PRESERVED",
                            type.label(),
                            Grade.QUICK,
                            () -> Stimulus.Script.of(
                                    new Step.Load("m", identity(patterns).model(), false),
                                    Step.Run.of("m", Map.of("x", patterns))),
                            (seen, terms) -> sameBits(output(seen, 1), patterns));
                });
        return Stream.concat(stored, bits);
    }

    private static Stimulus.ModelRun affineRun() {
        return new Stimulus.ModelRun(ExchangeModels.affine().build(), Map.of("x", counting(1, 2, 3)));
    }

    /** [1 2 3; 4 5 6] · [1 −1; 2 0; 0 3] + [10 20]. */
    private static Tensor affineOutput() {
        return Tensor.ofFloats(Shape.of(2, 2), 15, 28, 24, 34);
    }

    private static Stimulus.ModelRun chain() {
        ModelBuilder model = new ModelBuilder(17)
                .input("x0", F, 2)
                .output("y", F, 2)
                .initializer("one", Tensor.ofFloats(Shape.SCALAR, 1));
        IntStream.range(0, MANY)
                .forEach(i -> model.node("Add", List.of("x" + i, "one"), List.of(i == MANY - 1 ? "y" : "x" + (i + 1))));
        return new Stimulus.ModelRun(model.build(), Map.of("x0", Tensor.ofFloats(Shape.of(2), 0, 1)));
    }

    /** Declared z before a, and subtracted so that an exchange shows. */
    private static Stimulus.ModelRun reversedNames() {
        Bytes model = new ModelBuilder(17)
                .input("z", F, 2)
                .input("a", F, 2)
                .output("y", F, 2)
                .node("Sub", List.of("z", "a"), List.of("y"))
                .build();
        return new Stimulus.ModelRun(
                model, Map.of("z", Tensor.ofFloats(Shape.of(2), 10, 20), "a", Tensor.ofFloats(Shape.of(2), 3, 4)));
    }

    private static ModelBuilder three() {
        return new ModelBuilder(17)
                .input("a", F, 2, 3)
                .input("b", F, 2, 3)
                .output("unusual/name:0", F, 2, 3)
                .output("sum", F, 2, 3)
                .output("difference", F, 2, 3)
                .node("Add", List.of("a", "b"), List.of("sum"))
                .node("Sub", List.of("a", "a"), List.of("zero"))
                .node("Add", List.of("zero", "c"), List.of("difference"))
                .node("Add", List.of("b", "a"), List.of("unusual/name:0"))
                .initializer("c", counting(0, 2, 3));
    }

    private static Stimulus.ModelRun threeOutputs() {
        return new Stimulus.ModelRun(three().build(), sumInputs());
    }

    private static Stimulus subset() {
        Step.Run all = Step.Run.of("m", sumInputs());
        return Stimulus.Script.of(
                new Step.Load("m", three().build(), false),
                all,
                new Step.Run("m", all.inputs(), new TreeMap<>(), List.of("difference")));
    }

    private static void asked(Observation seen, Terms terms) {
        assertThat(outputs(seen, 2).keySet()).containsExactly("difference");
        assertThat(output(seen, 2, "difference")).isEqualTo(output(seen, 1, "difference"));
    }

    private static Stimulus.ModelRun typedOutputs() {
        Bytes model = new ModelBuilder(17)
                .input("x", F, 2)
                .output("less", ElementType.BOOL, 2)
                .output("shape", ElementType.INT64, 1)
                .initializer("two", Tensor.ofFloats(Shape.SCALAR, 2))
                .node("Less", List.of("x", "two"), List.of("less"))
                .node("Shape", List.of("x"), List.of("shape"))
                .build();
        return new Stimulus.ModelRun(model, Map.of("x", Tensor.ofFloats(Shape.of(2), 1, 2)));
    }

    /** Numbers above zero: the sign of a zero that Relu gives is open (OP-Relu-D2). */
    private static Stimulus sizes() {
        return Stimulus.Script.of(
                new Step.Load("m", open().build(), false),
                Step.Run.of("m", Map.of("x", counting(3, 1, 3))),
                Step.Run.of("m", Map.of("x", counting(2, 4, 3))),
                Step.Run.of("m", Map.of("x", counting(1, 2, 3))));
    }

    private static void followed(Observation seen, Terms terms) {
        assertThat(output(seen, 1)).isEqualTo(counting(3, 1, 3));
        assertThat(output(seen, 2)).isEqualTo(counting(2, 4, 3));
        assertThat(output(seen, 3)).isEqualTo(counting(1, 2, 3));
    }

    private static Stimulus.ModelRun relu(Tensor x) {
        return new Stimulus.ModelRun(open().build(), Map.of("x", x));
    }

    private static Stimulus.ModelRun identity(Tensor x) {
        Bytes model = new ModelBuilder(17)
                .input("x", x)
                .openOutput("y", x.type())
                .node("Identity", List.of("x"), List.of("y"))
                .build();
        return new Stimulus.ModelRun(model, Map.of("x", x));
    }

    private static Stimulus.ModelRun clip(List<String> inputs) {
        Bytes model = new ModelBuilder(17)
                .input("x", F, 3)
                .output("y", F, 3)
                .initializer("low", Tensor.ofFloats(Shape.SCALAR, 2))
                .node("Clip", inputs, List.of("y"))
                .build();
        return new Stimulus.ModelRun(model, Map.of("x", Tensor.ofFloats(Shape.of(3), -1, 2, 5)));
    }

    /** The stored tensor behind a fed one, so that a node has something to do at run time. */
    private static Stimulus.ModelRun stored(Tensor value, boolean typed) {
        ModelBuilder model = new ModelBuilder(17).input("x", value).openOutput("y", value.type());
        Bytes built = (typed ? model.typedInitializer("w", value) : model.initializer("w", value))
                .node("Concat", List.of("x", "w"), List.of("y"), org.aiis.reference.onnx.Attribute.of("axis", 0L))
                .build();
        return new Stimulus.ModelRun(built, Map.of("x", value));
    }

    private static Tensor twice(Tensor value) {
        Tensor.Builder both = new Tensor.Builder(value.type(), Shape.of(2 * value.size()));
        for (int i = 0; i < 2 * value.size(); i++) {
            both.setBits(i, value.bits(i % value.size()));
        }
        return both.build();
    }

    /** Quiet NaNs with payloads of either sign, both zeros, subnormals. Signalling ones may be quieted by a copy. */
    private static Tensor patterns(ElementType type) {
        int f = type.format().fractionBits();
        long infinity = ((1L << type.format().exponentBits()) - 1) << f;
        long quiet = 1L << (f - 1);
        long sign = 1L << (8 * type.bytes() - 1);
        long[] bits = {
            infinity | quiet,
            infinity | quiet | 1,
            sign | infinity | quiet | 3,
            infinity | quiet | quiet >> 1,
            0,
            sign,
            1,
            sign | 1,
            infinity,
            sign | infinity
        };
        return Tensor.ofLongs(type, Shape.of(bits.length), bits);
    }

    private static void sameBits(Tensor got, Tensor expected) {
        assertThat(got.type()).isEqualTo(expected.type());
        assertThat(got.shape()).isEqualTo(expected.shape());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Long.toHexString(got.bits(i)))
                    .as("bits of y[%d]", i)
                    .isEqualTo(Long.toHexString(expected.bits(i)));
        }
    }
}
