package org.aiis.conformance.worker;

import java.util.SortedMap;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;

/** Writes a model from a template and the tensors that take the place of its named initializers. */
@FunctionalInterface
public interface Exporter {
    /** Refuses: for runs whose scripts export nothing. */
    Exporter NONE = (template, initializers) -> {
        throw InputException.of("this run has nothing to export models with", "");
    };

    /** @throws InputException when the template has no such initializer; the step is then not driven */
    Bytes export(Bytes template, SortedMap<String, Tensor> initializers);
}
