package org.aiis.conformance.qualification.dots;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * Chooses C and N of the kind relative to sensitivity: how many spreads right float32 evaluations of networks of different
 * depths are off by, and how many defective ones.
 */
final class SensitivityExperiment {
    private static final int WIDTH = 40;
    private static final int BATCH = 6;
    private static final int[] DEPTHS = {1, 4, 12};

    private SensitivityExperiment() {}

    /** One way: the largest and the smallest over networks of the worst element's error in spreads. */
    record Line(String way, boolean right, double largest, double smallest) {}

    static List<Line> run(int runs, int seeds) {
        Map<String, Dot> right = new LinkedHashMap<>();
        right.put("forward", Orders::forward);
        right.put("backward", Orders::backward);
        right.put("pairwise", Orders::pairwise);
        right.put("8 lanes", Orders.lanes(8));
        right.put("blocks of 4", Orders.blocked(4));
        right.put("shuffled", Orders::shuffled);
        right.put("wide accumulator", Orders::wide);
        right.put("bf16 × 9", Units.pieces(3, 4));
        Map<String, Dot> wrong = new LinkedHashMap<>();
        wrong.put("TF32 inputs", Units.rounding(Machine.TF32, Orders::forward));
        wrong.put("bf16 inputs", Units.rounding(Machine.BFLOAT16, Orders::forward));
        wrong.put("two-piece bf16", Units.pieces(2, 1));
        wrong.put("fp16 accumulator", (a, b, c, m) -> Orders.forward(a, b, c, Machine.BINARY16));
        wrong.put("last product dropped", (a, b, c, m) -> m.add(Orders.run(a, b, 0, a.length - 1, m), c));
        List<Line> lines = new ArrayList<>();
        right.forEach((name, dot) -> lines.add(line(name, true, dot, runs, seeds)));
        wrong.forEach((name, dot) -> lines.add(line(name, false, dot, runs, seeds)));
        return lines;
    }

    private static Line line(String name, boolean right, Dot dot, int runs, int seeds) {
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int depth : DEPTHS) {
            for (int seed = 0; seed < seeds; seed++) {
                Seeded seeded = Seeded.by("network " + depth + " " + seed);
                Tensor x = drawn(seeded, 1, BATCH, WIDTH);
                Bytes model = network(seeded, x, depth);
                Map<String, Tensor> inputs = Map.of("x", x);
                Reference.Value reference = output(new Evaluator().sensitivity(model, inputs, runs));
                Reference.Value y = output(
                        Evaluator.withArithmetic(type -> new Calculated(dot)).evaluate(model, inputs));
                double worst = 0;
                for (int i = 0; i < reference.shape().size(); i++) {
                    worst = Math.max(worst, Math.abs(y.real(i) - reference.real(i)) / reference.sigma(i));
                }
                largest = Math.max(largest, worst);
                smallest = Math.min(smallest, worst);
            }
        }
        return new Line(name, right, largest, smallest);
    }

    private static Reference.Value output(Reference reference) {
        return Objects.requireNonNull(reference.outputs().get("y"));
    }

    /** So many layers tanh(x·w + b). */
    private static Bytes network(Seeded seeded, Tensor x, int depth) {
        ModelBuilder model = new ModelBuilder(17).input("x", x).openOutput("y", ElementType.FLOAT32);
        String last = "x";
        for (int layer = 0; layer < depth; layer++) {
            String end = layer == depth - 1 ? "y" : "t" + layer;
            model.initializer("w" + layer, drawn(seeded, 1.5 / Math.sqrt(WIDTH), WIDTH, WIDTH))
                    .initializer("b" + layer, drawn(seeded, 0.2, WIDTH))
                    .node("MatMul", List.of(last, "w" + layer), List.of("p" + layer))
                    .node("Add", List.of("p" + layer, "b" + layer), List.of("s" + layer))
                    .node("Tanh", List.of("s" + layer), List.of(end));
            last = end;
        }
        return model.build();
    }

    private static Tensor drawn(Seeded seeded, double size, long... dims) {
        Shape shape = Shape.of(dims);
        double[] values = new double[shape.size()];
        java.util.Arrays.setAll(values, i -> (float) seeded.between(-size, size));
        return Tensor.ofReals(ElementType.FLOAT32, shape, values);
    }
}
