package org.aiis.conformance.growth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The way of an error through a model.
 *
 * @param kind what is known of its source
 * @param source the node where it begins
 * @param before what the source reads, and so on up to an input, by the largest accumulated error; the nearest last
 * @param path from the source to the output that it reaches with the largest accumulated error, both with it
 */
public record ErrorTrail(Kind kind, int source, List<Integer> before, List<Integer> path) {
    /** What is known of a source. */
    public enum Kind {
        /** It is wrong from the inputs that the backend gave it: the first such node. */
        WRONG,
        /** No node is wrong by itself; here the accumulated error first leaves its bound. */
        ADDED_UP,
        /** Nothing is outside a bound; here the local error is the largest. */
        LARGEST
    }

    public ErrorTrail {
        before = List.copyOf(before);
        path = List.copyOf(path);
    }

    /** The trail; empty where nothing is known of any node. */
    static Optional<ErrorTrail> of(List<Growth.Node> nodes, List<Growth.Output> outputs) {
        return new Walk(nodes, outputs).trail();
    }

    private record Walk(List<Growth.Node> nodes, List<Growth.Output> outputs) {
        Optional<ErrorTrail> trail() {
            Optional<Integer> wrong = first(i -> nodes.get(i).isWrong());
            Optional<Integer> addedUp = wrong.isPresent() ? wrong : first(this::leavesItsBound);
            Optional<Integer> source = addedUp.isPresent() ? addedUp : largest();
            return source.map(s -> new ErrorTrail(
                    wrong.isPresent() ? Kind.WRONG : addedUp.isPresent() ? Kind.ADDED_UP : Kind.LARGEST,
                    s,
                    before(s),
                    path(s)));
        }

        private Optional<Integer> first(java.util.function.IntPredicate which) {
            return IntStream.range(0, nodes.size()).filter(which).boxed().findFirst();
        }

        private boolean leavesItsBound(int i) {
            return accumulated(i) > 1 && nodes.get(i).reads().stream().allMatch(r -> accumulated(r) <= 1);
        }

        private Optional<Integer> largest() {
            return IntStream.range(0, nodes.size())
                    .filter(i -> nodes.get(i).localError().isPresent())
                    .boxed()
                    .max(Comparator.<Integer>comparingDouble(
                                    i -> nodes.get(i).localError().orElse(-1))
                            .thenComparing(Comparator.reverseOrder()));
        }

        /** −1 where it is not known. */
        private double accumulated(int i) {
            OptionalDouble known = nodes.get(i).accumulated();
            return known.orElse(-1);
        }

        private Comparator<Integer> byError() {
            return Comparator.<Integer>comparingDouble(this::accumulated).thenComparing(Comparator.reverseOrder());
        }

        private List<Integer> before(int source) {
            List<Integer> before = new ArrayList<>();
            Optional<Integer> next = Optional.of(source);
            while (next.isPresent()) {
                next = nodes.get(next.get()).reads().stream()
                        .filter(r -> accumulated(r) > 0)
                        .max(byError());
                next.ifPresent(n -> before.add(0, n));
            }
            return before;
        }

        private List<Integer> path(int source) {
            List<List<Integer>> readers = new ArrayList<>();
            nodes.forEach(n -> readers.add(new ArrayList<>()));
            for (int i = 0; i < nodes.size(); i++) {
                for (int read : nodes.get(i).reads()) {
                    readers.get(read).add(i);
                }
            }
            Set<Integer> after = new HashSet<>(Set.of(source));
            for (int i = source; i < nodes.size(); i++) {
                if (after.contains(i)) {
                    after.addAll(readers.get(i));
                }
            }
            Optional<Integer> end = outputs.stream()
                    .flatMap(o -> o.node().stream())
                    .filter(after::contains)
                    .max(byError());
            return end.map(e -> between(source, e, readers)).orElse(List.of(source));
        }

        private List<Integer> between(int source, int end, List<List<Integer>> readers) {
            Set<Integer> leads = new HashSet<>(Set.of(end));
            for (int i = end; i >= source; i--) {
                if (leads.contains(i)) {
                    leads.addAll(nodes.get(i).reads());
                }
            }
            List<Integer> path = new ArrayList<>(List.of(source));
            int at = source;
            while (at != end) {
                at = readers.get(at).stream()
                        .filter(leads::contains)
                        .max(byError())
                        .orElseThrow();
                path.add(at);
            }
            return path;
        }
    }
}
