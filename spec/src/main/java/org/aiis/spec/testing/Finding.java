package org.aiis.spec.testing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A verdict with what explains it.
 *
 * @param message case, element, got, reference, error in units of the limit, allowed; empty when there is nothing to say
 * @param worst largest error in units of its limit, where one was computed and is finite
 * @param reason a word for machines, such as {@code not-driven}, {@code crashed}, {@code placement}
 * @param basis whether a FAIL breaks ONNX's text or a rule of this standard
 * @param tallies counts that aggregate requirements add up
 * @param patterns how wrong outputs are wrong, each once and in order; empty where no outputs were compared or none was wrong
 */
public record Finding(
        Verdict verdict,
        String message,
        Optional<Double> worst,
        Optional<String> reason,
        Basis basis,
        SortedMap<String, Long> tallies,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ErrorPattern> patterns) {
    public Finding {
        patterns = patterns.isEmpty() ? List.of() : List.copyOf(new TreeSet<>(patterns));
        tallies = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(tallies));
    }

    /** Whose text a failure breaks. */
    public enum Basis {
        ONNX,
        STANDARD
    }

    public static Finding of(Verdict verdict, String message) {
        return new Finding(
                verdict, message, Optional.empty(), Optional.empty(), Basis.STANDARD, new TreeMap<>(), List.of());
    }

    public static Finding pass() {
        return of(Verdict.PASS, "");
    }

    public static Finding fail(String reason, String message) {
        return of(Verdict.FAIL, message).because(reason);
    }

    public Finding because(String word) {
        return new Finding(verdict, message, worst, Optional.of(word), basis, tallies, patterns);
    }

    public Finding by(Basis whose) {
        return new Finding(verdict, message, worst, reason, whose, tallies, patterns);
    }

    public Finding withWorst(double error) {
        return Double.isFinite(error)
                ? new Finding(verdict, message, Optional.of(error), reason, basis, tallies, patterns)
                : this;
    }

    public Finding withTallies(Map<String, Long> more) {
        return new Finding(verdict, message, worst, reason, basis, new TreeMap<>(more), patterns);
    }

    public Finding saying(String text) {
        return new Finding(verdict, text, worst, reason, basis, tallies, patterns);
    }

    public Finding showing(Collection<ErrorPattern> seen) {
        return new Finding(verdict, message, worst, reason, basis, tallies, List.copyOf(seen));
    }
}
