package org.aiis.conformance.scheme;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Step;

/** An ICS to begin with: for a run without one, and for {@code init-ics}. */
public final class IcsDraft {
    /** Seconds that a step may take. */
    public static final int TIMEOUT_SECONDS = 20;

    private IcsDraft() {}

    /** Claims nothing beyond what a profile asks for. */
    public static Ics minimal(Sut sut, int workers, SortedMap<String, String> options) {
        return claiming(sut, workers, options, Set.of(), Set.of());
    }

    /**
     * Claims these pairs.
     *
     * @param fallback operators declared to run on another provider
     */
    public static Ics claiming(
            Sut sut, int workers, SortedMap<String, String> options, Set<OperatorType> pairs, Set<String> fallback) {
        Map<String, List<ElementType>> byOperator = new TreeMap<>();
        pairs.stream().sorted().forEach(p -> byOperator
                .computeIfAbsent(p.operator(), o -> new ArrayList<>())
                .add(p.type()));
        List<Ics.Claim> claims = new ArrayList<>();
        byOperator.forEach((operator, types) -> claims.add(new Ics.Claim(operator, types)));
        return new Ics(
                "not stated",
                new Ics.Product(sut.name(), sut.vendor(), sut.version()),
                Accuracy.RELAXED,
                claims,
                told(sut),
                List.of(),
                List.of("run-to-run"),
                sessions(sut),
                fallback.stream().sorted().toList(),
                List.of(),
                List.of(),
                new Ics.Ixit(sut.backend(), sut.provider(), workers, TIMEOUT_SECONDS, options));
    }

    /**
     * What callers expect of any runtime, listed or not, so that a worker that cannot show it is seen not to; compiled models
     * only where the worker says that there are any.
     */
    private static List<String> sessions(Sut sut) {
        List<String> claims = new ArrayList<>(List.of("concurrent-runs", "concurrent-sessions", "cancellation"));
        if (sut.optionalSteps().contains(Step.COMPILE)) {
            claims.add("compiled-models");
        }
        return claims;
    }

    /** Precision modes in use, as the backend tells them. */
    public static Set<PrecisionMode> modes(Sut sut) {
        return told(sut).stream().map(PrecisionMode::named).collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> told(Sut sut) {
        String modes = sut.properties().getOrDefault(Sut.PRECISION_MODES, "");
        return modes.isEmpty()
                ? List.of()
                : Pattern.compile(",").splitAsStream(modes).toList();
    }
}
