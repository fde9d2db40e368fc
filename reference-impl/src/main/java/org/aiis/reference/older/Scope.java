package org.aiis.reference.older;

import java.util.Optional;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** What is known of the tensors that a node reads before the model runs. */
public interface Scope {
    /** Element type of a tensor. */
    Optional<ElementType> type(String name);

    /** Its elements, where an initializer gives them. */
    Optional<Tensor> constant(String name);
}
