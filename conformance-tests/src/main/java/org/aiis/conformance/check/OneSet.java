package org.aiis.conformance.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.aiis.conformance.bisect.Showing;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.vectors.SecondRun;
import org.aiis.conformance.vectors.VectorCases;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.LoadSettings;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;

/** One data set: the model in a session that tells where nodes ran, in another one behind other inputs, twice and timed, and on the CPU provider. */
record OneSet(
        Standard standard,
        WorkerPool pool,
        Showing showing,
        Lent cpu,
        Stimulus.ModelRun run,
        Set<PrecisionMode> modes,
        Progress progress) {
    private static final String MODEL = "model";

    /** A glance: so many runs at least, unless they take longer than that. */
    private static final LoadSettings GLANCE =
            new LoadSettings(LoadSettings.Scenario.SINGLE_STREAM, 10, 500, 3_000, 1, 0);

    OneSet {
        modes = Set.copyOf(modes);
    }

    /** @param otherwise why there is no reference, where there is none */
    Report.DataSet seen(String name, Optional<Reference> right, String otherwise) {
        return seen(name, right, otherwise, outputs -> {});
    }

    /** @param shown is given the outputs that are judged */
    Report.DataSet seen(String name, Optional<Reference> right, String otherwise, Consumer<Map<String, Tensor>> shown) {
        progress.stage("the backend runs the model", 0);
        Observation first = pool.observe(showing.stimulus(run));
        List<Observation> again = first instanceof Observation.Outputs ? again() : List.of();
        Map<String, Tensor> outputs = tensors(first);
        shown.accept(outputs);
        Finding finding = finding(first, again, right, otherwise);
        SortedMap<String, String> inputs = new TreeMap<>();
        run.inputs().forEach((input, value) -> inputs.put(input, value.type().label() + value.shape()));
        return new Report.DataSet(
                name,
                inputs,
                finding,
                right.map(reference -> Differences.of(outputs, reference)).orElse(List.of()),
                right.flatMap(reference -> core(reference, outputs)),
                placement(first),
                steady(outputs, again),
                latency(again));
    }

    /**
     * Load, run, run, measure, close, in a fresh process whose session has run with other inputs before: what it keeps of those shows in
     * the first of the two. Inputs that end the process, which nobody asked for, are left out.
     */
    private List<Observation> again() {
        pool.refresh();
        List<Observation> again = new ArrayList<>(again(SecondRun.others(run.inputs())));
        if (again.size() == 2 && again.get(1).ended()) {
            again = new ArrayList<>(again(run.inputs()));
        }
        if (again.size() > 1) {
            again.remove(1);
        }
        return again;
    }

    private List<Observation> again(Map<String, Tensor> earlier) {
        Observation observed = pool.observe(Stimulus.Script.of(
                showing.load(MODEL, run.model(), false, false),
                Step.Run.of(MODEL, earlier),
                Step.Run.of(MODEL, run.inputs()),
                Step.Run.of(MODEL, run.inputs()),
                new Step.Measure(MODEL, List.of(run.inputs()), GLANCE),
                new Step.Close(MODEL)));
        return observed instanceof Observation.Transcript transcript ? transcript.steps() : List.of(observed);
    }

    private Finding finding(Observation first, List<Observation> again, Optional<Reference> right, String otherwise) {
        Finding finding = ofFirst(first, again, right, otherwise);
        if (finding.verdict() != Verdict.PASS
                || right.isEmpty()
                || again.size() < 2
                || same(tensors(first), tensors(again.get(1)))) {
            return finding;
        }
        Finding second = judged(again.get(1), right.get());
        return second.verdict() == Verdict.PASS
                ? finding
                : second.saying("in a session that was run with other inputs before: " + second.message());
    }

    private Finding ofFirst(Observation first, List<Observation> again, Optional<Reference> right, String otherwise) {
        Optional<Observation> died = again.stream().filter(Observation::ended).findFirst();
        Observation worst =
                died.filter(d -> first instanceof Observation.Outputs).orElse(first);
        if (right.isEmpty() && worst instanceof Observation.Outputs) {
            return Finding.of(Verdict.INCONCLUSIVE, otherwise).because("oracle");
        }
        return judged(worst, right.orElseGet(() -> new Reference(new TreeMap<>())));
    }

    /** Against a reference that is at hand, since it took longer than everything else. */
    private Finding judged(Observation observation, Reference reference) {
        TestCase testCase = new TestCase(
                VectorCases.ORACLE + "/model",
                List.of(VectorCases.ORACLE),
                Grade.QUICK,
                Optional.empty(),
                () -> run,
                new Expectation.ByOracle(new Tolerance.Sensitivity()),
                "a model that somebody brings");
        Terms terms =
                new Terms(Accuracy.RELAXED, Set.of(), Set.of(), Set.of(), "", Set.of(), Map.of()).withModes(modes);
        return new StandardJudge(new AtHand(reference), standard).judge(testCase, observation, terms);
    }

    private Optional<Report.Core> core(Reference reference, Map<String, Tensor> outputs) {
        if (cpu.pool().isEmpty()) {
            return Optional.empty();
        }
        progress.stage("the CPU provider of the same library runs it", 0);
        Observation observed = cpu.observe(run);
        Finding finding = judged(observed, reference);
        return Optional.of(new Report.Core(
                finding.verdict(),
                finding.message(),
                finding.worst(),
                Differences.apart(outputs, tensors(observed), reference)));
    }

    /** Nodes by where they ran. */
    private static SortedMap<String, List<String>> placement(Observation observation) {
        SortedMap<String, List<String>> placement = new TreeMap<>();
        if (observation instanceof Observation.Outputs outputs) {
            for (NodePlacement node : outputs.placement()) {
                String where =
                        switch (node.state()) {
                            case PROVIDER -> node.by();
                            case FUSED_INTO -> node.by().replaceFirst("^.*[ ,(](\\w+)\\)?$", "$1");
                            case FOLDED -> "folded";
                            case ELIMINATED -> "eliminated";
                            case UNKNOWN -> "unknown";
                        };
                placement.computeIfAbsent(where, w -> new ArrayList<>()).add(node.node());
            }
        }
        return placement;
    }

    private static Report.Steady steady(Map<String, Tensor> first, List<Observation> again) {
        if (again.size() < 3 || !(again.get(2) instanceof Observation.Outputs)) {
            return new Report.Steady(Optional.empty(), Optional.empty());
        }
        Map<String, Tensor> second = tensors(again.get(1));
        return new Report.Steady(Optional.of(same(second, tensors(again.get(2)))), Optional.of(same(first, second)));
    }

    private static boolean same(Map<String, Tensor> one, Map<String, Tensor> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(e -> e.getValue()
                        .digest()
                        .equals(java.util.Objects.requireNonNull(other.get(e.getKey()))
                                .digest()));
    }

    private static Optional<Report.Latency> latency(List<Observation> again) {
        return again.stream()
                .filter(Observation.Measured.class::isInstance)
                .map(o -> ((Observation.Measured) o).latencies())
                .filter(latencies -> latencies.size() > 0)
                .findFirst()
                .map(latencies -> {
                    long[] nanos = latencies.integers();
                    Arrays.sort(nanos);
                    return new Report.Latency(
                            nanos.length, nanos[nanos.length / 2] / 1e6, nanos[nanos.length - 1] / 1e6);
                });
    }

    static Map<String, Tensor> tensors(Observation observation) {
        Map<String, Tensor> tensors = new TreeMap<>();
        if (observation instanceof Observation.Outputs outputs) {
            outputs.values().forEach((name, value) -> {
                if (value instanceof Recorded.Whole whole) {
                    tensors.put(name, whole.tensor());
                }
            });
        }
        return tensors;
    }
}
