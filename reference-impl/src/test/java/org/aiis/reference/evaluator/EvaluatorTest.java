package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.operators.Types;
import org.aiis.spec.codec.ClassDigest;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluatorTest {
    private static final Evaluator ORACLE = new Evaluator();

    private static Reference.Value one(String operator, Tensor x) {
        return run(
                ORACLE,
                new ModelBuilder(17)
                        .input("x", x)
                        .node(operator, List.of("x"), List.of("y"))
                        .openOutput("y", x.type())
                        .build(),
                x);
    }

    private static Reference.Value run(Evaluator evaluator, Bytes model, Tensor x) {
        return Objects.requireNonNull(
                evaluator.evaluate(model, Map.of("x", x)).outputs().get("y"));
    }

    /** The types that every version of every movement takes; narrow ones have a test of their own. */
    private static Stream<ElementType> plainTypes() {
        return Types.without(Types.ANY, ElementType.STRING).stream();
    }

    private static Stream<ElementType> narrowTypes() {
        return Arrays.stream(ElementType.values()).filter(type -> !Types.ANY.contains(type));
    }

    @ParameterizedTest
    @MethodSource("narrowTypes")
    void movementKeepsEveryBitOfNarrowTypes(ElementType type) {
        Tensor.Builder x = new Tensor.Builder(type, Shape.of(2, 1 << type.bits()));
        for (int i = 0; i < 2 << type.bits(); i++) {
            x.setBits(i, type.isInteger() ? type.wrap(i) : i & ((1 << type.bits()) - 1));
        }
        Tensor tensor = x.build();
        Bytes model = new ModelBuilder(25)
                .input("x", tensor)
                .node("Transpose", List.of("x"), List.of("t"))
                .node("Transpose", List.of("t"), List.of("b"))
                .node("Identity", List.of("b"), List.of("y"))
                .openOutput("y", type)
                .build();
        assertThat(run(ORACLE, model, tensor).rounded()).isEqualTo(tensor);
    }

    @ParameterizedTest
    @MethodSource("plainTypes")
    void movementKeepsEveryBit(ElementType type) {
        Tensor.Builder x = new Tensor.Builder(type, Shape.of(2, 128));
        for (int i = 0; i < 256; i++) {
            // For floats this walks through zeros, subnormals, infinities and NaNs with payloads, signalling ones too.
            x.setBits(i, type == ElementType.BOOL ? i & 1 : (long) i << (8 * type.bytes() - 8) | i);
        }
        Tensor tensor = x.build();
        Bytes model = new ModelBuilder(17)
                .input("x", tensor)
                .initializer("first", Tensor.ofLongs(ElementType.INT64, Shape.of(1), 0))
                .node("Transpose", List.of("x"), List.of("t"))
                .node("Transpose", List.of("t"), List.of("b"))
                .node("Concat", List.of("b", "b"), List.of("c"), Attribute.of("axis", 0))
                .node("Split", List.of("c"), List.of("y", "z"))
                .openOutput("y", type)
                .build();
        assertThat(run(ORACLE, model, tensor).rounded()).isEqualTo(tensor);
    }

    @Test
    void stringsMoveLikeNumbers() {
        Tensor x = Tensor.ofStrings(Shape.of(2, 1), List.of("a", "ß"));
        assertThat(one("Transpose", x).rounded()).isEqualTo(x.reshaped(Shape.of(1, 2)));
    }

    @Test
    void aResultBeyondTheTypeKeepsItsValueAndRoundsToInfinity() {
        Tensor x = Tensor.ofFloats(Shape.of(2), 89f, -104f);
        Reference.Value y = one("Exp", x);
        assertThat(y.real(0)).isFinite().isGreaterThan(Float.MAX_VALUE);
        assertThat(y.rounded().reals()).containsExactly(Double.POSITIVE_INFINITY, 0);
    }

    @Test
    void float64CarriesALowPart() {
        Reference.Value y = one("Sqrt", Tensor.ofReals(ElementType.FLOAT64, Shape.of(1), 2));
        assertThat(y.real(0)).isEqualTo(Math.sqrt(2));
        // √2 − RN(√2) from mpmath 1.4.1 at 300 bits.
        assertThat(y.low(0)).isEqualTo(-9.667293313452913e-17, Offset.offset(0x1p-100));
    }

    @Test
    void integersBeyondBinary64HaveALowPart() {
        Reference.Value y = one("Identity", Tensor.ofLongs(ElementType.UINT64, Shape.of(1), -1L));
        assertThat(y.real(0)).isEqualTo(0x1p64);
        assertThat(y.low(0)).isEqualTo(-1);
    }

    @Test
    void sigmaOfOneExactOperationIsOneRounding() {
        Reference.Value y = one("Exp", Tensor.ofFloats(Shape.of(1), 1f));
        assertThat(y.sigma(0)).isEqualTo(0x1p-24 * StrictMath.E / Math.sqrt(3), Offset.offset(1e-15));
        assertThat(one("Neg", Tensor.ofFloats(Shape.of(1), 1f)).sigma(0)).isZero();
    }

    @Test
    void aSumOfZerosHasNoMagnitude() {
        Reference.Value y = one("ReduceSum", Tensor.ofFloats(Shape.of(3), 0, -0f, 0));
        assertThat(y.magnitude(0)).isZero();
        assertThat(y.sigma(0)).isZero();
        assertThat(one("ReduceSum", Tensor.ofFloats(Shape.of(2), 1, -1)).magnitude(0))
                .isEqualTo(2);
    }

    @Test
    void aProductKnowsItsFactors() {
        assertThat(one("ReduceProd", Tensor.ofFloats(Shape.of(3), 1, 2, 3)).factors(0))
                .isEqualTo(3);
        assertThat(one("ReduceSum", Tensor.ofFloats(Shape.of(3), 1, 2, 3)).factors(0))
                .isEqualTo(1);
    }

    @Test
    void aReluAtItsKinkKeepsTheErrorOfItsInput() {
        Tensor x = Tensor.ofFloats(Shape.of(3), 1f, 1e-9f, -1f);
        Bytes model = new ModelBuilder(17)
                .input("x", x)
                .node("ReduceSum", List.of("x"), List.of("s"))
                .node("Neg", List.of("s"), List.of("n"))
                .node("Relu", List.of("n"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32)
                .build();
        Reference.Value y = run(ORACLE, model, x);
        assertThat(y.real(0)).isZero();
        assertThat(y.sigma(0)).isGreaterThan(1e-8);
    }

    @Test
    void theSameModelGivesTheSameReference() {
        Tensor x = Tensor.ofFloats(Shape.of(2, 2), 1.5f, -2, 3.25f, 0.1f);
        assertThat(one("Softmax", x).rounded()).isEqualTo(one("Softmax", x).rounded());
        assertThat(one("Softmax", x).sigma(1)).isEqualTo(one("Softmax", x).sigma(1));
    }

    @Test
    void randomRoundingShakesTheLastBitsAndIsDecidedByTheSeed() {
        Tensor x = Tensor.ofFloats(Shape.of(2), 0.1f, 0.7f);
        Bytes model = new ModelBuilder(17)
                .input("x", x)
                .node("Exp", List.of("x"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32)
                .build();
        double exact = run(ORACLE, model, x).real(0);
        double sum = 0;
        double worst = 0;
        for (int seed = 0; seed < 2000; seed++) {
            double shaken = run(Evaluator.withArithmetic(Arithmetics.randomlyRounded(10, seed)), model, x)
                    .real(0);
            worst = Math.max(worst, Math.abs(shaken - exact));
            sum += shaken - exact;
        }
        // One step of 10 bits at 1.1 is 2^-9; the mean of 2,000 is within five of its standard deviations.
        assertThat(worst).isBetween(0x1p-12, 0x1p-9);
        assertThat(Math.abs(sum / 2000)).isLessThan(5 * 0x1p-10 / Math.sqrt(2000));
        assertThat(run(Evaluator.withArithmetic(Arithmetics.randomlyRounded(10, 3)), model, x)
                        .real(1))
                .isEqualTo(run(Evaluator.withArithmetic(Arithmetics.randomlyRounded(10, 3)), model, x)
                        .real(1));
    }

    @Test
    void valuesAreTheRoundedReference() {
        Tensor x = Tensor.ofFloats(Shape.of(2), 0.1f, 0.7f);
        Bytes model = new ModelBuilder(17)
                .input("x", x)
                .node("Tanh", List.of("x"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32)
                .build();
        assertThat(ORACLE.values(model, Map.of("x", x)).get("y"))
                .isEqualTo(run(ORACLE, model, x).rounded());
    }

    @Test
    void theDigestIsOfTheClassesReached() {
        assertThat(ORACLE.digest()).hasSize(64).isEqualTo(new Evaluator().digest());
        assertThat(ClassDigest.of(Declaration.class)).isNotEqualTo(ORACLE.digest());
    }
}
