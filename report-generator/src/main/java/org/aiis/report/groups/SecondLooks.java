package org.aiis.report.groups;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Inputs;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.port.Rejudge;

/** What showing cases again showed. It changes no verdict. */
public final class SecondLooks {
    private final Inputs inputs;
    private final Evidence evidence;
    private final Rejudge rejudge;

    public SecondLooks(Inputs inputs, Evidence evidence, Rejudge rejudge) {
        this.inputs = inputs;
        this.evidence = evidence;
        this.rejudge = rejudge;
    }

    /** What was shown again, by purpose. */
    public List<Results.Repeat> repeats() {
        List<Results.Repeat> all = new ArrayList<>();
        for (Purpose purpose : Purpose.values()) {
            evidence.repeated().system(purpose).ifPresent(on -> all.add(repeat(purpose, on)));
        }
        return all;
    }

    private Results.Repeat repeat(Purpose purpose, Entry.AgainOn on) {
        int differing =
                switch (purpose) {
                    case REPEAT -> repeated().size();
                    case CORE ->
                        (int) evidence.repeated().of(purpose).values().stream()
                                .filter(again -> !Likeness.failsAlike(first(again), again))
                                .count();
                    case UNOPTIMISED -> levels().size();
                };
        boolean own = purpose == Purpose.CORE
                && on.sut().equals(Optional.of(evidence.described().sut()));
        return new Results.Repeat(
                purpose,
                evidence.repeated().of(purpose).size(),
                differing,
                on.sut().map(SecondLooks::named),
                own ? "the system under test is its own core: nothing to compare with" : on.remark());
    }

    private static String named(Sut sut) {
        String level = sut.properties().getOrDefault("optimization-level", "");
        return sut.name() + " " + sut.version() + " (" + sut.provider()
                + (level.isEmpty() ? "" : ", optimization-level " + level) + ")";
    }

    /** Cases that did something else when they were shown to the same system again. */
    public List<Results.Flaky> flaky() {
        List<Results.Flaky> all = new ArrayList<>(repeated());
        all.addAll(disagreements());
        return all;
    }

    private List<Results.Flaky> repeated() {
        boolean claimed = !inputs.ics().determinism().isEmpty();
        List<Results.Flaky> all = new ArrayList<>();
        evidence.repeated().of(Purpose.REPEAT).forEach((id, second) -> {
            CaseRecord first = first(second);
            boolean other = first.finding().verdict() != second.finding().verdict();
            boolean otherBits = !first.trace().outcome().equals(second.trace().outcome());
            if (other || otherBits && Likeness.bitsCount(id, evidence, claimed, rejudge)) {
                all.add(new Results.Flaky(
                        id,
                        first.finding().verdict(),
                        second.finding().verdict(),
                        other
                                ? Likeness.told(first, second) + origin(id)
                                : "other outputs, bit for bit, with the same verdict"));
            }
        });
        return all;
    }

    private String origin(String id) {
        return evidence.repeated()
                .traced(id)
                .map(traced -> "; alone in a fresh process: see the deaths")
                .orElse("");
    }

    /** Cases that the parts of a session disagree about. */
    private List<Results.Flaky> disagreements() {
        List<Results.Flaky> all = new ArrayList<>();
        evidence.shards().common().forEach((id, byShard) -> byShard.values().stream()
                .filter(shown ->
                        shown.finding().verdict() != first(shown).finding().verdict())
                .findFirst()
                .ifPresent(shown -> all.add(new Results.Flaky(
                        id,
                        first(shown).finding().verdict(),
                        shown.finding().verdict(),
                        "the parts of the session disagree: " + told(byShard)))));
        return all;
    }

    private static String told(SortedMap<Integer, CaseRecord> byShard) {
        return byShard.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue().finding().verdict())
                .collect(Collectors.joining(", "));
    }

    /** Cases whose verdict, or whose way to fail, is another one with graph optimisation off. */
    public List<Results.LevelDifference> levels() {
        List<Results.LevelDifference> all = new ArrayList<>();
        evidence.repeated().of(Purpose.UNOPTIMISED).forEach((id, off) -> {
            CaseRecord on = first(off);
            if (!Likeness.failsAlike(on, off)) {
                all.add(new Results.LevelDifference(
                        id, on.finding().verdict(), off.finding().verdict(), told(on, off)));
            }
        });
        return all;
    }

    private static String told(CaseRecord on, CaseRecord off) {
        return on.finding().verdict() == off.finding().verdict()
                ? "it fails in another way: " + Likeness.told(on, off).replace("; then ", "; without optimisation ")
                : Likeness.told(on, off).replace("; then ", "; without optimisation ");
    }

    private CaseRecord first(CaseRecord again) {
        return java.util.Objects.requireNonNull(evidence.cases().get(again.id()));
    }
}
