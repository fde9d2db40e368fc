package org.aiis.reference.pipeline.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.gradient.Elementwise;
import org.aiis.reference.pipeline.gradient.Extent;
import org.aiis.reference.pipeline.gradient.Layout;
import org.aiis.reference.pipeline.gradient.Linear;
import org.aiis.reference.pipeline.gradient.Losses;
import org.aiis.reference.pipeline.gradient.Patches;
import org.aiis.reference.pipeline.gradient.Tape;
import org.aiis.reference.pipeline.gradient.Value;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The convolutional network of case A on images of 28 × 28: 32 kernels of 3 × 3, pooling, 64 of 3 × 3, pooling, 64 of 3 × 3, dense 64,
 * dense for as many as there are classes; a rectifier after each but the last, pooling by the maximum of squares of 2 × 2, no padding.
 * The weights lie as Keras has them: kernels by row, column, channel in, channel out, activations channels last.
 *
 * @param input how images come
 */
public record ImageNetwork(ImageInput input, int classes) implements Network {
    public static final int SIDE = ImageInput.SIDE;

    /** Length of the feature vector in front of the dense layers. */
    public static final int FEATURES = 576;

    /**
     * Of 13 × 13 places behind the first pooling the second takes in only the first 12 of each row and column: 10 × 10 of the 11 × 11
     * results of the second kernels go into a square of its own. What no result depends on is neither calculated nor differentiated.
     */
    private static final int POOLED1 = 12;

    private static final int POOLED2 = 5;

    /** Ten classes of grey images of 28 × 28. */
    public ImageNetwork() {
        this(new ImageInput.Squares(), 10);
    }

    @Override
    public List<Piece> pieces() {
        return List.of(
                Piece.kernel("conv1.kernel", Shape.of(taps(), 32), taps(), 9 * 32),
                Piece.bias("conv1.bias", 32),
                Piece.kernel("conv2.kernel", Shape.of(9 * 32, 64), 9 * 32, 9 * 64),
                Piece.bias("conv2.bias", 64),
                Piece.kernel("conv3.kernel", Shape.of(9 * 64, 64), 9 * 64, 9 * 64),
                Piece.bias("conv3.bias", 64),
                Piece.kernel("dense1.kernel", Shape.of(FEATURES, 64), FEATURES, 64),
                Piece.bias("dense1.bias", 64),
                Piece.kernel("dense2.kernel", Shape.of(64, classes), 64, classes),
                Piece.bias("dense2.bias", classes));
    }

    /** Values that a kernel of the first layer sees. */
    private int taps() {
        return 9 * input.channels();
    }

    @Override
    public List<String> data() {
        return List.of("x", "y");
    }

    /** The data: {@code x [records, 28, 28, channels]} in [0, 1] and {@code y int64 [records]}. */
    @Override
    public Forward forward(Tape tape, List<Value> weights, Value batch) {
        Value x = tape.input("x", tape.real(), "records", SIDE, SIDE, input.channels());
        Value y = tape.input("y", ElementType.INT64, "records");
        Value labels = Layout.records(tape, y, batch);
        Value scores = scores(tape, weights, features(tape, weights, Layout.records(tape, x, batch)));
        AttributeProto[] last = {Attribute.of("axis", 1), Attribute.of("keepdims", 0)};
        Value predicted = tape.node("ArgMax", List.of(scores), ElementType.INT64, List.of(scores.extent(0)), last);
        Value right = Elementwise.indicator(tape, "Equal", predicted, labels);
        Value correct = tape.node("ReduceSum", List.of(right, tape.integers(0)), tape.real(), List.of(Extent.of(1)));
        return new Forward(Losses.crossEntropy(tape, scores, labels), new TreeMap<>(Map.of("correct", correct)));
    }

    /** Features {@code [n, 576]} of images {@code [n, 28, 28, channels]}. */
    private Value features(Tape tape, List<Value> weights, Value images) {
        Value one = pooled(tape, quadrantsOfPixels(tape, images, weights.get(0)), weights.get(1), POOLED1);
        List<Value> second =
                Patches.quadrants(POOLED1, POOLED1, 3, 3).convolve(tape, one, weights.get(2), Optional.empty());
        Value two = pooled(tape, second, weights.get(3), POOLED2);
        Value third = Patches.all(POOLED2, POOLED2, 3, 3)
                .convolve(tape, two, weights.get(4), Optional.of(weights.get(5)))
                .get(0);
        return Layout.reshape(tape, Elementwise.relu(tape, third), images.extent(0), Extent.of(FEATURES));
    }

    private static Value scores(Tape tape, List<Value> weights, Value features) {
        Value dense = Elementwise.relu(tape, Linear.dense(tape, features, weights.get(6), weights.get(7)));
        return Linear.dense(tape, dense, weights.get(8), weights.get(9));
    }

    /**
     * Gathering single floats is slow: with few channels the patches are made of sixteen strided slices. They lie tap by tap, one row of
     * all positions each, so that every slice is copied in one piece.
     */
    private List<Value> quadrantsOfPixels(Tape tape, Value images, Value kernel) {
        Extent positions = images.extent(0).times(Extent.of(POOLED1 * POOLED1));
        List<List<List<Value>>> slices = new ArrayList<>();
        for (int a = 0; a < 4; a++) {
            Value rows = Layout.slice(tape, images, 1, a, a + 2 * POOLED1 - 1, 2);
            List<List<Value>> row = new ArrayList<>();
            for (int b = 0; b < 4; b++) {
                Value slice = Layout.slice(tape, rows, 2, b, b + 2 * POOLED1 - 1, 2);
                List<Value> channels =
                        input.channels() == 1 ? List.of(slice) : Layout.split(tape, slice, 3, input.channels());
                row.add(channels.stream()
                        .map(c -> Layout.reshape(tape, c, Extent.of(1), positions))
                        .toList());
            }
            slices.add(row);
        }
        List<Value> quadrants = new ArrayList<>();
        for (int q = 0; q < 4; q++) {
            List<Value> taps = new ArrayList<>();
            for (int tap = 0; tap < 9; tap++) {
                taps.addAll(slices.get(q / 2 + tap / 3).get(q % 2 + tap % 3));
            }
            quadrants.add(Linear.gemm(tape, Layout.concat(tape, 0, taps), true, kernel, false, Optional.empty()));
        }
        return quadrants;
    }

    /** Maximum, then bias and rectifier, which commute with it and are a quarter of the work behind it. */
    private static Value pooled(Tape tape, List<Value> quadrants, Value bias, int side) {
        Value upper = Elementwise.max(tape, quadrants.get(0), quadrants.get(1));
        Value lower = Elementwise.max(tape, quadrants.get(2), quadrants.get(3));
        Value most = Elementwise.max(tape, upper, lower);
        Value rectified = Elementwise.relu(tape, Elementwise.add(tape, most, bias));
        Extent n = new Extent(1, most.extent(0).symbol());
        return Layout.reshape(tape, rectified, n, Extent.of((long) side * side), most.extent(1));
    }

    /** {@code images uint8} as they come to {@code x float32 [n, 28, 28, channels]}, as the training takes them. */
    public Bytes scaled() {
        Draft draft = input.declared(new Draft(17, ElementType.FLOAT32));
        return draft.output("x", input.channelsLast(draft), ElementType.FLOAT32, "n", SIDE, SIDE, input.channels())
                .build();
    }

    /**
     * The model for inference in the operators that other tools know, Conv and MaxPool: from {@code images uint8} as they come to
     * {@code features [n, 576]}, {@code scores [n, classes]} and {@code predicted int64 [n]}.
     *
     * @param weights float32, the whole vector
     * @param names of the classes in their order, which the model keeps; none where it needs none
     */
    public Bytes inference(int opset, Tensor weights, List<String> names) {
        Draft draft = input.declared(new Draft(opset, ElementType.FLOAT32))
                .metadata("aiis.network", "conv 32, 64, 64 of 3x3, dense 64, " + classes)
                .metadata("aiis.input", input.note());
        if (!names.isEmpty()) {
            draft.metadata("aiis.classes", "[\"" + String.join("\", \"", names) + "\"]");
        }
        String x = input.channelsFirst(draft);
        for (int layer = 1; layer <= 3; layer++) {
            x = draft.op("Relu", convolved(draft, x, layer, weights));
            if (layer < 3) {
                AttributeProto[] square = {Attribute.ints("kernel_shape", 2, 2), Attribute.ints("strides", 2, 2)};
                x = draft.op("MaxPool", List.of(x), square);
            }
        }
        String last = draft.op("Transpose", List.of(x), Attribute.ints("perm", 0, 2, 3, 1));
        String features = draft.op("Flatten", last);
        String dense = draft.op(
                "Relu",
                draft.op(
                        "Gemm",
                        features,
                        named(draft, "dense1.kernel", weights),
                        named(draft, "dense1.bias", weights)));
        String scores =
                draft.op("Gemm", dense, named(draft, "dense2.kernel", weights), named(draft, "dense2.bias", weights));
        AttributeProto[] best = {Attribute.of("axis", 1), Attribute.of("keepdims", 0)};
        return draft.output("features", features, ElementType.FLOAT32, "n", FEATURES)
                .output("scores", scores, ElementType.FLOAT32, "n", classes)
                .output("predicted", draft.op("ArgMax", List.of(scores), best), ElementType.INT64, "n")
                .build();
    }

    private String convolved(Draft draft, String x, int layer, Tensor weights) {
        Tensor kernel = piece("conv" + layer + ".kernel", weights);
        int results = kernel.shape().dim(1);
        int channels = kernel.shape().dim(0) / 9;
        Tensor.Builder turned = new Tensor.Builder(weights.type(), Shape.of(results, channels, 3, 3));
        for (int tap = 0; tap < 9; tap++) {
            for (int in = 0; in < channels; in++) {
                for (int out = 0; out < results; out++) {
                    turned.setBits((out * channels + in) * 9 + tap, kernel.bits((tap * channels + in) * results + out));
                }
            }
        }
        String w = draft.initializer("conv" + layer + ".kernel", turned.build());
        String b = named(draft, "conv" + layer + ".bias", weights);
        return draft.op("Conv", List.of(x, w, b), Attribute.ints("kernel_shape", 3, 3));
    }

    private String named(Draft draft, String name, Tensor weights) {
        return draft.initializer(name, piece(name, weights));
    }
}
