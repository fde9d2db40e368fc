package org.aiis.reference.pipeline.data;

import java.util.Iterator;
import org.aiis.spec.tensor.Tensor;

/** Images with their classes, handed out in pieces: all of them at once may be more than memory holds. */
public interface Pictures {
    int size();

    /** The class of each, int64 {@code [n]}. */
    Tensor labels();

    /** Records {@code from} to before {@code to}. */
    Pictures slice(int from, int to);

    /**
     * All images in order, uint8: each tensor holds some that follow each other and have one size, its first axis counts them. A piece
     * is made when it is asked for.
     */
    Iterator<Tensor> pieces();
}
