package org.aiis.conformance.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.bisect.Anatomy;
import org.aiis.conformance.bisect.Bench;
import org.aiis.conformance.bisect.Parts;
import org.aiis.conformance.bisect.Showing;
import org.aiis.conformance.growth.Growing;
import org.aiis.conformance.growth.Growth;
import org.aiis.conformance.growth.NodeTimes;
import org.aiis.conformance.growth.Spreads;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.conformance.worker.Memory;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Verdict;

/** Runs a model on a backend and says what is to be said of it. */
public final class Check {
    private final ModelFile file;
    private final Anatomy anatomy;
    private final Standard standard;
    private final BackendUri backend;
    private final Optional<BackendUri> reference;
    private final int timeoutSeconds;
    private final boolean growth;
    private final Progress progress;

    Check(Asked asked, Standard standard, Progress progress) {
        this.file = asked.file;
        this.anatomy = Anatomy.of(asked.file);
        this.standard = standard;
        this.backend = asked.backend;
        this.reference = asked.reference;
        this.timeoutSeconds = asked.timeoutSeconds;
        this.growth = asked.growth;
        this.progress = progress;
    }

    /**
     * What is asked.
     *
     * @param reference backend that runs what the oracle does not know
     * @param growth whether each node is looked at too, with the first data set
     */
    public record Asked(
            ModelFile file, BackendUri backend, Optional<BackendUri> reference, int timeoutSeconds, boolean growth) {}

    /** What is said, and of each node where that was asked for and the oracle knows all of them. */
    public record Checked(Report report, Optional<Growth> growth) {}

    /**
     * Checks.
     *
     * @param sets inputs by data set
     * @throws InputException when the model is not valid, or an input does not fit it
     */
    public static Checked of(
            Asked asked, Map<String, ? extends Map<String, Tensor>> sets, Standard standard, Progress progress) {
        return new Check(asked, standard, progress).checked(sets);
    }

    private Checked checked(Map<String, ? extends Map<String, Tensor>> sets) {
        List<Unknown.Foreign> unknown = Unknown.in(file.model(), anatomy.nodes());
        Stimulus.ModelRun plain = anatomy.whole(Map.of());
        if (unknown.isEmpty()) {
            valid(() -> anatomy.program(plain));
        }
        progress.stage("starting the backend", 0);
        Optional<BackendUri> core = Backends.installed().core(backend).filter(other -> !other.equals(backend));
        try (WorkerPool pool = started(backend);
                Showing showing = Showing.of(file, pool.sut());
                Lent trusted = Lent.of(unknown.isEmpty() ? Optional.empty() : reference, file, timeoutSeconds);
                Lent cpu = Lent.of(core, file, timeoutSeconds)) {
            Set<PrecisionMode> modes = IcsDraft.modes(pool.sut());
            List<Report.DataSet> all = new ArrayList<>();
            List<Growth> grown = new ArrayList<>();
            sets.forEach((name, inputs) -> {
                Stimulus.ModelRun run = new Stimulus.ModelRun(plain.model(), inputs);
                Optional<Spreads> spreads = growth && all.isEmpty() && unknown.isEmpty()
                        ? Optional.of(new Spreads(room(), anatomy.results()))
                        : Optional.empty();
                Optional<Reference> right = right(run, unknown, trusted, modes, spreads);
                spreads.ifPresent(s -> grown.add(growing(pool, showing, modes, run, s)));
                all.add(new OneSet(standard, pool, showing, cpu, run, modes, progress)
                        .seen(name, right, "the oracle does not know " + told(unknown)));
            });
            Report report = new Report(
                    pool.sut(),
                    anatomy.nodes().size(),
                    file.sha256(plain.model()),
                    unknown.stream().map(Unknown.Foreign::told).toList(),
                    trusted.name(),
                    file.notes(),
                    all,
                    all.stream()
                            .map(set -> set.finding().verdict())
                            .max(Comparator.naturalOrder())
                            .orElse(Verdict.INCONCLUSIVE),
                    Memory.peakMiB(ProcessHandle.current().pid()),
                    pool.peakMemory());
            return new Checked(report, grown.stream().findFirst());
        }
    }

    private Growth growing(
            WorkerPool pool, Showing showing, Set<PrecisionMode> modes, Stimulus.ModelRun run, Spreads spreads) {
        progress.stage("the backend times its nodes", 0);
        long start = System.nanoTime();
        pool.observe(showing.stimulus(run));
        NodeTimes times = NodeTimes.of(pool, showing, anatomy, run, (System.nanoTime() - start) / 1e9);
        return Growing.of(
                anatomy,
                run.inputs(),
                new Bench(anatomy.oracle(), standard, shown -> pool.observe(showing.stimulus(shown)), modes),
                spreads,
                times,
                Parts.atOnce(),
                progress);
    }

    /** Half of what this process may still take, for the tensors in between. */
    private static long room() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()) / 2;
    }

    private WorkerPool started(BackendUri uri) {
        return Workers.start(uri.name(), 1, timeoutSeconds, uri.options());
    }

    /** The reference; empty where the oracle does not know a node and nobody is named who does. */
    Optional<Reference> right(
            Stimulus.ModelRun run,
            List<Unknown.Foreign> unknown,
            Lent trusted,
            Set<PrecisionMode> modes,
            Optional<Spreads> spreads) {
        if (!unknown.isEmpty() && trusted.name().isEmpty()) {
            return Optional.empty();
        }
        Reckoning reckoning = new Reckoning(modes, unknown.isEmpty() ? spreads : Optional.empty(), progress);
        return Optional.of(valid(() -> {
            if (unknown.isEmpty()) {
                Program program = anatomy.program(run);
                return file.beside().isPresent()
                        ? reckoning.nodeByNode(program, run.inputs())
                        : reckoning.evaluationByEvaluation(program::evaluate, run.inputs(), file.evaluationsAtOnce());
            }
            Set<Integer> foreign = unknown.stream().map(Unknown.Foreign::node).collect(Collectors.toSet());
            Pieces pieces = new Pieces(anatomy, foreign, trusted::observe);
            return reckoning.evaluationByEvaluation(
                    (inputs, arithmetics, made) -> pieces.evaluate(inputs, arithmetics),
                    run.inputs(),
                    file.evaluationsAtOnce());
        }));
    }

    static <T> T valid(Supplier<T> oracle) {
        try {
            return oracle.get();
        } catch (Oracle.Refusal refused) {
            throw InputException.of(
                    String.valueOf(refused.getMessage()), "give a model that is valid ONNX, and inputs that fit it");
        }
    }

    static String told(List<Unknown.Foreign> unknown) {
        SortedMap<String, Integer> operators = new TreeMap<>();
        unknown.forEach(f ->
                operators.merge(f.operator() + (f.domain().isEmpty() ? "" : " of " + f.domain()), 1, Integer::sum));
        return operators.entrySet().stream()
                .map(e -> e.getKey() + (e.getValue() == 1 ? "" : " (" + e.getValue() + " nodes)"))
                .collect(Collectors.joining(", "));
    }
}
