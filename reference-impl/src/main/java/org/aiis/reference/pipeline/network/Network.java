package org.aiis.reference.pipeline.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.pipeline.gradient.Extent;
import org.aiis.reference.pipeline.gradient.Layout;
import org.aiis.reference.pipeline.gradient.Tape;
import org.aiis.reference.pipeline.gradient.Value;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** A network whose weights lie in one vector, piece after piece. */
public interface Network {
    /** A piece of the weight vector. It starts uniform in ± {@code limit}. */
    record Piece(String name, Shape shape, double limit) {
        /** A kernel as Glorot and Bengio (2010) start it: in ±√(6 / (in + out)). */
        public static Piece kernel(String name, Shape shape, int in, int out) {
            return new Piece(name, shape, StrictMath.sqrt(6.0 / (in + out)));
        }

        /** A bias, which starts at 0. */
        public static Piece bias(String name, int extent) {
            return new Piece(name, Shape.of(extent), 0);
        }
    }

    /**
     * What a forward pass gives.
     *
     * @param loss mean over the batch, {@code [1]}
     * @param others more outputs of a training step by name, such as {@code correct [1]}
     */
    record Forward(Value loss, SortedMap<String, Value> others) {
        public Forward {
            others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
        }
    }

    List<Piece> pieces();

    /** Names of the graph inputs that hold all records, as {@link #forward} declares them. */
    List<String> data();

    /**
     * Draws the forward pass with its loss, and declares the data.
     *
     * @param weights the pieces in order
     * @param batch places of the batch's records, int64 {@code [n]}
     */
    Forward forward(Tape tape, List<Value> weights, Value batch);

    /** Length of the weight vector. */
    default int parameters() {
        return pieces().stream().mapToInt(p -> p.shape().size()).sum();
    }

    /** The pieces of a weight vector as values of a graph. */
    default List<Value> unpack(Tape tape, Value w) {
        long[] sizes = pieces().stream().mapToLong(p -> p.shape().size()).toArray();
        List<Value> parts = Layout.split(tape, w, 0, sizes);
        List<Value> shaped = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Extent[] extents =
                    pieces().get(i).shape().dims().stream().map(Extent::of).toArray(Extent[]::new);
            shaped.add(extents.length == 1 ? parts.get(i) : Layout.reshape(tape, parts.get(i), extents));
        }
        return shaped;
    }

    /** First weights from a seed, through float32, so that a float64 training starts from the very same ones. */
    default Tensor initialWeights(ElementType type, long seed) {
        SplitMix random = new SplitMix(seed);
        Tensor.Builder weights = new Tensor.Builder(type, Shape.of(parameters()));
        int at = 0;
        for (Piece piece : pieces()) {
            for (int i = 0; i < piece.shape().size(); i++, at++) {
                weights.setReal(at, piece.limit() == 0 ? 0 : (float) random.uniform(-piece.limit(), piece.limit()));
            }
        }
        return weights.build();
    }

    /** A piece out of a weight vector. */
    default Tensor piece(String name, Tensor weights) {
        int at = 0;
        for (Piece piece : pieces()) {
            if (piece.name().equals(name)) {
                Tensor.Builder part = new Tensor.Builder(weights.type(), piece.shape());
                for (int i = 0; i < piece.shape().size(); i++) {
                    part.setBits(i, weights.bits(at + i));
                }
                return part.build();
            }
            at += piece.shape().size();
        }
        throw new IllegalArgumentException("no piece '" + name + "'");
    }
}
