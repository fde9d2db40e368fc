package org.aiis.spec.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Verdict;

/**
 * Which cases a run shows again after its main pass. It is settled before the run begins and follows from the findings of the
 * main pass alone, so that a verifier knows which repeats have to be there: none can be left out for what it showed.
 *
 * @param perThousand share of the cases that are shown to the same system again
 * @param failing most failing cases, beside that share, that are shown to the same system again
 * @param deaths most cases, beside those, at which a process died: what an earlier case did to its memory may have killed it;
 *     bundles of before say nothing of them
 * @param tracing how long the cause of a death is searched for that a fresh process does not die; empty in bundles of before, in
 *     which such cases were shown to any process
 * @param core whether failing cases are shown to the CPU provider of the same library
 * @param unoptimised whether all cases are shown with graph optimisation off
 */
public record Repeats(
        @JsonProperty(required = true) int perThousand,
        @JsonProperty(required = true) int failing,
        Optional<Integer> deaths,
        Optional<Tracing> tracing,
        boolean core,
        boolean unoptimised) {
    /** Nothing is shown again. */
    public static final Repeats NONE = new Repeats(0, 0, 0, false, false);

    /** A load lasts as long as it is asked to, and its times are never the same. */
    private static final String LOADS = "PERF-";

    private static final List<String> ENDS = List.of("crashed", "timed-out", "exceeded", "protocol");

    private static final String DEATH = "crashed";

    private static final int DEATHS = 200;

    private static final Tracing SHORT = new Tracing(180, 100_000);

    private static final Tracing LONG = new Tracing(1800, 1_000_000);

    /**
     * What a search for the causes of deaths may take; it ends with whichever comes first.
     *
     * @param seconds from its beginning, for all of them
     * @param cases shown for all of them
     */
    public record Tracing(
            @JsonProperty(required = true) int seconds,
            @JsonProperty(required = true) long cases) {}

    /**
     * Searches for no cause of a death.
     *
     * @param deaths most cases at which a process died
     */
    public Repeats(int perThousand, int failing, int deaths, boolean core, boolean unoptimised) {
        this(perThousand, failing, Optional.of(deaths), Optional.empty(), core, unoptimised);
    }

    /** The same cases, and a search for the causes of deaths among them. */
    public Repeats tracing(Tracing search) {
        return new Repeats(perThousand, failing, deaths, Optional.of(search), core, unoptimised);
    }

    /** What a grade asks for: 2 % and 12 failing cases in quick, 5 % and 200 failing cases in the others; 200 deaths in each. */
    public static Repeats of(Grade grade, boolean core, boolean unoptimised) {
        return grade == Grade.QUICK
                ? new Repeats(20, 12, DEATHS, core, unoptimised).tracing(SHORT)
                : new Repeats(50, 200, DEATHS, core, unoptimised).tracing(LONG);
    }

    /** Whether the run sets out to show cases again for a purpose. */
    public boolean asks(Purpose purpose) {
        return switch (purpose) {
            case REPEAT -> perThousand > 0 || failing > 0 || deaths.orElse(0) > 0;
            case CORE -> core;
            case UNOPTIMISED -> unoptimised;
        };
    }

    /** Whether a process died at a case, so that it is shown again to a fresh one. */
    public static boolean isDeath(Finding finding) {
        return finding.verdict() == Verdict.FAIL
                && finding.reason().filter(DEATH::equals).isPresent();
    }

    /** Whether a case with that finding can be among those that are shown again; what it came down to has to be kept until then. */
    public boolean mayShow(String id, long seed, Finding finding) {
        return unoptimised || finding.verdict() == Verdict.FAIL || isDrawn(id, seed);
    }

    private boolean isDrawn(String id, long seed) {
        return draw(id, seed) % 1000 < perThousand;
    }

    /** Ids of the cases that are shown again for a purpose, given the findings of the main pass by id. */
    public SortedSet<String> select(Purpose purpose, long seed, Map<String, Finding> findings) {
        SortedMap<String, Finding> all = new TreeMap<>(findings);
        all.keySet().removeIf(id -> id.startsWith(LOADS));
        SortedMap<String, Finding> failed = new TreeMap<>(all);
        failed.values().removeIf(finding -> finding.verdict() != Verdict.FAIL);
        return switch (purpose) {
            case REPEAT -> repeated(all, failed, seed);
            case CORE -> new TreeSet<>(core ? failed.keySet() : List.of());
            case UNOPTIMISED -> new TreeSet<>(unoptimised ? all.keySet() : List.of());
        };
    }

    private TreeSet<String> repeated(SortedMap<String, Finding> all, SortedMap<String, Finding> failed, long seed) {
        TreeSet<String> chosen = new TreeSet<>(
                all.keySet().stream().filter(id -> isDrawn(id, seed)).toList());
        failed.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Finding> e) -> endsProcess(e.getValue()))
                        .thenComparing(e -> draw(e.getKey(), seed)))
                .limit(failing)
                .forEach(e -> chosen.add(e.getKey()));
        failed.entrySet().stream()
                .filter(e -> isDeath(e.getValue()))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(id -> draw(id, seed)))
                .limit(deaths.orElse(0))
                .forEach(chosen::add);
        return chosen;
    }

    /** Such cases come last: each costs a process, and mostly time. */
    private static boolean endsProcess(Finding finding) {
        return finding.reason().filter(ENDS::contains).isPresent();
    }

    /** The same for an id and a seed everywhere, and as good as random over ids. */
    private static long draw(String id, long seed) {
        String digest = Bytes.sha256((seed + "\n" + id).getBytes(StandardCharsets.UTF_8));
        return Long.parseLong(digest.substring(0, 12), 16);
    }
}
