package org.aiis.conformance.qualification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.qualification.panel.Fault;
import org.aiis.conformance.qualification.panel.Panel;
import org.aiis.conformance.qualification.panel.Variants;
import org.aiis.conformance.run.Suite;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.testing.Grade;

/**
 * The figures of a qualification, as {@code fixtures/qualification/panel.json} holds them.
 *
 * @param catalogue digest of the catalogue that they are about
 * @param grade how much of it was run
 * @param search inputs of the independent search, at most
 * @param faults faults of the panel, those of one attribute counted once
 * @param variants right variants of the panel
 * @param applicable operator × fault pairs that show
 * @param found those of them that a case noticed
 * @param rejected right variants × operators that a case failed
 */
public record Figures(
        String catalogue,
        String grade,
        int search,
        int faults,
        int variants,
        int applicable,
        int found,
        int rejected,
        SortedMap<String, Share> byFault,
        SortedMap<String, Share> byOperator,
        List<OperatorFigures> operators) {
    /** So many noticed of so many. */
    public record Share(int applicable, int found) {
        Share plus(boolean noticed) {
            return new Share(applicable + 1, found + (noticed ? 1 : 0));
        }
    }

    public Figures {
        byFault = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(byFault));
        byOperator = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(byOperator));
        operators = List.copyOf(operators);
    }

    static Figures of(Suite suite, Grade grade, int search, List<OperatorFigures> all) {
        List<OperatorFigures> operators = new ArrayList<>(all);
        operators.sort(Comparator.comparing(OperatorFigures::operator));
        SortedMap<String, Share> byFault = new TreeMap<>();
        SortedMap<String, Share> byOperator = new TreeMap<>();
        for (OperatorFigures operator : operators) {
            byOperator.put(
                    operator.operator(),
                    new Share(operator.applicable(), operator.found().size()));
            operator.found().keySet().forEach(f -> byFault.merge(base(f), new Share(1, 1), (a, b) -> a.plus(true)));
            operator.missed().keySet().forEach(f -> byFault.merge(base(f), new Share(1, 0), (a, b) -> a.plus(false)));
        }
        OperatorRow any = suite.standard().operators().values().iterator().next();
        return new Figures(
                suite.digests().getOrDefault("catalogue", ""),
                grade.word(),
                search,
                (int) Panel.general().stream().map(Fault::base).distinct().count() + 3,
                Variants.of(any).size(),
                operators.stream().mapToInt(OperatorFigures::applicable).sum(),
                operators.stream().mapToInt(o -> o.found().size()).sum(),
                operators.stream().mapToInt(o -> o.rejected().size()).sum(),
                byFault,
                byOperator,
                operators);
    }

    private static String base(String fault) {
        int colon = fault.indexOf(':');
        return colon < 0 ? fault : fault.substring(0, colon);
    }

    /** The share of applicable pairs that was found, in percent. */
    public double percent() {
        return applicable == 0 ? 100 : 100.0 * found / applicable;
    }

    /** What was missed, by operator. */
    public Map<String, SortedMap<String, String>> missed() {
        Map<String, SortedMap<String, String>> missed = new TreeMap<>();
        operators.stream().filter(o -> !o.missed().isEmpty()).forEach(o -> missed.put(o.operator(), o.missed()));
        return missed;
    }
}
