package org.aiis.conformance.pipeline;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.tensor.Bytes;

/** A pipeline over one data set: preprocessing, features, training, evaluation and deployment on a backend. */
public interface PipelineCase {
    /** The word by which it is asked for. */
    String name();

    /** What it does, in one line. */
    String summary();

    /**
     * Runs all five stages. Every tensor is computed by the setting's backend, but what only prepares or judges.
     *
     * @throws org.aiis.spec.codec.InputException when data or settings do not fit, or the backend cannot do a stage
     */
    Result run(Setting setting);

    /**
     * What a run leaves behind.
     *
     * @param files by path below the folder of results: the exported model under {@code models/NAME/VERSION/model.onnx}, where
     *     {@code aiis serve} looks for it, and what else a reader may want
     */
    record Result(PipelinePage page, SortedMap<String, Bytes> files) {
        public Result {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        }
    }
}
