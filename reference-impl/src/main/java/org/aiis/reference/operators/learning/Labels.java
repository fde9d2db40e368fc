package org.aiis.reference.operators.learning;

import java.util.ArrayList;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** The names of classes, integers or strings: one of two attributes. */
record Labels(List<Long> integers, List<String> strings) {
    private static final String STRINGS = "classlabels_strings";

    static Signature declared(Signature signature, String integers) {
        return signature
                .type("T1", Features.NUMBERS)
                .type(
                        "T2",
                        Types.set(ElementType.INT64, ElementType.STRING),
                        attributes -> attributes.has(STRINGS) ? ElementType.STRING : ElementType.INT64)
                .optional(integers, AttributeType.INTS)
                .optional(STRINGS, AttributeType.STRINGS);
    }

    static Labels of(Attributes attributes, String integers) {
        if (attributes.has(integers) == attributes.has(STRINGS)) {
            throw attributes.refusalAtRun("one of '" + integers + "' and '" + STRINGS + "' must be given");
        }
        return new Labels(
                java.util.Arrays.stream(Features.integers(attributes, integers))
                        .boxed()
                        .toList(),
                Features.strings(attributes, STRINGS));
    }

    int size() {
        return integers.size() + strings.size();
    }

    /** The label of the largest score of each row of scores, the first of equal ones. */
    Value best(Call call, Numbers scores, int rows) {
        int classes = size();
        List<String> words = new ArrayList<>();
        long[] numbers = new long[rows];
        for (int row = 0; row < rows; row++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (((Reals) scores).hi(row * classes + c) > ((Reals) scores).hi(row * classes + best)) {
                    best = c;
                }
            }
            if (strings.isEmpty()) {
                numbers[row] = integers.get(best);
            } else {
                words.add(strings.get(best));
            }
        }
        Shape shape = call.shape(rows);
        return strings.isEmpty() ? Value.integers(shape, numbers) : Value.of(Tensor.ofStrings(shape, words));
    }
}
