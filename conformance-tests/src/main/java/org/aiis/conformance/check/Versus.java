package org.aiis.conformance.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.bisect.Anatomy;
import org.aiis.conformance.bisect.Parts;
import org.aiis.conformance.bisect.RightValues;
import org.aiis.conformance.bisect.Showing;
import org.aiis.conformance.judge.Drift;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.conformance.worker.Memory;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.report.diff.Apart;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Verdict;

/**
 * Runs a model on several backends, one after another, and says how far each is from the oracle and from the first. The oracle,
 * which takes most of the time, evaluates once for all that have the same precision modes.
 */
public final class Versus {
    private final Asked asked;
    private final Standard standard;
    private final Progress progress;
    private final Anatomy anatomy;
    private final List<Unknown.Foreign> unknown;
    private final Map<Set<PrecisionMode>, Map<String, Optional<Reference>>> known = new HashMap<>();
    private final Map<String, Map<String, Tensor>> firstOutputs = new HashMap<>();
    private Map<String, Tensor> firstTensors = Map.of();
    private List<Parts.Part> parts = List.of();
    private Optional<Divergence.One> first = Optional.empty();

    private Versus(Asked asked, Standard standard, Progress progress) {
        this.asked = asked;
        this.standard = standard;
        this.progress = progress;
        this.anatomy = Anatomy.of(asked.file);
        this.unknown = Unknown.in(asked.file.model(), anatomy.nodes());
    }

    /**
     * What is asked.
     *
     * @param reference backend that runs what the oracle does not know
     * @param nodes whether it is asked at which node they part
     * @param atOnce bytes of tensors that a backend is asked for in one run
     */
    public record Asked(
            ModelFile file,
            List<BackendUri> backends,
            Optional<BackendUri> reference,
            int timeoutSeconds,
            boolean nodes,
            long atOnce) {
        public Asked {
            backends = List.copyOf(backends);
        }
    }

    /**
     * Compares.
     *
     * @param sets inputs by data set
     * @throws org.aiis.spec.codec.InputException when the model is not valid, an input does not fit it, or a backend does not start
     */
    public static Divergence of(
            Asked asked, Map<String, ? extends Map<String, Tensor>> sets, Standard standard, Progress progress) {
        return new Versus(asked, standard, progress).divergence(sets);
    }

    private Divergence divergence(Map<String, ? extends Map<String, Tensor>> sets) {
        Stimulus.ModelRun plain = anatomy.whole(Map.of());
        if (unknown.isEmpty()) {
            Check.valid(() -> anatomy.program(plain));
        }
        List<Divergence.One> systems = new ArrayList<>();
        try (Lent trusted =
                Lent.of(unknown.isEmpty() ? Optional.empty() : asked.reference, asked.file, asked.timeoutSeconds)) {
            for (BackendUri backend : asked.backends) {
                Divergence.One one = one(backend, plain, sets, trusted);
                systems.add(one);
                first = first.or(() -> Optional.of(one));
            }
            return new Divergence(
                    anatomy.nodes().size(),
                    asked.file.sha256(plain.model()),
                    unknown.stream().map(Unknown.Foreign::told).toList(),
                    trusted.name(),
                    asked.file.notes(),
                    systems,
                    Memory.peakMiB(ProcessHandle.current().pid()));
        }
    }

    private Divergence.One one(
            BackendUri backend,
            Stimulus.ModelRun plain,
            Map<String, ? extends Map<String, Tensor>> sets,
            Lent trusted) {
        progress.stage("starting " + backend.name(), 0);
        Check check = new Check(
                new Check.Asked(asked.file, backend, asked.reference, asked.timeoutSeconds, false), standard, progress);
        List<Report.DataSet> all = new ArrayList<>();
        SortedMap<String, List<Divergence.Output>> against = new TreeMap<>();
        try (WorkerPool pool = Workers.start(backend.name(), 1, asked.timeoutSeconds, backend.options());
                Showing showing = Showing.of(asked.file, pool.sut())) {
            Set<PrecisionMode> modes = IcsDraft.modes(pool.sut());
            sets.forEach((name, inputs) -> {
                Stimulus.ModelRun run = new Stimulus.ModelRun(plain.model(), inputs);
                Optional<Reference> right = known.computeIfAbsent(modes, m -> new HashMap<>())
                        .computeIfAbsent(name, n -> check.right(run, unknown, trusted, modes, Optional.empty()));
                Map<String, Tensor> outputs = new TreeMap<>();
                Report.DataSet set = new OneSet(standard, pool, showing, Lent.NONE, run, modes, progress)
                        .seen(name, right, "the oracle does not know " + Check.told(unknown), outputs::putAll);
                all.add(set);
                if (first.isPresent()) {
                    against.put(name, against(first.get(), set, outputs, right));
                } else {
                    firstOutputs.put(name, outputs);
                }
            });
            Optional<Divergence.Parting> parting = asked.nodes
                    ? parting(pool, showing, plain, sets.values().iterator().next())
                    : Optional.empty();
            return new Divergence.One(
                    backend.name() + (backend.options().isEmpty() ? "" : " " + backend.options()),
                    pool.sut(),
                    all.stream()
                            .map(set -> set.finding().verdict())
                            .max(Comparator.naturalOrder())
                            .orElse(Verdict.INCONCLUSIVE),
                    all,
                    against,
                    parting,
                    pool.peakMemory());
        }
    }

    private List<Divergence.Output> against(
            Divergence.One one, Report.DataSet here, Map<String, Tensor> outputs, Optional<Reference> right) {
        Map<String, Tensor> before = firstOutputs.getOrDefault(here.name(), Map.of());
        if (before.isEmpty() || outputs.isEmpty()) {
            return List.of();
        }
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(outputs.keySet());
        Optional<Report.DataSet> there = one.sets().stream()
                .filter(set -> set.name().equals(here.name()))
                .findFirst();
        List<Divergence.Output> all = new ArrayList<>();
        for (String name : names) {
            Tensor a = before.get(name);
            Tensor b = outputs.get(name);
            all.add(new Divergence.Output(
                    name,
                    a == null || b == null
                            ? Apart.unlike("output '" + name + "' of one of them alone")
                            : Apart.of(a, b),
                    a == null || b == null ? Optional.empty() : limits(a, b, name, right),
                    there.flatMap(set -> error(set, name)),
                    error(here, name)));
        }
        return all;
    }

    private static Optional<Double> limits(Tensor a, Tensor b, String name, Optional<Reference> right) {
        Optional<Reference.Value> value = right.flatMap(
                reference -> Optional.ofNullable(reference.outputs().get(name)));
        OptionalDouble apart = value.isPresent()
                ? Drift.between(
                        a,
                        b,
                        value.get(),
                        new Tolerance.Sensitivity(),
                        value.get().rounded())
                : OptionalDouble.empty();
        return apart.isPresent() ? Optional.of(Math.min(apart.getAsDouble(), Double.MAX_VALUE)) : Optional.empty();
    }

    private static Optional<Double> error(Report.DataSet set, String name) {
        return set.outputs().stream()
                .filter(output -> output.name().equals(name))
                .map(Report.Output::worst)
                .findFirst();
    }

    /**
     * The first system's tensors are kept, and those of the others are compared with them. Where all of them are too many for one run,
     * the first system shows them again, part by part, beside the other.
     */
    private Optional<Divergence.Parting> parting(
            WorkerPool pool, Showing showing, Stimulus.ModelRun plain, Map<String, Tensor> inputs) {
        if (!unknown.isEmpty()) {
            return Optional.of(nothing("the oracle does not know each node, so that types of tensors are not known"));
        }
        List<Parts.Part> parts = parts(plain, inputs);
        progress.stage("the backend gives every tensor", 0);
        if (parts.size() == 1) {
            Map<String, Tensor> tensors = shown(pool, showing, parts.get(0), inputs);
            if (first.isEmpty()) {
                firstTensors = tensors;
                return Optional.empty();
            }
            return Optional.of(
                    new Compared().add(parts.get(0), firstTensors, tensors).parting());
        }
        if (first.isEmpty()) {
            return Optional.empty();
        }
        BackendUri before = asked.backends.get(0);
        Compared compared = new Compared();
        try (WorkerPool again = Workers.start(before.name(), 1, asked.timeoutSeconds, before.options());
                Showing beside = Showing.of(asked.file, again.sut())) {
            for (Parts.Part part : parts) {
                compared.add(part, shown(again, beside, part, inputs), shown(pool, showing, part, inputs));
                progress.tick();
            }
        }
        return Optional.of(compared.parting());
    }

    private List<Parts.Part> parts(Stimulus.ModelRun plain, Map<String, Tensor> inputs) {
        if (parts.isEmpty()) {
            progress.stage("the oracle measures the tensors", 0);
            RightValues sizes = RightValues.of(anatomy.program(plain), inputs, 0);
            parts = Parts.of(anatomy.nodes(), sizes.types(), sizes::bytes, asked.atOnce);
        }
        return parts;
    }

    private Map<String, Tensor> shown(WorkerPool pool, Showing showing, Parts.Part part, Map<String, Tensor> inputs) {
        return OneSet.tensors(pool.observe(showing.stimulus(anatomy.exposing(part.tensors(), inputs))));
    }

    private static Divergence.Parting nothing(String why) {
        return new Divergence.Parting(0, 0, Optional.empty(), Optional.empty(), why);
    }

    /** Where two systems part, of the parts of a model that were compared. */
    private final class Compared {
        private final List<Divergence.Node> parted = new ArrayList<>();
        private int compared;
        private boolean silent;

        Compared add(Parts.Part part, Map<String, Tensor> one, Map<String, Tensor> other) {
            silent |= one.isEmpty() || other.isEmpty();
            for (var node : anatomy.nodes().subList(part.from(), part.to())) {
                Optional<Apart> apart = node.getOutputList().stream()
                        .filter(name -> one.containsKey(name) && other.containsKey(name))
                        .map(name -> Apart.of(
                                java.util.Objects.requireNonNull(one.get(name)),
                                java.util.Objects.requireNonNull(other.get(name))))
                        .reduce(Apart::and);
                compared += apart.isPresent() ? 1 : 0;
                apart.filter(a -> !a.same())
                        .ifPresent(a -> parted.add(new Divergence.Node(node.getName(), node.getOpType(), a)));
            }
            return this;
        }

        Divergence.Parting parting() {
            return silent
                    ? nothing("one of them does not run the model with every tensor among its outputs")
                    : new Divergence.Parting(
                            compared,
                            parted.size(),
                            parted.stream().findFirst(),
                            parted.stream().max(Comparator.comparingDouble(n -> far(n.apart()))),
                            "");
        }
    }

    private static double far(Apart apart) {
        return apart.special() > 0 || !apart.unlike().isEmpty() ? Double.MAX_VALUE : apart.share();
    }
}
