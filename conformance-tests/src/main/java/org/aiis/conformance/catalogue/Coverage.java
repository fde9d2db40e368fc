package org.aiis.conformance.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.aiis.conformance.judge.Aggregates;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.TestCase;

/** What the catalogue leaves out. */
public record Coverage(List<String> requirements, List<OperatorType> pairs, List<String> claimedUntested) {
    public Coverage {
        requirements = List.copyOf(requirements);
        pairs = List.copyOf(pairs);
        claimedUntested = List.copyOf(claimedUntested);
    }

    /**
     * Compares a catalogue with the standard: requirements of the chosen classes without a case, pairs of the operator table
     * without a case, and requirements that are marked untested and have one.
     */
    public static Coverage of(Standard standard, Catalogue catalogue, Predicate<String> classes) {
        Set<String> proven = new TreeSet<>(Aggregates.REQUIREMENTS);
        Set<OperatorType> shown = new TreeSet<>();
        for (TestCase c : catalogue.cases()) {
            proven.addAll(c.requirements());
            c.pair().ifPresent(shown::add);
        }
        List<Requirement> chosen = standard.requirements().stream()
                .filter(r -> classes.test(r.conformanceClass()))
                .toList();
        List<OperatorType> missing = new ArrayList<>();
        for (OperatorRow row : standard.operators().values()) {
            row.types().stream()
                    .map(type -> new OperatorType(row.operator(), type))
                    .filter(pair -> !shown.contains(pair))
                    .forEach(missing::add);
        }
        return new Coverage(
                chosen.stream()
                        .filter(r -> r.untested().isEmpty())
                        .map(Requirement::id)
                        .filter(id -> !proven.contains(id))
                        .toList(),
                missing,
                chosen.stream()
                        .filter(r -> r.untested().isPresent())
                        .map(Requirement::id)
                        .filter(proven::contains)
                        .toList());
    }
}
