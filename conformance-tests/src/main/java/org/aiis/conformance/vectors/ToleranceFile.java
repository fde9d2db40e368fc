package org.aiis.conformance.vectors;

import java.util.List;
import java.util.Optional;

/**
 * tolerance.json of a data set: how each output is judged, with the names of the tensors that say it element by element.
 *
 * @param outputs in graph order
 */
record ToleranceFile(String accuracy, List<Output> outputs) {
    static final String NAME = "tolerance.json";

    ToleranceFile {
        outputs = List.copyOf(outputs);
    }

    /**
     * An output.
     *
     * @param kind notation of the tolerance; {@code exact} asks for the bits of {@code output_<i>.pb}, any NaN for a NaN
     * @param low file with the smallest accepted elements
     * @param sign file that says of which elements the sign of a zero counts; none when of no element
     */
    record Output(
            String name,
            String kind,
            Optional<String> low,
            Optional<String> high,
            Optional<String> sign,
            Optional<Rms> rms) {}

    /** The RMS of (y − real − rest)/sigma is no more than limit, over at least {@code from} finite elements with sigma > 0. */
    record Rms(String real, String rest, String sigma, double limit, int from) {}
}
