package org.aiis.conformance.qualification;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.conformance.catalogue.CatalogueLock;
import org.aiis.conformance.qualification.panel.Fault;
import org.aiis.conformance.qualification.panel.Panel;
import org.aiis.conformance.qualification.panel.Variants;
import org.aiis.conformance.run.Suite;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.testing.Grade;

/**
 * The figures of a qualification, as {@code fixtures/qualification/panel.json} holds them.
 *
 * @param catalogue digest of the catalogue that they are about
 * @param whole digest of the catalogue on which all operators were measured at once, which the shares by fault are of
 * @param grade how much of it was run
 * @param search inputs of the independent search for each operator, at most
 * @param patience inputs in a row that showed nothing, after which the search of an operator ended
 * @param faults faults of the panel, those of one attribute counted once
 * @param variants right variants of the panel
 * @param pairs operator × fault pairs that were tried
 * @param excluded why pairs are left out, and how many for each reason
 * @param applicable operator × fault pairs that show
 * @param found those of them that a case noticed
 * @param rejected right variants × cases that were failed
 */
public record Figures(
        String catalogue,
        String whole,
        String grade,
        int search,
        int patience,
        int faults,
        int variants,
        int pairs,
        SortedMap<String, Integer> excluded,
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

    private static final String UNSEEN =
            "no input of the search shows it beyond what right variants do: the operator lacks what the fault is about";

    public Figures {
        excluded = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(excluded));
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
                digest(suite),
                digest(suite),
                grade.word(),
                search,
                Search.PATIENCE,
                (int) Panel.general().stream().map(Fault::base).distinct().count() + 3,
                Variants.of(any).size(),
                operators.stream().mapToInt(OperatorFigures::pairs).sum(),
                new TreeMap<>(Map.of(
                        UNSEEN,
                        operators.stream().mapToInt(o -> o.excluded().size()).sum())),
                operators.stream().mapToInt(OperatorFigures::applicable).sum(),
                operators.stream().mapToInt(o -> o.found().size()).sum(),
                operators.stream().mapToInt(o -> o.rejected().size()).sum(),
                byFault,
                byOperator,
                operators);
    }

    /**
     * These and the figures of other operators, whose own cases are still the same; where both have one, these.
     *
     * @param file where the others come from, for messages
     */
    public Figures joined(Suite suite, Path file, Figures others) {
        List<OperatorFigures> more = others.operators.stream()
                .filter(o -> !byOperator.containsKey(o.operator()))
                .toList();
        CatalogueLock lock = suite.lock();
        List<String> changed = more.stream()
                .filter(o -> !o.catalogue().equals(lock.operator(o.operator())))
                .map(OperatorFigures::operator)
                .toList();
        boolean brief = more.stream()
                .anyMatch(o -> o.applicable()
                        != others.byOperator
                                .getOrDefault(o.operator(), new Share(0, 0))
                                .applicable());
        if (brief) {
            throw InputException.of(
                    file + " holds the sums of what was found and not each of it",
                    "join what --out wrote, not --write");
        }
        if (!changed.isEmpty() || !others.grade.equals(grade) || others.search != search) {
            throw InputException.of(
                    file + " was measured with "
                            + (changed.isEmpty()
                                    ? "another grade or size of search"
                                    : "other cases of " + String.join(", ", changed)),
                    "measure these operators again with --out, on this catalogue");
        }
        List<OperatorFigures> all = new ArrayList<>(operators);
        all.addAll(more);
        return of(suite, Grade.valueOf(grade.toUpperCase(Locale.ROOT)), search, all);
    }

    /** Without the lists that only a reader of one operator wants: what was found by which case, what does not apply. */
    public Figures brief() {
        return new Figures(
                catalogue,
                whole,
                grade,
                search,
                patience,
                faults,
                variants,
                pairs,
                excluded,
                applicable,
                found,
                rejected,
                byFault,
                byOperator,
                operators.stream().map(OperatorFigures::brief).toList());
    }

    /**
     * Published figures with these in place of those of the same operators. The others' cases have to be the same as then;
     * their shares by fault are no longer known one by one, so that the sums by fault stay those of {@link #whole}.
     *
     * @param file where they are published, for messages
     */
    public Figures into(Suite suite, Path file, Figures published) {
        List<OperatorFigures> kept = published.operators.stream()
                .filter(o -> !byOperator.containsKey(o.operator()))
                .toList();
        CatalogueLock lock = suite.lock();
        SortedSet<String> stale = new TreeSet<>(suite.standard().operators().keySet());
        stale.removeAll(byOperator.keySet());
        kept.stream()
                .filter(o -> o.catalogue().equals(lock.operator(o.operator())))
                .forEach(o -> stale.remove(o.operator()));
        boolean alike = published.grade.equals(grade)
                && published.search == search
                && published.patience == patience
                && published.faults == faults
                && published.variants == variants
                && published.byOperator.keySet().containsAll(byOperator.keySet());
        if (!stale.isEmpty() || !alike) {
            throw InputException.of(
                    file + " was measured "
                            + (alike
                                    ? "with other cases of " + String.join(", ", stale)
                                    : "with another panel, grade or size of search"),
                    alike ? "measure these operators too" : "measure all operators");
        }
        SortedMap<String, Share> shares = new TreeMap<>(published.byOperator);
        shares.putAll(byOperator);
        int before = operators.stream()
                .mapToInt(o -> o.pairs()
                        - published
                                .byOperator
                                .getOrDefault(o.operator(), new Share(0, 0))
                                .applicable())
                .sum();
        int now = operators.stream().mapToInt(o -> o.excluded().size()).sum();
        List<OperatorFigures> all = new ArrayList<>(kept);
        all.addAll(operators);
        all.sort(Comparator.comparing(OperatorFigures::operator));
        return new Figures(
                        digest(suite),
                        published.whole,
                        grade,
                        search,
                        patience,
                        faults,
                        variants,
                        published.pairs,
                        new TreeMap<>(Map.of(UNSEEN, published.excluded.getOrDefault(UNSEEN, 0) - before + now)),
                        shares.values().stream().mapToInt(Share::applicable).sum(),
                        shares.values().stream().mapToInt(Share::found).sum(),
                        all.stream().mapToInt(o -> o.rejected().size()).sum(),
                        published.byFault,
                        shares,
                        all)
                .brief();
    }

    private static String digest(Suite suite) {
        return suite.digests().getOrDefault("catalogue", "");
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
