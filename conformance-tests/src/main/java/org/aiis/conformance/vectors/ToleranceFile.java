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
            Optional<Statistics> statistics) {}

    /**
     * Limits on e = (y − real − rest)/sigma over the n elements whose sigma is over 0 and whose real is finite: their root mean
     * square is no more than {@code rms} when n is at least {@code from}; or, for dot products with x = {@code exponent}, the
     * mean of e² is no more than 1 + 2·√(x/n) + 2x/n and that of e·sign(real) no more than √(2x/n) of either sign, each over
     * all elements or over those whose real is distinct.
     */
    record Statistics(String real, String rest, String sigma, double rms, int from, double exponent) {}
}
