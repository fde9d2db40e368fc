package org.aiis.spec.testing;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** A tensor that a backend gave, whole or, where an exact match was asked and found, by its digest. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kept")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Recorded.Whole.class, name = "whole"),
    @JsonSubTypes.Type(value = Recorded.Digest.class, name = "digest")
})
public sealed interface Recorded {
    record Whole(Tensor tensor) implements Recorded {
        @Override
        public ElementType type() {
            return tensor.type();
        }

        @Override
        public Shape shape() {
            return tensor.shape();
        }

        @Override
        public String digest() {
            return tensor.digest();
        }
    }

    record Digest(ElementType type, Shape shape, String digest) implements Recorded {
        @Override
        public Tensor tensor() {
            throw new IllegalStateException("only the digest of this output was kept");
        }
    }

    ElementType type();

    Shape shape();

    /** {@link Tensor#digest()} of it. */
    String digest();

    /** The tensor; throws when only its digest was kept. */
    Tensor tensor();
}
