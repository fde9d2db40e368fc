package org.aiis.reference.pipeline.network;

import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.reference.pipeline.preprocess.Resampling;
import org.aiis.reference.pipeline.preprocess.Scaling;
import org.aiis.spec.tensor.ElementType;

/** How images come to a network, as a graph input {@code images uint8}, and what is done to them before its first layer. */
public sealed interface ImageInput {
    /** Height and width that the first layer takes. */
    int SIDE = 28;

    /** 1 for grey, 3 for red, green, blue. */
    int channels();

    /** Declares the input. */
    Draft declared(Draft draft);

    /** Its values in [0, 1], {@code [n, channels, 28, 28]}. */
    String channelsFirst(Draft draft);

    /** The same, {@code [n, 28, 28, channels]}. */
    String channelsLast(Draft draft);

    /** For whoever has the model alone. */
    String note();

    /** Grey images that have the size already: {@code uint8 [n, 28, 28]}. */
    record Squares() implements ImageInput {
        @Override
        public int channels() {
            return 1;
        }

        @Override
        public Draft declared(Draft draft) {
            return draft.input("images", ElementType.UINT8, "n", SIDE, SIDE);
        }

        @Override
        public String channelsFirst(Draft draft) {
            return draft.op("Unsqueeze", Scaling.image(draft, "images"), draft.integers(1));
        }

        @Override
        public String channelsLast(Draft draft) {
            return draft.op("Unsqueeze", Scaling.image(draft, "images"), draft.integers(3));
        }

        @Override
        public String note() {
            return "images as uint8, 0 to 255; scaling to [0, 1] is part of the model";
        }
    }

    /** Images of any size, those of a batch of one: {@code uint8 [n, height, width, channels]}, as a decoder gives them. */
    record AnySize(int channels) implements ImageInput {
        public AnySize {
            if (channels != 1 && channels != 3) {
                throw new IllegalArgumentException(channels + " channels");
            }
        }

        @Override
        public Draft declared(Draft draft) {
            return draft.input("images", ElementType.UINT8, "n", "height", "width", channels);
        }

        @Override
        public String channelsFirst(Draft draft) {
            String scaled = Scaling.image(draft, "images");
            String planes = draft.op("Transpose", List.of(scaled), Attribute.ints("perm", 0, 3, 1, 2));
            return Resampling.square(draft, planes, SIDE);
        }

        @Override
        public String channelsLast(Draft draft) {
            return draft.op("Transpose", List.of(channelsFirst(draft)), Attribute.ints("perm", 0, 2, 3, 1));
        }

        @Override
        public String note() {
            return "images as uint8, 0 to 255, n x height x width x "
                    + (channels == 1 ? "1, grey" : "3, red green blue")
                    + ", of any size; resampling to 28 x 28 and scaling to [0, 1] are part of the model";
        }
    }
}
