package org.aiis.conformance.bisect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.vectors.Beside;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.conformance.vectors.OracleCase;
import org.aiis.conformance.vectors.Reproduction;
import org.aiis.conformance.worker.LinkedFolder.Source;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;

/** Looks for the fault of a backend in a model, and for the options of a session that make it go away. */
public final class Search {
    /** Options that a backend may have, and what they can be. */
    private static final SortedMap<String, List<String>> OPTIONS = new TreeMap<>(Map.of(
            "optimization-level", List.of("basic", "extended", "all"),
            "intra-op-threads", List.of("1", "2"),
            "provider.use_tf32", List.of("0", "1")));

    private Search() {}

    /**
     * The fault, as a person or a machine reads it.
     *
     * @param sut the system that was shown the model
     * @param nodes of the model, and how many of them were judged one by one
     * @param whole verdict on the outputs of the model as it is
     * @param steady whether another session gave the same bits
     * @param second a run behind one with other inputs in the same session; empty where a fault was found before that a fresh process
     *     shows too, or there are no other inputs that the oracle takes
     * @param culprit nodes with their operators; none where no fault was seen, several where they are taken together
     * @param fused whether each node of the culprit is right by itself
     * @param fault what is wrong with them by themselves
     * @param local the nodes that are wrong from the backend's own inputs, at most 10, in order
     * @param settings how the culprit fares under other options of the session
     */
    public record Report(
            Sut sut,
            int nodes,
            int judged,
            Finding whole,
            boolean steady,
            Optional<Second> second,
            List<String> culprit,
            boolean fused,
            Optional<Finding> fault,
            List<Wrong> local,
            List<Setting> settings) {
        public Report {
            culprit = List.copyOf(culprit);
            local = List.copyOf(local);
            settings = List.copyOf(settings);
        }
    }

    /**
     * The second run of a session.
     *
     * @param finding on the outputs of the model
     * @param same whether it gave the bits of a session's first run
     * @param fault whether the fault that was found shows in second runs alone
     */
    public record Second(Finding finding, boolean same, boolean fault) {}

    /** A node that is wrong by itself. */
    public record Wrong(String node, String operator, String message) {}

    /** The culprit under an option of the session, or by another provider. */
    public record Setting(String name, Verdict verdict, String reason) {}

    /**
     * A report, and the files that show the fault without the model.
     *
     * @param data what a model of the reproduction keeps in files beside it: a chain of nodes that takes more than one piece
     */
    public record Found(Report report, SortedMap<String, Bytes> reproduction, SortedMap<String, Source> data) {
        public Found {
            reproduction = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(reproduction));
            data = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(data));
        }
    }

    /** Looks. */
    public static Found in(
            ModelFile file,
            Map<String, Tensor> inputs,
            Suite suite,
            BackendUri backend,
            int timeoutSeconds,
            Progress progress) {
        return in(file, inputs, suite, backend, timeoutSeconds, Parts.atOnce(), progress);
    }

    /** @param atOnce bytes of tensors that the backend is asked for in one run; what is more is shown in several */
    static Found in(
            ModelFile file,
            Map<String, Tensor> inputs,
            Suite suite,
            BackendUri backend,
            int timeoutSeconds,
            long atOnce,
            Progress progress) {
        Anatomy anatomy = Anatomy.of(file);
        try (WorkerPool pool = Workers.start(backend.name(), 1, timeoutSeconds, backend.options());
                Showing showing = Showing.of(file, pool.sut())) {
            Bench bench = bench(anatomy.oracle(), suite, pool, showing, Optional.empty());
            Bisection.Result first = new Bisection(bench, anatomy, inputs, atOnce, progress).find();
            pool.refresh(); // What earlier sessions left would hide what a first run leaves.
            boolean settled = first.culprit()
                    .map(c -> !c.shown().answered() || again(c, bench))
                    .orElse(!first.whole().answered());
            Optional<Behind> behind = settled ? Optional.empty() : Behind.of(anatomy, inputs);
            pool.refresh();
            progress.stage("the backend runs the model behind other inputs", 0);
            Bench later = bench(anatomy.oracle(), suite, pool, showing, behind);
            boolean same = behind.isEmpty()
                    || Bisection.same(first.whole().observation(), later.observe(anatomy.whole(inputs)));
            Optional<Bisection.Result> second =
                    behind.isPresent() && (!same || first.culprit().isPresent())
                            ? Optional.of(new Bisection(later, anatomy, inputs, atOnce, progress).find())
                            : Optional.empty();
            boolean kept = second.flatMap(Bisection.Result::culprit).isPresent();
            Bisection.Result result = kept ? second.orElseThrow() : first;
            Optional<Behind> before = kept ? behind : Optional.empty();
            Report report = new Report(
                    pool.sut(),
                    anatomy.nodes().size(),
                    result.nodes().size(),
                    first.whole().finding(),
                    first.steady(),
                    behind.map(b -> new Second(second.orElse(first).whole().finding(), same, kept)),
                    result.culprit().map(Bisection.Culprit::nodes).orElse(List.of()),
                    result.fused(),
                    result.culprit().map(c -> c.shown().finding()),
                    result.nodes().stream()
                            .filter(n -> n.finding().verdict() == Verdict.FAIL)
                            .limit(10)
                            .map(n -> new Wrong(
                                    n.node(), n.operator(), n.finding().message()))
                            .toList(),
                    result.culprit()
                            .map(c -> settings(
                                    c.shown(), file, suite, backend, timeoutSeconds, pool.sut(), before, progress))
                            .orElse(List.of()));
            return found(report, result, file, bench, suite.standard(), before);
        }
    }

    /** Whether a fresh process gets it wrong too: else it is right, and another session has left something. */
    private static boolean again(Bisection.Culprit culprit, Bench bench) {
        Stimulus.ModelRun run =
                (Stimulus.ModelRun) culprit.shown().testCase().stimulus().get();
        return bench.show("part", run).finding().verdict() == Verdict.FAIL;
    }

    /** @param behind the run that comes before in the same session, if any */
    private static Bench bench(Oracle oracle, Suite suite, WorkerPool pool, Showing showing, Optional<Behind> behind) {
        return new Bench(
                oracle,
                suite.standard(),
                run -> behind.map(b -> b.observe(run, pool, showing))
                        .orElseGet(() -> pool.observe(showing.stimulus(run))),
                IcsDraft.modes(pool.sut()));
    }

    private static Found found(
            Report report,
            Bisection.Result result,
            ModelFile file,
            Bench bench,
            Standard standard,
            Optional<Behind> behind) {
        if (result.culprit().isEmpty()) {
            return new Found(report, new TreeMap<>(), new TreeMap<>());
        }
        Bench.Shown shown = result.culprit().get().shown();
        Stimulus.ModelRun run = (Stimulus.ModelRun) shown.testCase().stimulus().get();
        Optional<Bytes> whole = Showing.whole(file, run.model());
        TestCase written = whole.map(model ->
                        OracleCase.of(shown.testCase().id(), new Stimulus.ModelRun(model, run.inputs()), standard))
                .orElse(shown.testCase());
        return new Found(
                report,
                behind.map(b -> Reproduction.ofSecondRun(
                                written,
                                shown.finding(),
                                b.earlier(run),
                                standard,
                                bench.oracle(),
                                bench.terms(written)))
                        .orElseGet(() -> Reproduction.of(
                                written, shown.finding(), standard, bench.oracle(), bench.terms(written))),
                whole.isPresent()
                        ? new TreeMap<>()
                        : file.beside().map(Beside::files).orElseGet(TreeMap::new));
    }

    /** The culprit again, with other options of the session that the backend has, and by the CPU provider of its library. */
    private static List<Setting> settings(
            Bench.Shown culprit,
            ModelFile file,
            Suite suite,
            BackendUri backend,
            int timeoutSeconds,
            Sut sut,
            Optional<Behind> behind,
            Progress progress) {
        List<Setting> settings = new ArrayList<>();
        Stimulus.ModelRun run =
                (Stimulus.ModelRun) culprit.testCase().stimulus().get();
        progress.stage("other options of the session", 0);
        Map<String, BackendUri> others = new LinkedHashMap<>();
        Backends.installed().unoptimised(backend).ifPresent(other -> others.put("graph optimisation off", other));
        Backends.installed().core(backend).ifPresent(other -> others.put("the same library's CPU provider", other));
        OPTIONS.forEach((option, values) -> {
            if (!sut.properties().getOrDefault(option, "").isEmpty()) {
                values.forEach(value -> others.put(option + "=" + value, backend.with(option, value)));
            }
        });
        others.forEach((name, other) -> {
            progress.tick();
            try (WorkerPool pool = Workers.start(other.name(), 1, timeoutSeconds, other.options());
                    Showing showing = Showing.of(file, pool.sut())) {
                Finding finding = bench(Evaluator.over(file.data()), suite, pool, showing, behind)
                        .show("part", run)
                        .finding();
                settings.add(
                        new Setting(name, finding.verdict(), finding.reason().orElse("")));
            } catch (InputException refused) {
                settings.add(new Setting(name, Verdict.INCONCLUSIVE, String.valueOf(refused.getMessage())));
            }
        });
        return settings;
    }
}
