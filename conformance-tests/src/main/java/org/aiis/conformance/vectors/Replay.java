package org.aiis.conformance.vectors;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.aiis.conformance.vectors.shrink.Shrinker;
import org.aiis.spec.port.Judge;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;

/** Drives a written case again, and looks for a smaller one that fails the same way: same verdict, same reason. */
public final class Replay {
    private final WrittenCase written;
    private final Function<Stimulus, Observation> worker;
    private final Judge judge;
    private final Oracle oracle;
    private final Terms terms;

    /** A case and what became of it. */
    public record Outcome(TestCase testCase, Finding finding) {}

    public Replay(
            WrittenCase written, Function<Stimulus, Observation> worker, Judge judge, Oracle oracle, String provider) {
        this.written = written;
        this.worker = worker;
        this.judge = judge;
        this.oracle = oracle;
        this.terms = written.terms(provider);
    }

    public Terms terms() {
        return terms;
    }

    public Outcome drive() {
        return drive(written.testCase());
    }

    private Outcome drive(TestCase testCase) {
        return new Outcome(
                testCase, judge.judge(testCase, shown(testCase.stimulus().get()), terms));
    }

    private Observation shown(Stimulus stimulus) {
        if (written.earlier().isEmpty() || !(stimulus instanceof Stimulus.ModelRun run)) {
            return worker.apply(stimulus);
        }
        Step load = new Step.Load(SecondRun.MODEL, run.model(), false);
        return SecondRun.of(
                worker.apply(SecondRun.script(load, written.earlier().orElseThrow(), run.inputs())));
    }

    /**
     * The smallest case found that fails as this outcome did; empty when none is smaller, or when it cannot be said what is
     * right for a smaller one.
     *
     * @param spent asked before each candidate
     */
    public Optional<Outcome> shrink(Outcome failing, BooleanSupplier spent) {
        Stimulus first = failing.testCase().stimulus().get();
        if (failing.finding().verdict() != Verdict.FAIL || !knownFor(first)) {
            return Optional.empty();
        }
        Outcome[] best = {failing};
        Stimulus smallest = new Shrinker(
                        oracle,
                        candidate -> {
                            Optional<Outcome> outcome = about(candidate).map(this::drive);
                            boolean alike = outcome.map(o -> alike(o.finding(), failing.finding()))
                                    .orElse(false);
                            if (alike) {
                                best[0] = outcome.orElseThrow();
                            }
                            return alike;
                        },
                        spent)
                .shrink(first);
        return smallest.digest().equals(first.digest()) ? Optional.empty() : Optional.of(best[0]);
    }

    private static boolean alike(Finding one, Finding other) {
        return one.verdict() == other.verdict() && one.reason().equals(other.reason());
    }

    /** Whether the oracle and the outputs in the folder say the same, where they are what is expected. */
    private boolean knownFor(Stimulus first) {
        Expectation expectation = written.testCase().expectation();
        if (expectation instanceof Expectation.Outputs outputs) {
            return first instanceof Stimulus.ModelRun run
                    && rounded(run).filter(r -> same(r, outputs.values())).isPresent();
        }
        return !(expectation instanceof Expectation.Behaviour behaviour) || behaviour.check() instanceof AgreesCheck;
    }

    private static boolean same(SortedMap<String, Tensor> one, SortedMap<String, Tensor> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(e -> e.getValue()
                        .digest()
                        .equals(other.getOrDefault(e.getKey(), e.getValue()).digest()));
    }

    /** The case about a candidate; empty when the candidate is no case of this kind. */
    private Optional<TestCase> about(Stimulus candidate) {
        Expectation expectation = written.testCase().expectation();
        if (expectation instanceof Expectation.Survival) {
            return Optional.of(written.with(candidate, expectation));
        }
        if (candidate instanceof Stimulus.MustReject twins && expectation instanceof Expectation.Rejection) {
            return rounded(twins.valid()).isPresent() && rounded(twins.broken()).isEmpty()
                    ? Optional.of(written.with(candidate, expectation))
                    : Optional.empty();
        }
        if (!(candidate instanceof Stimulus.ModelRun run)) {
            return Optional.empty();
        }
        return rounded(run).map(values -> written.with(candidate, expecting(expectation, run, values)));
    }

    private static Expectation expecting(
            Expectation expectation, Stimulus.ModelRun run, SortedMap<String, Tensor> values) {
        if (expectation instanceof Expectation.Outputs) {
            return new Expectation.ByOracle(new Tolerance.Exact());
        }
        if (expectation instanceof Expectation.Behaviour behaviour
                && behaviour.check() instanceof AgreesCheck recorded) {
            DataSet set = new DataSet(run, values, recorded.data().get().tolerance());
            return new Expectation.Behaviour(new AgreesCheck(() -> set));
        }
        return expectation;
    }

    /** What the oracle gives; empty where it refuses. */
    private Optional<SortedMap<String, Tensor>> rounded(Stimulus.ModelRun run) {
        try {
            SortedMap<String, Tensor> values = new TreeMap<>();
            oracle.evaluate(run.model(), run.inputs()).outputs().forEach((name, v) -> values.put(name, v.rounded()));
            return Optional.of(values);
        } catch (Oracle.Refusal refused) {
            return Optional.empty();
        }
    }

    /** Writes files into a new or empty folder. */
    public static void write(java.nio.file.Path folder, Map<String, Bytes> files) {
        FolderWriter.begin(folder);
        files.forEach((path, content) -> FolderWriter.write(folder, path, content));
    }
}
