package org.aiis.conformance.qualification.layers;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.qualification.Shown;
import org.aiis.conformance.qualification.arithmetic.Style;
import org.aiis.conformance.qualification.arithmetic.Summation;
import org.aiis.conformance.qualification.panel.Change;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.run.Suite;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;

/**
 * Whether clause 4.3.5 gives tanh and sigmoid inside layers what right implementations of these functions need, and no more:
 * each way to calculate them runs through the cases of the layers. What is right is decided outside the layers, by the limits
 * of the operators Tanh and Sigmoid at the accuracy level relaxed.
 */
public final class LayerExperiment {
    private static final List<String> TYPES = List.of("float32", "float64", "float16", "bfloat16");
    private static final Set<String> LAYERS = Set.of("RNN", "GRU", "LSTM", "Attention");
    private static final Style FORWARD = Style.USUAL;

    private static final Style LANES = new Style() {
        @Override
        public double sum(double[] terms, int count, FloatFormat format) {
            return Summation.lanes(terms, count, 8, accumulator(format)::round);
        }
    };

    private final Suite suite;
    private final Grade grade;

    public LayerExperiment(Suite suite, Grade grade) {
        this.suite = suite;
        this.grade = grade;
    }

    public LayerTable run(Progress progress) {
        progress.stage("layers", TYPES.size() * Squashings.all().size());
        List<LayerTable.Line> lines = new ArrayList<>();
        int cases = 0;
        for (String type : TYPES) {
            Map<Granted.Grant, Shown> layers = new EnumMap<>(Granted.Grant.class);
            for (Granted.Grant grant : Granted.Grant.values()) {
                layers.put(grant, shown(LAYERS, type, Granted.of(grant)));
                cases += grant == Granted.Grant.CLAUSE ? layers.get(grant).count() : 0;
            }
            Map<String, Shown> functions = Map.of(
                    "Tanh", shown(Set.of("Tanh"), type, Arithmetics.reference()),
                    "Sigmoid", shown(Set.of("Sigmoid"), type, Arithmetics.reference()));
            for (Squashing.Way way : Squashings.all()) {
                lines.add(line(way, type, java.util.Objects.requireNonNull(functions.get(way.operator())), layers));
                progress.tick();
            }
        }
        return new LayerTable(suite.digests().getOrDefault("catalogue", ""), cases, lines);
    }

    private static LayerTable.Line line(
            Squashing.Way way, String type, Shown function, Map<Granted.Grant, Shown> layers) {
        Change forward = Change.arithmetic(Substituted.of(FORWARD, way));
        double share = judged(function, forward).share();
        boolean right = share <= 1;
        String is = !right ? "defect" : way.calculated() ? "right" : "limit";
        List<Change> orders =
                right ? List.of(forward, Change.arithmetic(Substituted.of(LANES, way))) : List.of(forward);
        SortedMap<String, Integer> rejected = new TreeMap<>();
        int runs = 0;
        for (Map.Entry<Granted.Grant, Shown> shown : layers.entrySet()) {
            runs = shown.getValue().count() * orders.size();
            rejected.put(
                    shown.getKey().name(),
                    orders.stream()
                            .mapToInt(order -> judged(shown.getValue(), order).rejected())
                            .sum());
        }
        return new LayerTable.Line(way.operator(), way.name(), type, is, share, runs, rejected);
    }

    /** What became of all cases. */
    private record Outcome(double share, int rejected) {}

    private static Outcome judged(Shown shown, Change change) {
        Terms terms = new Terms(Accuracy.RELAXED, Set.of(), Set.of(), Set.of(), "", Set.of(), Map.of());
        double share = 0;
        int rejected = 0;
        for (int i = 0; i < shown.count(); i++) {
            Finding finding = shown.judged(i, change, terms);
            boolean fails = finding.verdict() == Verdict.FAIL;
            rejected += fails ? 1 : 0;
            // An error that has no size, such as a wrong sign of zero, counts as twice the limit.
            share = Math.max(share, finding.worst().orElse(fails ? 2.0 : 0.0));
        }
        return new Outcome(share, rejected);
    }

    /** Cases with numbers of the type: those that are to be rejected and those of special values say nothing about tanh. */
    private Shown shown(Set<String> operators, String type, Arithmetics arithmetics) {
        Map<String, TestCase> cases = new TreeMap<>();
        for (TestCase testCase : suite.catalogue().cases()) {
            String[] words = testCase.id().split("/");
            String[] requirement = words[0].split("-");
            if (requirement[0].equals("OP")
                    && operators.contains(requirement[1])
                    && Set.of("VALUES", "SHAPES", "TYPES").contains(requirement[2])
                    && words[1].equals(type)
                    && grade.holds(testCase.grade())) {
                cases.put(testCase.id(), testCase);
            }
        }
        return new Shown(suite.standard(), suite.oracle(), arithmetics, List.copyOf(cases.values()));
    }
}
