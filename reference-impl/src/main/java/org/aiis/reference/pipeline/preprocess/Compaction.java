package org.aiis.reference.pipeline.preprocess;

import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Places of records chosen by a mask, in order, by sums and comparisons alone: exact below 2^24 records. */
final class Compaction {
    private Compaction() {}

    /** The places 0, 1, … of the records of vector {@code like}, as reals. */
    static String places(Draft draft, String like) {
        String ones = draft.op("Expand", draft.real(1), draft.op("Shape", like));
        return draft.op("Sub", count(draft, ones), draft.real(1));
    }

    /** Places, int64 {@code [k]}, of the k records whose mask {@code [n]} is 1 and not 0. */
    static String chosen(Draft draft, String mask) {
        String rank = draft.op("Sub", count(draft, mask), draft.real(1));
        String rows = draft.op("Unsqueeze", places(draft, mask), draft.integers(1));
        String here = draft.op("And", draft.op("Equal", rows, rank), draft.op("Greater", mask, draft.real(0)));
        AttributeProto[] attributes = {Attribute.of("axis", 1), Attribute.of("keepdims", 0)};
        String found = draft.op("ArgMax", List.of(draft.indicator(here)), attributes);
        String many = draft.cast(draft.sum(mask, true, 0), ElementType.INT64);
        return draft.op("Slice", found, draft.integers(0), many, draft.integers(0));
    }

    private static String count(Draft draft, String mask) {
        return draft.op("CumSum", mask, draft.constant(Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 0)));
    }
}
