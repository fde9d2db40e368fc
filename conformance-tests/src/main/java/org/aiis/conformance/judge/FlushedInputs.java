package org.aiis.conformance.judge;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** Inputs as a system under test may read them that claims flushing: every subnormal number is a zero of its sign. */
final class FlushedInputs {
    private FlushedInputs() {}

    static Map<String, Tensor> of(Map<String, Tensor> inputs, Set<ElementType> flushed) {
        Map<String, Tensor> read = new TreeMap<>(inputs);
        read.replaceAll((name, tensor) -> flushed.contains(tensor.type()) ? flushed(tensor) : tensor);
        return read;
    }

    private static Tensor flushed(Tensor tensor) {
        double least = tensor.type().format().smallestNormal();
        Tensor.Builder read = new Tensor.Builder(tensor.type(), tensor.shape());
        boolean changed = false;
        for (int i = 0; i < tensor.size(); i++) {
            double value = tensor.real(i);
            if (value != 0 && Math.abs(value) < least) {
                read.setReal(i, Math.copySign(0.0, value));
                changed = true;
            } else {
                read.setBits(i, tensor.bits(i));
            }
        }
        return changed ? read.build() : tensor;
    }
}
