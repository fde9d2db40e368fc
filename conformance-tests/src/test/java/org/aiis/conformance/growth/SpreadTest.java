package org.aiis.conformance.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.junit.jupiter.api.Test;

/** The spread that is summed up as evaluations go on. */
class SpreadTest {
    private static final Map<String, Tensor> INPUTS =
            new TreeMap<>(Map.of("x", Tensor.ofFloats(Shape.of(4), 0.3f, -2.7f, 9.1f, 100f)));

    private static Program program() {
        ModelBuilder model = new ModelBuilder(17).input("x", ElementType.FLOAT32, 4);
        model.initializer("third", Tensor.ofFloats(Shape.of(1), 1f / 3));
        model.initializer("scale", Tensor.ofFloats(Shape.SCALAR, 0.1f));
        model.node("Mul", List.of("x", "third"), List.of("m"));
        model.node("Exp", List.of("m"), List.of("e"));
        model.node("QuantizeLinear", List.of("m", "scale"), List.of("q"));
        model.openOutput("e", ElementType.FLOAT32).openOutput("q", ElementType.UINT8);
        return Program.load(model.build());
    }

    private static Spreads spreads(long room) {
        Spreads spreads = new Spreads(room, Set.of());
        for (long seed = 0; seed <= 16; seed++) {
            Arithmetics arithmetics = seed == 0 ? Arithmetics.values() : Arithmetics.randomlyRounded(seed);
            program().evaluate(INPUTS, arithmetics, spreads.evaluation(seed));
        }
        return spreads;
    }

    /** The same numbers as the judge's own spread has, which holds all evaluations. */
    @Test
    void isThatOfAllEvaluationsTogether() {
        ModelBuilder model = new ModelBuilder(17).input("x", ElementType.FLOAT32, 4);
        model.initializer("third", Tensor.ofFloats(Shape.of(1), 1f / 3));
        model.node("Mul", List.of("x", "third"), List.of("m")).node("Exp", List.of("m"), List.of("e"));
        model.openOutput("e", ElementType.FLOAT32);
        Reference.Value whole = new Evaluator()
                .sensitivity(model.build(), INPUTS, 16)
                .outputs()
                .values()
                .iterator()
                .next();
        Tensor.Builder off = new Tensor.Builder(ElementType.FLOAT32, Shape.of(4));
        double expected = 0;
        for (int i = 0; i < 4; i++) {
            off.setReal(i, whole.real(i) * (1 + 1e-5));
        }
        Tensor got = off.build();
        for (int i = 0; i < 4; i++) {
            expected = Math.max(expected, Math.abs(got.real(i) - whole.real(i)) / (16 * whole.sigma(i)));
        }

        assertThat(spreads(1 << 20).of("e").orElseThrow().worst(got)).isCloseTo(expected, within(1e-9 * expected));
        assertThat(expected).isGreaterThan(1);
    }

    private static org.assertj.core.data.Offset<Double> within(double off) {
        return org.assertj.core.api.Assertions.within(off);
    }

    @Test
    void anIntegerThatIsNotNearATieMayNotDiffer() {
        Spread spread = spreads(1 << 20).of("q").orElseThrow();
        Tensor right = program()
                .evaluate(INPUTS, Arithmetics.values())
                .outputs()
                .get("q")
                .rounded();
        Tensor.Builder other = new Tensor.Builder(ElementType.UINT8, Shape.of(4));
        for (int i = 0; i < 4; i++) {
            other.setBits(i, right.integer(i) + (i == 2 ? 1 : 0));
        }

        // 100 / 3 / 0.1 is far above 255, and is right as 255 all the same.
        assertThat(right.integer(3)).isEqualTo(255);
        assertThat(spread.worst(right)).isZero();
        assertThat(spread.worst(other.build())).isGreaterThan(1);
    }

    @Test
    void anotherTypeOrShapeIsOffByMoreThanAnything() {
        Spread spread = spreads(1 << 20).of("e").orElseThrow();

        assertThat(spread.worst(Tensor.ofFloats(Shape.of(2, 2), 1, 1, 1, 1))).isInfinite();
        assertThat(spread.worst(Tensor.ofLongs(ElementType.INT64, Shape.of(4), 1, 1, 1, 1)))
                .isInfinite();
        assertThat(spread.worst(Tensor.ofFloats(Shape.of(4), Float.NaN, 1, 1, 1)))
                .isInfinite();
    }

    @Test
    void whatDoesNotFitIntoTheRoomIsNotKept() {
        Spreads little = spreads(2 * 4 * 16);

        assertThat(little.of("m")).isPresent();
        assertThat(little.of("e")).isPresent();
        assertThat(little.of("q")).isEmpty();
    }
}
