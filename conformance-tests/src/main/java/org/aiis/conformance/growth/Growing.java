package org.aiis.conformance.growth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aiis.conformance.bisect.Anatomy;
import org.aiis.conformance.bisect.Bench;
import org.aiis.conformance.bisect.LocalError;
import org.aiis.conformance.bisect.Parts;
import org.aiis.conformance.run.Progress;
import org.aiis.onnx.NodeProto;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Verdict;

/** Looks at every tensor of a model on a backend, and says of each node how large its error is and what it inherits. */
public final class Growing {
    private static final int MOST_NAMED = 10;

    /** Nodes that are shown by themselves, at most. */
    private static final int MOST_ALONE = 2_000;

    private final Anatomy anatomy;
    private final Map<String, Tensor> inputs;
    private final Bench bench;
    private final Spreads spreads;
    private final NodeTimes times;
    private final long atOnce;
    private final Progress progress;

    private Growing(
            Anatomy anatomy,
            Map<String, Tensor> inputs,
            Bench bench,
            Spreads spreads,
            NodeTimes times,
            long atOnce,
            Progress progress) {
        this.anatomy = anatomy;
        this.inputs = Map.copyOf(inputs);
        this.bench = bench;
        this.spreads = spreads;
        this.times = times;
        this.atOnce = atOnce;
        this.progress = progress;
    }

    /**
     * Looks.
     *
     * @param spreads of the tensors of the model with these inputs
     * @param times of its nodes
     * @param atOnce bytes of tensors that are asked of the backend in one run; what is more is shown in several
     */
    public static Growth of(
            Anatomy anatomy,
            Map<String, Tensor> inputs,
            Bench bench,
            Spreads spreads,
            NodeTimes times,
            long atOnce,
            Progress progress) {
        return new Growing(anatomy, inputs, bench, spreads, times, atOnce, progress).growth();
    }

    private Growth growth() {
        Stimulus.ModelRun whole = anatomy.whole(inputs);
        List<Parts.Part> parts =
                Parts.of(anatomy.nodes(), anatomy.program(whole).tensors(), spreads::bytes, atOnce);
        Observation plain = bench.observe(whole);
        Seen seen = new Seen(Bench.tensors(plain), parts.size());
        Map<String, List<String>> placed = placed(plain);
        Map<String, Integer> maker = makers();
        List<List<String>> scopes = Scopes.of(anatomy.nodes(), maker);
        List<Growth.Node> nodes = new ArrayList<>();
        for (Parts.Part part : parts) {
            progress.stage("the backend shows every tensor" + part.told(parts), 0);
            Stimulus.ModelRun exposing = anatomy.exposing(part.tensors(), inputs);
            Observation exposed = bench.observe(exposing);
            seen.add(exposing, exposed);
            Map<String, Tensor> shown = Bench.tensors(exposed);
            Map<Integer, Finding> local = local(shown, part);
            for (int i = part.from(); i < part.to(); i++) {
                nodes.add(node(i, maker, scopes.get(i), shown, Optional.ofNullable(local.get(i)), placed));
            }
        }
        List<Growth.Output> outputs = anatomy.results().stream()
                .sorted()
                .map(name -> new Growth.Output(name, Optional.ofNullable(maker.get(name))))
                .toList();
        return new Growth(
                nodes, outputs, ErrorTrail.of(nodes, outputs), worst(nodes), seen.looking(gone(plain)), times.runs());
    }

    /**
     * Each node that was seen. One that was wrong in the graph is shown by itself, from the same inputs: in the graph it may have had
     * more digits of them than came out.
     */
    private Map<Integer, Finding> local(Map<String, Tensor> seen, Parts.Part part) {
        Map<Integer, Finding> local =
                LocalError.of(anatomy, part.from(), part.to(), bench, inputs, seen, progress).stream()
                        .collect(Collectors.toMap(LocalError::at, LocalError::finding, (a, b) -> a, TreeMap::new));
        Map<String, Tensor> values = new HashMap<>(inputs);
        values.putAll(seen);
        List<Integer> suspects = local.entrySet().stream()
                .filter(e -> e.getValue().verdict() == Verdict.FAIL)
                .map(Map.Entry::getKey)
                .limit(MOST_ALONE)
                .toList();
        progress.stage("showing suspected nodes by themselves", suspects.size());
        for (int at : suspects) {
            Finding alone = bench.show("part", anatomy.part(Set.of(at), values)).finding();
            if (alone.verdict() == Verdict.PASS) {
                local.put(
                        at,
                        alone.saying(
                                "by itself it is right; in the graph it had other digits of its inputs than came out: "
                                        + Optional.ofNullable(local.get(at))
                                                .map(Finding::message)
                                                .orElse("")));
            }
            progress.tick();
        }
        return local;
    }

    private Map<String, Integer> makers() {
        Map<String, Integer> maker = new HashMap<>();
        for (int i = 0; i < anatomy.nodes().size(); i++) {
            int at = i;
            anatomy.nodes().get(i).getOutputList().forEach(name -> maker.put(name, at));
        }
        maker.remove("");
        return maker;
    }

    private Growth.Node node(
            int at,
            Map<String, Integer> maker,
            List<String> scope,
            Map<String, Tensor> seen,
            Optional<Finding> local,
            Map<String, List<String>> placed) {
        NodeProto node = anatomy.nodes().get(at);
        Set<Integer> reads = new LinkedHashSet<>();
        Set<String> fed = new LinkedHashSet<>();
        for (String name : Anatomy.reads(node)) {
            Optional.ofNullable(maker.get(name)).ifPresent(reads::add);
            if (inputs.containsKey(name)) {
                fed.add(name);
            }
        }
        OptionalDouble accumulated = OptionalDouble.empty();
        OptionalDouble share = OptionalDouble.empty();
        List<String> makes = new ArrayList<>();
        for (String name : node.getOutputList()) {
            Tensor got = seen.get(name);
            Optional<Spread> spread = spreads.of(name).filter(Spread::isTold);
            if (got != null) {
                makes.add(got.type().label() + got.shape());
                accumulated = larger(accumulated, spread.map(s -> s.worst(got)));
            }
            share = larger(share, spread.map(Spread::share));
        }
        return new Growth.Node(
                node.getName(),
                (node.getDomain().isEmpty() ? "" : node.getDomain() + ".") + node.getOpType(),
                List.copyOf(reads),
                List.copyOf(fed),
                scope,
                String.join(", ", makes),
                local,
                accumulated,
                share,
                String.join(", ", placed.getOrDefault(node.getName(), List.of())),
                times.of(at));
    }

    private static OptionalDouble larger(OptionalDouble one, Optional<Double> other) {
        return other.map(value -> OptionalDouble.of(Math.max(value, one.orElse(value))))
                .orElse(one);
    }

    private static Map<String, List<String>> placed(Observation observation) {
        Map<String, List<String>> placed = new HashMap<>();
        if (observation instanceof Observation.Outputs outputs) {
            for (NodePlacement node : outputs.placement()) {
                placed.computeIfAbsent(node.node(), n -> new ArrayList<>())
                        .add(
                                switch (node.state()) {
                                    case PROVIDER -> node.by();
                                    case FUSED_INTO -> "fused into " + node.by();
                                    case FOLDED -> "folded";
                                    case ELIMINATED -> "eliminated";
                                    case UNKNOWN -> "unknown";
                                });
            }
        }
        return placed;
    }

    private static List<Integer> worst(List<Growth.Node> nodes) {
        return IntStream.range(0, nodes.size())
                .filter(i -> nodes.get(i).isWrong() || nodes.get(i).localError().orElse(0) > 0)
                .boxed()
                .sorted(Comparator.<Integer, Boolean>comparing(
                                i -> !nodes.get(i).isWrong())
                        .thenComparing(Comparator.comparingDouble(
                                i -> -nodes.get(i).localError().orElse(0)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_NAMED)
                .toList();
    }

    /** What the runs that show tensors do to the model's own outputs. */
    private final class Seen {
        private final Map<String, Tensor> before;
        private final int parts;
        private OptionalDouble worst = OptionalDouble.empty();
        private Optional<Finding> silence = Optional.empty();
        private int silent;
        private boolean same = true;

        /** @param before outputs of the model as it is */
        Seen(Map<String, Tensor> before, int parts) {
            this.before = before;
            this.parts = parts;
        }

        void add(Stimulus.ModelRun exposing, Observation exposed) {
            if (!Bench.answered(exposed)) {
                silent++;
                silence = silence.or(() ->
                        Optional.of(bench.judged("exposed", exposing, exposed).finding()));
                return;
            }
            Map<String, Tensor> now = Bench.tensors(exposed);
            for (String name : anatomy.results()) {
                Tensor one = before.get(name);
                Tensor other = now.get(name);
                same &= one == null
                        ? other == null
                        : other != null && one.digest().equals(other.digest());
                if (other != null) {
                    worst = larger(
                            worst, spreads.of(name).filter(Spread::isTold).map(s -> s.worst(other)));
                }
            }
        }

        Growth.Looking looking(int gone) {
            if (silent == parts) {
                return new Growth.Looking(silence.orElseGet(Finding::pass), false, false, 0, parts, silent);
            }
            Finding finding = worst.isEmpty()
                    ? Finding.of(Verdict.INCONCLUSIVE, "")
                    : worst.getAsDouble() > 1
                            ? Finding.fail("value", "").withWorst(worst.getAsDouble())
                            : Finding.pass().withWorst(worst.getAsDouble());
            return new Growth.Looking(finding, true, same, gone, parts, silent);
        }
    }

    /** Nodes that do not run as they are written. */
    private static int gone(Observation plain) {
        return plain instanceof Observation.Outputs outputs
                ? (int) outputs.placement().stream()
                        .filter(p ->
                                p.state() != NodePlacement.State.PROVIDER && p.state() != NodePlacement.State.UNKNOWN)
                        .map(NodePlacement::node)
                        .distinct()
                        .count()
                : 0;
    }
}
