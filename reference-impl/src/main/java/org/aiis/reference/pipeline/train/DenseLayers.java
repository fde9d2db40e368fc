package org.aiis.reference.pipeline.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Dense layers one after another, a rectifier after each but the last. All weights lie in one vector: of each layer the
 * kernel {@code [in, out]} row by row, then the bias {@code [out]}.
 *
 * @param widths of the input and of each layer's result: 1352, 64, 10 is two layers
 */
public record DenseLayers(List<Integer> widths) {
    public DenseLayers {
        widths = List.copyOf(widths);
        if (widths.size() < 2 || widths.stream().anyMatch(w -> w < 1)) {
            throw InputException.of("layers of widths " + widths, "two widths or more, each 1 or more, are expected");
        }
    }

    public static DenseLayers of(int... widths) {
        return new DenseLayers(Arrays.stream(widths).boxed().toList());
    }

    public int count() {
        return widths.size() - 1;
    }

    public int in(int layer) {
        return widths.get(layer);
    }

    public int out(int layer) {
        return widths.get(layer + 1);
    }

    public int inputs() {
        return widths.get(0);
    }

    public int classes() {
        return widths.get(count());
    }

    /** Extents of the pieces of the weight vector: kernel, bias, kernel, bias, … */
    public List<Shape> pieces() {
        List<Shape> pieces = new ArrayList<>();
        for (int layer = 0; layer < count(); layer++) {
            pieces.add(Shape.of(in(layer), out(layer)));
            pieces.add(Shape.of(out(layer)));
        }
        return pieces;
    }

    /** Names of the pieces: dense0.kernel, dense0.bias, … */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < count(); layer++) {
            names.add("dense" + layer + ".kernel");
            names.add("dense" + layer + ".bias");
        }
        return names;
    }

    /** Length of the weight vector. */
    public int parameters() {
        return pieces().stream().mapToInt(Shape::size).sum();
    }

    /** Where piece {@code index} begins in the weight vector. */
    public int offset(int index) {
        return pieces().subList(0, index).stream().mapToInt(Shape::size).sum();
    }

    /** Glorot and Bengio's uniform start: kernels in ±√(6 / (in + out)), biases 0. */
    public Tensor initialWeights(ElementType type, long seed) {
        SplitMix random = new SplitMix(seed);
        Tensor.Builder weights = new Tensor.Builder(type, Shape.of(parameters()));
        int at = 0;
        for (int layer = 0; layer < count(); layer++) {
            double limit = StrictMath.sqrt(6.0 / (in(layer) + out(layer)));
            for (int i = 0; i < in(layer) * out(layer); i++) {
                // Through float32, so that a float64 training starts from the very weights of the float32 one.
                weights.setReal(at++, (float) random.uniform(-limit, limit));
            }
            at += out(layer);
        }
        return weights.build();
    }

    /** The pieces of weight vector {@code w} as values of a graph. */
    public List<String> unpack(Draft draft, String w) {
        List<Shape> pieces = pieces();
        List<String> parts =
                draft.split(w, pieces.stream().mapToLong(Shape::size).toArray());
        List<String> shaped = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            shaped.add(
                    pieces.get(i).rank() == 1
                            ? parts.get(i)
                            : draft.reshape(parts.get(i), pieces.get(i).toLongs()));
        }
        return shaped;
    }

    /** The results of the layers on {@code x}, each after its rectifier; the last are the scores. */
    public List<String> forward(Draft draft, String x, List<String> weights) {
        List<String> results = new ArrayList<>();
        String a = x;
        for (int layer = 0; layer < count(); layer++) {
            String z = draft.op("Gemm", a, weights.get(2 * layer), weights.get(2 * layer + 1));
            a = layer == count() - 1 ? z : draft.op("Relu", z);
            results.add(a);
        }
        return results;
    }
}
