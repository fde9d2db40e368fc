package org.aiis.reference.pipeline.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Compares the gradient that a tape draws with (f(x + h) − f(x − h)) / 2h in binary64, both computed by the evaluator. The function is
 * Σ r·f(x) with fixed random r, so that no element of a derivative can stand in for another.
 */
final class CentralDifferences {
    private static final double H = 1e-6;

    private CentralDifferences() {}

    /** The largest distance of an element, relative to 1 or to the element where that is larger. */
    static double error(List<Shape> shapes, double low, double high, BiFunction<Tape, List<Value>, Value> function) {
        SplitMix random = new SplitMix(17);
        Map<String, Tensor> point = new TreeMap<>();
        for (int i = 0; i < shapes.size(); i++) {
            Tensor.Builder x = new Tensor.Builder(ElementType.FLOAT64, shapes.get(i));
            for (int k = 0; k < x.build().size(); k++) {
                x.setReal(k, random.uniform(low, high));
            }
            point.put("x" + i, x.build());
        }
        Tape tape = new Tape(17, ElementType.FLOAT64);
        List<Value> inputs = point.entrySet().stream()
                .map(e -> tape.input(
                        e.getKey(),
                        ElementType.FLOAT64,
                        e.getValue().shape().dims().toArray()))
                .toList();
        Value y = Layout.flat(tape, function.apply(tape, inputs));
        double[] r = random.permutation((int) y.size().number()).length == 0
                ? new double[0]
                : Arrays.stream(random.permutation((int) y.size().number()))
                        .mapToDouble(i -> 0.3 + i * 0.37 % 1)
                        .toArray();
        Value weighed =
                Elementwise.mul(tape, y, tape.constant(Tensor.ofReals(ElementType.FLOAT64, Shape.of(r.length), r)));
        Value loss = Reductions.sum(tape, weighed, true, 0);
        List<Value> gradient = tape.gradient(loss, inputs);
        tape.output("loss", loss);
        for (int i = 0; i < gradient.size(); i++) {
            assertThat(gradient.get(i).extents()).isEqualTo(inputs.get(i).extents());
            tape.output("g" + i, gradient.get(i));
        }
        return error(Program.load(tape.build()), point);
    }

    private static double error(Program program, Map<String, Tensor> point) {
        double worst = 0;
        Map<String, Tensor> outputs = program.values(point);
        for (int i = 0; i < point.size(); i++) {
            Tensor x = point.get("x" + i);
            Tensor g = outputs.get("g" + i);
            for (int k = 0; k < x.size(); k++) {
                double slope = (loss(program, point, "x" + i, k, H) - loss(program, point, "x" + i, k, -H)) / (2 * H);
                worst = Math.max(worst, Math.abs(slope - g.real(k)) / Math.max(1, Math.abs(slope)));
            }
        }
        return worst;
    }

    private static double loss(Program program, Map<String, Tensor> point, String name, int k, double by) {
        double[] moved = point.get(name).reals();
        moved[k] += by;
        Map<String, Tensor> there = new TreeMap<>(point);
        there.put(name, Tensor.ofReals(ElementType.FLOAT64, point.get(name).shape(), moved));
        return program.values(there).get("loss").real(0);
    }
}
