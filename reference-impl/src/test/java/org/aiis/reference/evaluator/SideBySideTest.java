package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.StringStringEntryProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.junit.jupiter.api.Test;

/** Evaluations side by side give what each gives alone, and read what lies in files once. */
class SideBySideTest {
    private static final int SIZE = 6;
    private static final int NODES = 4;

    private final AtomicInteger reads = new AtomicInteger();
    private final Map<String, Tensor> inputs = Map.of("x", numbers(2, 0.3));
    private final Map<String, ByteString> data = new HashMap<>();

    private static Tensor numbers(int rows, double step) {
        double[] values = new double[rows * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(1 + i * step);
        }
        return Tensor.ofReals(ElementType.FLOAT32, Shape.of(rows, SIZE), values);
    }

    private Bytes model() {
        ModelProto.Builder model = Models.parse(new ModelBuilder(17)
                        .input("x", ElementType.FLOAT32, 2, SIZE)
                        .initializer("w", numbers(SIZE, 0.7))
                        .initializer("v", numbers(3, 0.9))
                        .node("MatMul", List.of("x", "w"), List.of("a"))
                        .node("Tanh", List.of("a"), List.of("b"))
                        .node("Concat", List.of("v", "b", "v"), List.of("c"), Attribute.of("axis", 0))
                        .node("MatMul", List.of("c", "w"), List.of("y"))
                        .openOutput("y", ElementType.FLOAT32)
                        .build())
                .toBuilder();
        for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
            data.put(tensor.getName(), tensor.getRawData());
            tensor.clearRawData()
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(StringStringEntryProto.newBuilder()
                            .setKey("location")
                            .setValue(tensor.getName()));
        }
        return Bytes.own(model.build().toByteArray());
    }

    private ByteString read(String tensor, ExternalTensors.Place place) {
        reads.incrementAndGet();
        return data.getOrDefault(place.location(), ByteString.EMPTY);
    }

    private static Arithmetics shaken(long seed) {
        return Arithmetics.randomlyRounded(seed);
    }

    @Test
    void eachGivesWhatItGivesAloneAndFilesAreReadOnceForThoseUnderWay() {
        Program program = Program.load(model(), this::read);
        List<List<Double>> alone = LongStream.rangeClosed(1, 7)
                .mapToObj(seed -> numbers(program.evaluate(inputs, shaken(seed))))
                .toList();
        assertThat(alone).doesNotHaveDuplicates();
        for (int atOnce : new int[] {1, 3, 7, 20}) {
            reads.set(0);
            List<String> told = new ArrayList<>();
            List<Program.Shown> all = LongStream.rangeClosed(1, 7)
                    .mapToObj(seed -> new Program.Shown(shaken(seed), (name, value) -> told.add(name + seed)))
                    .toList();
            assertThat(program.evaluate(inputs, all, atOnce).stream().map(SideBySideTest::numbers))
                    .isEqualTo(alone);
            int groups = (7 + atOnce - 1) / atOnce;
            assertThat(reads.get()).isEqualTo(3 * groups);
            assertThat(told).hasSize(7 * NODES);
            for (int seed = 2; seed <= 7; seed++) {
                for (String tensor : List.of("a", "b", "c", "y")) {
                    assertThat(told.indexOf(tensor + seed)).isGreaterThan(told.indexOf(tensor + (seed - 1)));
                }
            }
        }
    }

    @Test
    void theSpreadOfTheOracleIsThatOfTheModelInOnePiece() {
        Bytes outside = model();
        ModelProto whole = ExternalTensors.inlined(Models.parse(outside), this::read);
        Reference one = Evaluator.over(this::read).sensitivity(outside, inputs, 16);
        Reference other = new Evaluator().sensitivity(Bytes.own(whole.toByteArray()), inputs, 16);
        Reference.Value y = one.outputs().get("y");
        for (int i = 0; i < y.shape().size(); i++) {
            assertThat(y.sigma(i))
                    .isPositive()
                    .isEqualTo(other.outputs().get("y").sigma(i));
        }
    }

    /** Held at once are c and y at the end, 8 × 6 numbers of 8 bytes each; before that less. */
    @Test
    void whatIsHeldAtOnceIsMeasured() {
        Program.Measured measured =
                Program.load(model(), this::read).measured(inputs, Arithmetics.values(), (name, value) -> {});
        assertThat(measured.held()).isBetween(8L * 8 * SIZE, 2 * 8L * 8 * SIZE);
        assertThat(measured.atOnce()).isGreaterThan(1000);
    }

    private static List<Double> numbers(Reference reference) {
        Reference.Value y = java.util.Objects.requireNonNull(reference.outputs().get("y"));
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < y.shape().size(); i++) {
            numbers.add(y.real(i));
        }
        return numbers;
    }
}
