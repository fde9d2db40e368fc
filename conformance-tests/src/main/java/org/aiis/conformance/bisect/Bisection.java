package org.aiis.conformance.bisect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.conformance.run.Progress;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Verdict;

/**
 * Finds the node that a backend gets wrong. First with every tensor of the graph among the outputs: each node is judged from
 * the inputs that the backend itself gave it, so that an error that it inherits is not held against it, and what is wrong
 * there is shown by itself. Where that shows nothing, or nothing comes back at all, each node is shown by itself, fed with
 * what the oracle gives; and where each is right, chains of nodes, halved until the fault goes away.
 */
final class Bisection {
    /** Nodes that are shown by themselves, at most. */
    private static final int MOST_ALONE = 5_000;

    /** Nodes of a chain up to which each is left out in turn. */
    private static final int MOST_SINGLY = 64;

    private final Bench bench;
    private final Anatomy anatomy;
    private final Map<String, Tensor> inputs;
    private final long atOnce;
    private final Progress progress;

    /** @param atOnce bytes of tensors that the backend is asked for in one run */
    Bisection(Bench bench, Anatomy anatomy, Map<String, Tensor> inputs, long atOnce, Progress progress) {
        this.bench = bench;
        this.anatomy = anatomy;
        this.inputs = Map.copyOf(inputs);
        this.atOnce = atOnce;
        this.progress = progress;
    }

    /**
     * The fault, by itself.
     *
     * @param nodes names with operators, in order; several where it takes them together
     * @param shown the nodes as a model, and what the backend gives for it
     */
    record Culprit(List<String> nodes, Bench.Shown shown) {
        Culprit {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * What was found.
     *
     * @param whole the model as it is
     * @param nodes each node whose inputs and outputs were seen
     * @param steady whether a second run of the whole model gave the same bits
     */
    record Result(Bench.Shown whole, List<LocalError> nodes, Optional<Culprit> culprit, boolean steady) {
        Result {
            nodes = List.copyOf(nodes);
        }

        /** Whether each node of the culprit is right by itself. */
        boolean fused() {
            return culprit.map(c -> c.nodes().size() > 1).orElse(false);
        }
    }

    /** A run that gave no outputs, with the model that it was. */
    private record Silent(Stimulus.ModelRun run, Observation observation) {}

    /** @throws InputException when the oracle cannot say what the model gives */
    Result find() {
        progress.stage("the oracle evaluates the model", 0);
        Stimulus.ModelRun run = anatomy.whole(inputs);
        RightValues right = right(run);
        progress.stage("the backend runs the model", 0);
        Bench.Shown whole = bench.show("whole", run);
        boolean steady = !whole.answered() || same(whole.observation(), bench.observe(run));
        List<Parts.Part> parts = Parts.of(anatomy.nodes(), right.types(), right::bytes, atOnce);
        List<LocalError> nodes = new ArrayList<>();
        Optional<Culprit> culprit = Optional.empty();
        Optional<Silent> silent = Optional.empty();
        for (Parts.Part part : parts) {
            if (silent.isPresent() && !whole.answered()) {
                // The model dies, hangs or is refused whatever is shown of it.
                break;
            }
            progress.stage("the backend shows every tensor" + part.told(parts), 0);
            Stimulus.ModelRun exposing = anatomy.exposing(part.tensors(), inputs);
            Observation exposed = bench.observe(exposing);
            if (Bench.answered(exposed)) {
                Map<String, Tensor> seen = Bench.tensors(exposed);
                List<LocalError> local = LocalError.of(anatomy, part.from(), part.to(), bench, inputs, seen, progress);
                nodes.addAll(local);
                culprit = culprit.isPresent() ? culprit : suspected(local, seen, right);
            } else if (silent.isEmpty()) {
                silent = Optional.of(new Silent(exposing, exposed));
            }
        }
        boolean wrong = whole.finding().verdict() == Verdict.FAIL || silent.isPresent();
        if (culprit.isEmpty() && wrong) {
            culprit = byItself(parts, right);
        }
        if (culprit.isEmpty() && wrong) {
            Bench.Shown like = whole.answered()
                    ? whole
                    : silent.map(s -> bench.judged("exposed", s.run(), s.observation()))
                            .orElse(whole);
            culprit = Optional.of(chain(like.finding(), right));
        }
        return new Result(whole, nodes, culprit, steady);
    }

    private RightValues right(Stimulus.ModelRun run) {
        try {
            return RightValues.of(
                    anatomy.program(run), inputs, Runtime.getRuntime().maxMemory() / 4);
        } catch (Oracle.Refusal refused) {
            throw unknown(refused);
        }
    }

    private static InputException unknown(Oracle.Refusal refused) {
        return InputException.of(
                "the oracle cannot evaluate the model: " + refused.getMessage(),
                "a node is judged by what the oracle gives; give a model, and inputs, that it takes");
    }

    /** Whether all that one gave came back from the other, bit for bit. */
    static boolean same(Observation one, Observation other) {
        Map<String, Tensor> again = Bench.tensors(other);
        return Bench.tensors(one).entrySet().stream().allMatch(e -> {
            Tensor tensor = again.get(e.getKey());
            return tensor != null && tensor.digest().equals(e.getValue().digest());
        });
    }

    /**
     * The first node that was wrong in the graph and is wrong by itself too, from the same inputs. A node that is only wrong in
     * the graph may have had more digits of its inputs than came out.
     */
    private Optional<Culprit> suspected(List<LocalError> findings, Map<String, Tensor> exposed, RightValues right) {
        List<Integer> suspects = findings.stream()
                .filter(f -> f.finding().verdict() == Verdict.FAIL)
                .map(LocalError::at)
                .limit(MOST_ALONE)
                .toList();
        progress.stage("showing suspected nodes by themselves", suspects.size());
        for (int at : suspects) {
            progress.tick();
            Set<String> needs = anatomy.needs(Set.of(at));
            needs.removeAll(exposed.keySet());
            Map<String, Tensor> values = right.of(needs);
            values.putAll(exposed);
            Optional<Bench.Shown> shown = failing(Set.of(at), Optional.empty(), values, right);
            if (shown.isPresent()) {
                return Optional.of(new Culprit(names(Set.of(at)), shown.get()));
            }
        }
        return Optional.empty();
    }

    /** The first node that is wrong by itself, from the inputs that the oracle gives. */
    private Optional<Culprit> byItself(List<Parts.Part> parts, RightValues right) {
        int nodes = Math.min(anatomy.nodes().size(), MOST_ALONE);
        progress.stage("showing each node by itself", nodes);
        for (Parts.Part part : parts) {
            Map<String, Tensor> values =
                    part.from() < nodes ? right.of(part.tensors().keySet()) : Map.of();
            for (int i = part.from(); i < Math.min(part.to(), nodes); i++) {
                progress.tick();
                Optional<Bench.Shown> shown = failing(Set.of(i), Optional.empty(), values, right);
                if (shown.isPresent()) {
                    return Optional.of(new Culprit(names(Set.of(i)), shown.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** The shortest chain that fails as the whole model does. */
    private Culprit chain(Finding like, RightValues right) {
        SortedSet<Integer> every = anatomy.range(0, anatomy.nodes().size() - 1);
        progress.stage("halving the graph", 0);
        Optional<Bench.Shown> all = failing(every, like.reason(), right);
        if (all.isEmpty()) {
            return new Culprit(names(every), bench.show("whole", part(every, right.of(anatomy.needs(every)), right)));
        }
        return smallest(every, all.get(), right);
    }

    private Culprit smallest(SortedSet<Integer> from, Bench.Shown failing, RightValues right) {
        Optional<String> reason = failing.finding().reason();
        SortedSet<Integer> best = from;
        Bench.Shown shown = failing;
        int low = from.first();
        int high = from.last();
        while (low < high) {
            int middle = (low + high) / 2;
            Optional<Bench.Shown> half = failing(anatomy.range(from.first(), middle), reason, right);
            if (half.isPresent()) {
                high = middle;
                best = anatomy.range(from.first(), middle);
                shown = half.get();
            } else {
                low = middle + 1;
            }
        }
        int end = best.last();
        low = best.first();
        high = end;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            Optional<Bench.Shown> half = failing(anatomy.range(middle, end), reason, right);
            if (half.isPresent()) {
                low = middle;
                best = anatomy.range(middle, end);
                shown = half.get();
            } else {
                high = middle - 1;
            }
        }
        for (int node : best.size() > MOST_SINGLY ? List.<Integer>of() : List.copyOf(best)) {
            SortedSet<Integer> fewer = new TreeSet<>(best);
            fewer.remove(node);
            if (!fewer.isEmpty()) {
                Optional<Bench.Shown> still = failing(fewer, reason, right);
                if (still.isPresent()) {
                    best = fewer;
                    shown = still.get();
                }
            }
        }
        return new Culprit(names(best), shown);
    }

    /** What a part gives from the oracle's tensors, where it fails, and for this reason where one is asked for. */
    private Optional<Bench.Shown> failing(Set<Integer> which, Optional<String> reason, RightValues right) {
        return failing(which, reason, right.of(anatomy.needs(which)), right);
    }

    private Optional<Bench.Shown> failing(
            Set<Integer> which, Optional<String> reason, Map<String, Tensor> values, RightValues right) {
        Bench.Shown shown = bench.show("part", part(which, values, right));
        return shown.finding().verdict() == Verdict.FAIL
                        && (reason.isEmpty() || reason.equals(shown.finding().reason()))
                ? Optional.of(shown)
                : Optional.empty();
    }

    private Stimulus.ModelRun part(Set<Integer> which, Map<String, Tensor> values, RightValues right) {
        Map<String, Optional<ElementType>> typed = new TreeMap<>();
        anatomy.gives(which)
                .forEach(name ->
                        typed.put(name, Optional.ofNullable(right.types().get(name))));
        return anatomy.part(which, typed, values);
    }

    private List<String> names(Set<Integer> which) {
        return new TreeSet<>(which)
                .stream()
                        .map(i -> anatomy.nodes().get(i).getName() + " ("
                                + anatomy.nodes().get(i).getOpType() + ")")
                        .toList();
    }
}
