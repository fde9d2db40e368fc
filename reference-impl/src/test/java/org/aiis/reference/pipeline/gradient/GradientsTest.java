package org.aiis.reference.pipeline.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GradientsTest {
    /** Central differences with h = 1e-6 in binary64 are themselves off by about 1e-9. */
    private static final double CLOSE = 1e-7;

    private static final Shape M34 = Shape.of(3, 4);

    private record Rule(
            String name, List<Shape> shapes, double low, double high, BiFunction<Tape, List<Value>, Value> function) {}

    private static Rule one(String name, double low, double high, BiFunction<Tape, Value, Value> function) {
        return new Rule(name, List.of(M34), low, high, (t, x) -> function.apply(t, x.get(0)));
    }

    private static Rule two(String name, Shape a, Shape b, BiFunction<Tape, List<Value>, Value> function) {
        return new Rule(name, List.of(a, b), 0.5, 2, function);
    }

    private static Stream<Rule> rules() {
        Shape row = Shape.of(4);
        Shape column = Shape.of(3, 1);
        return Stream.of(
                two("Add", M34, M34, (t, x) -> Elementwise.add(t, x.get(0), x.get(1))),
                two("Add of a row", M34, row, (t, x) -> Elementwise.add(t, x.get(0), x.get(1))),
                two("Sub of a column", M34, column, (t, x) -> Elementwise.sub(t, x.get(0), x.get(1))),
                two("Sub from a row", row, M34, (t, x) -> Elementwise.sub(t, x.get(0), x.get(1))),
                two("Mul", M34, M34, (t, x) -> Elementwise.mul(t, x.get(0), x.get(1))),
                two("Mul of a row and a column", row, column, (t, x) -> Elementwise.mul(t, x.get(0), x.get(1))),
                two("Div", M34, M34, (t, x) -> Elementwise.div(t, x.get(0), x.get(1))),
                two("Div by a column", M34, column, (t, x) -> Elementwise.div(t, x.get(0), x.get(1))),
                one("Mul by itself", -2, 2, (t, x) -> Elementwise.mul(t, x, x)),
                one("Pow", 0.5, 2, (t, x) -> Elementwise.pow(t, x, 2.5)),
                one("Neg", -2, 2, Elementwise::neg),
                one("Exp", -2, 2, Elementwise::exp),
                one("Log", 0.5, 2, Elementwise::log),
                one("Sqrt", 0.5, 2, Elementwise::sqrt),
                one("Abs", -2, 2, Elementwise::abs),
                one("Sigmoid", -2, 2, Elementwise::sigmoid),
                one("Tanh", -2, 2, Elementwise::tanh),
                one("Relu", -2, 2, Elementwise::relu),
                two("Max", M34, M34, (t, x) -> Elementwise.max(t, x.get(0), x.get(1))),
                two("Min", M34, M34, (t, x) -> Elementwise.min(t, x.get(0), x.get(1))),
                two(
                        "Where",
                        M34,
                        M34,
                        (t, x) -> Elementwise.where(
                                t,
                                t.node(
                                        "Greater",
                                        List.of(x.get(0), t.real(1)),
                                        ElementType.BOOL,
                                        x.get(0).extents()),
                                x.get(0),
                                x.get(1))),
                two("MatMul", M34, Shape.of(4, 2), (t, x) -> Linear.matMul(t, x.get(0), x.get(1))),
                product("Gemm", M34, false, Shape.of(4, 2), false),
                product("Gemm, first transposed", Shape.of(4, 3), true, Shape.of(4, 2), false),
                product("Gemm, second transposed", M34, false, Shape.of(2, 4), true),
                product("Gemm, both transposed", Shape.of(4, 3), true, Shape.of(2, 4), true),
                two(
                        "a kernel used twice",
                        M34,
                        Shape.of(4, 4),
                        (t, x) -> Linear.matMul(t, Linear.matMul(t, x.get(0), x.get(1)), x.get(1))),
                one("Reshape", -2, 2, (t, x) -> Layout.reshape(t, x, Extent.of(2), Extent.of(6))),
                one("Transpose", -2, 2, (t, x) -> Layout.transpose(t, x, 1, 0)),
                two(
                        "Concat",
                        M34,
                        Shape.of(3, 2),
                        (t, x) -> Layout.concat(t, 1, List.of(x.get(0), x.get(1), x.get(0)))),
                one(
                        "Split, one part unused",
                        -2,
                        2,
                        (t, x) -> Elementwise.exp(t, Layout.split(t, x, 1, 1, 3).get(1))),
                one("Split in equal parts", -2, 2, (t, x) -> {
                    List<Value> parts = Layout.split(t, x, 1, 2);
                    return Elementwise.mul(t, parts.get(0), parts.get(1));
                }),
                one("Slice", -2, 2, (t, x) -> Layout.slice(t, x, 1, 1, 4, 2)),
                one("Gather", -2, 2, (t, x) -> Layout.gather(t, x, 1, Places.of(2, 0, 2, 2))),
                one("ReduceSum", -2, 2, (t, x) -> Reductions.sum(t, x, false, 0)),
                one("ReduceSum that keeps", -2, 2, (t, x) -> Reductions.sum(t, x, true, 0, 1)),
                one("mean", -2, 2, (t, x) -> Reductions.mean(t, x, false, 1)),
                one("LogSoftmax", -2, 2, Reductions::logSoftmax),
                one("Softmax", -2, 2, Reductions::softmax),
                one(
                        "cross-entropy",
                        -2,
                        2,
                        (t, x) -> Losses.crossEntropy(
                                t, x, t.constant(Tensor.ofLongs(ElementType.INT64, Shape.of(3), 1, 3, 0)))),
                one("logistic loss", -2, 2, (t, x) -> Losses.logistic(t, x, target(t))),
                one("squares", -2, 2, (t, x) -> Losses.squares(t, x, target(t))),
                patches("convolution", Patches.all(4, 5, 3, 2)),
                patches("convolution by quadrants, odd row and column left out", Patches.quadrants(5, 5, 3, 3)),
                new Rule(
                        "recurrence",
                        List.of(Shape.of(6, 3), Shape.of(3, 3), Shape.of(2, 3)),
                        -1,
                        1,
                        (t, x) -> Recurrence.unrolled(t, x.get(0), x.get(1), x.get(2), 3)));
    }

    private static Value target(Tape tape) {
        return tape.constant(Tensor.ofReals(ElementType.FLOAT64, M34, 0, 1, 1, 0, 0.5, 1, 0, 1, 1, 0, 0, 0.25));
    }

    private static Rule product(String name, Shape a, boolean transA, Shape b, boolean transB) {
        return new Rule(
                name,
                List.of(a, b, Shape.of(2)),
                -1,
                1,
                (t, x) -> Linear.gemm(t, x.get(0), transA, x.get(1), transB, Optional.of(x.get(2))));
    }

    private static Rule patches(String name, Patches patches) {
        int taps = patches.kernelHeight() * patches.kernelWidth();
        return new Rule(
                name,
                List.of(Shape.of(2, patches.height() * patches.width(), 2), Shape.of(2 * taps, 3), Shape.of(3)),
                -1,
                1,
                (t, x) -> Layout.concat(t, 0, patches.convolve(t, x.get(0), x.get(1), Optional.of(x.get(2)))));
    }

    @TestFactory
    Stream<DynamicTest> theGradientOfEachOperatorIsThatOfCentralDifferences() {
        return rules().map(rule -> DynamicTest.dynamicTest(rule.name(), () -> assertThat(
                        CentralDifferences.error(rule.shapes(), rule.low(), rule.high(), rule.function()))
                .isLessThan(CLOSE)));
    }

    /** Rules with a fault that a hand makes easily: each is far off. */
    @TestFactory
    Stream<DynamicTest> aWrongGradientIsSeen() {
        return Stream.of(
                        one("a sign lost in Sub", -2, 2, (t, x) -> {
                            Value y = Elementwise.binary(t, "Sub", t.real(1), x, x.type());
                            return t.remember(List.of(x), y, d -> d.add(x, () -> d.at(y)));
                        }),
                        one("the argument taken for the result in Sigmoid", -2, 2, (t, x) -> {
                            Value y = Elementwise.unary(t, "Sigmoid", x);
                            return t.remember(
                                    List.of(x),
                                    y,
                                    d -> d.add(x, () -> Elementwise.mul(t, d.at(y), Elementwise.slope(t, x))));
                        }),
                        two("a product not transposed back", Shape.of(3, 3), Shape.of(3, 3), (t, x) -> {
                            Value y = t.node(
                                    "MatMul",
                                    List.of(x.get(0), x.get(1)),
                                    x.get(0).type(),
                                    x.get(0).extents());
                            return t.remember(List.of(x.get(0), x.get(1)), y, d -> {
                                d.addProduct(x.get(0), d.at(y), false, x.get(1), false);
                                d.addProduct(x.get(1), x.get(0), true, d.at(y), false);
                            });
                        }),
                        two("a row's derivative of one record", M34, Shape.of(4), (t, x) -> {
                            Value y = Elementwise.binary(
                                    t, "Add", x.get(0), x.get(1), x.get(0).type());
                            return t.remember(List.of(x.get(0), x.get(1)), y, d -> {
                                d.add(x.get(0), () -> d.at(y));
                                d.add(
                                        x.get(1),
                                        () -> Layout.reshape(t, Layout.slice(t, d.at(y), 0, 0, 1, 1), Extent.of(4)));
                            });
                        }))
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> assertThat(
                                CentralDifferences.error(rule.shapes(), rule.low(), rule.high(), rule.function()))
                        .isGreaterThan(0.01)));
    }

    @Test
    void ofEqualElementsTheFirstAloneGetsTheGradient() {
        Tape tape = new Tape(17, ElementType.FLOAT64);
        List<Value> inputs = Stream.of("a", "b", "c", "d")
                .map(name -> tape.input(name, ElementType.FLOAT64, 1))
                .toList();
        Value upper = Elementwise.max(tape, inputs.get(0), inputs.get(1));
        Value lower = Elementwise.max(tape, inputs.get(2), inputs.get(3));
        List<Value> gradient = tape.gradient(Elementwise.max(tape, upper, lower), inputs);
        for (int i = 0; i < 4; i++) {
            tape.output("g" + i, gradient.get(i));
        }
        Tensor three = Tensor.ofReals(ElementType.FLOAT64, Shape.of(1), 3);
        Tensor two = Tensor.ofReals(ElementType.FLOAT64, Shape.of(1), 2);
        var values = org.aiis.reference.evaluator.Program.load(tape.build())
                .values(java.util.Map.of("a", two, "b", three, "c", three, "d", three));
        assertThat(values.values().stream().map(g -> g.real(0))).containsExactly(0.0, 1.0, 0.0, 0.0);
    }
}
