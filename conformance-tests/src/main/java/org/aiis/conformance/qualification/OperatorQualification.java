package org.aiis.conformance.qualification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.qualification.panel.Change;
import org.aiis.conformance.qualification.panel.Fault;
import org.aiis.conformance.qualification.panel.Variant;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.Verdict;

/** One operator against the panel. */
final class OperatorQualification {
    private final OperatorRow row;
    private final String catalogue;
    private final Shown shown;
    private final List<Variant> variants;
    private final Set<OperatorType> pairs;

    /** @param catalogue digest of the operator's cases */
    OperatorQualification(OperatorRow row, String catalogue, Shown shown, List<Variant> variants) {
        this.row = row;
        this.catalogue = catalogue;
        this.shown = shown;
        this.variants = variants;
        this.pairs = claimed(row, shown);
    }

    /** All that can be claimed: the types of the row, and of other type variables those that cases are there for. */
    private static Set<OperatorType> claimed(OperatorRow row, Shown shown) {
        Set<OperatorType> pairs = new HashSet<>(shown.pairs());
        row.types().forEach(type -> pairs.add(new OperatorType(row.operator(), type)));
        return pairs;
    }

    OperatorFigures against(List<Fault> faults, Map<String, String> applicable, SortedMap<String, String> oracle) {
        TreeMap<String, String> found = new TreeMap<>();
        TreeMap<String, String> missed = new TreeMap<>();
        List<String> excluded = new ArrayList<>();
        for (Fault fault : faults) {
            String how = applicable.get(fault.name());
            if (how == null) {
                excluded.add(fault.name());
                continue;
            }
            noticed(fault.make().get(), Verdict.FAIL, terms(Set.of()))
                    .ifPresentOrElse(at -> found.put(fault.name(), shown.id(at)), () -> missed.put(fault.name(), how));
        }
        return new OperatorFigures(
                row.operator(), catalogue, shown.count(), found, missed, excluded, rejected(), oracle);
    }

    /** The first case that comes to the verdict. */
    private Optional<Integer> noticed(Change change, Verdict verdict, Terms terms) {
        for (int i = 0; i < shown.count(); i++) {
            if (shown.judged(i, change, terms).verdict() == verdict) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private SortedMap<String, String> rejected() {
        TreeMap<String, String> rejected = new TreeMap<>();
        for (Variant variant : variants) {
            for (int i = 0; i < shown.count(); i++) {
                Finding finding = shown.judged(i, variant.change(), terms(variant.flushed()));
                if (finding.verdict().compareTo(Verdict.PASS) > 0) {
                    rejected.put(variant.name() + " " + shown.id(i), finding.verdict() + ": " + finding.message());
                }
            }
        }
        return rejected;
    }

    /** The level that the profile core asks for. */
    private Terms terms(Set<ElementType> flushed) {
        return new Terms(Accuracy.RELAXED, pairs, flushed, Set.of(), "", Set.of(), Map.of());
    }
}
