package org.aiis.reference.older;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Resize of version 10 and Upsample: a coordinate of the result is divided by the scale, which version 11 calls asymmetric. The nearest
 * element is then the one before, and where an axis shrinks the one after: the text does not say it, and the test
 * {@code resize_downsample_scales_nearest} of ONNX 1.5 does.
 */
final class Resampling {
    private Resampling() {}

    static List<NodeProto> resize(Rewriting r) {
        return r.version() >= 11 ? r.last(r.old()) : scaled(r, r.old().getInput(1));
    }

    static List<NodeProto> upsample(Rewriting r) {
        if (r.version() >= 9) {
            return scaled(r, r.old().getInput(1));
        }
        AttributeProto scales = r.attribute("scales").orElseThrow(() -> r.refusal("attribute 'scales' is missing"));
        float[] values = new float[scales.getFloatsCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = scales.getFloats(i);
        }
        return scaled(r, r.constant("scales", Tensor.ofFloats(Shape.of(values.length), values)));
    }

    private static List<NodeProto> scaled(Rewriting r, String scales) {
        Optional<Tensor> known = r.scope().constant(scales);
        boolean shrinks =
                known.map(t -> Arrays.stream(t.reals()).anyMatch(s -> s < 1)).orElse(false);
        return r.last(
                "Resize",
                List.of(r.old().getInput(0), "", scales),
                List.of("mode", "scales"),
                Attribute.of("mode", r.word("mode", "nearest")),
                Attribute.of("coordinate_transformation_mode", "asymmetric"),
                Attribute.of("nearest_mode", shrinks ? "ceil" : "floor"));
    }
}
