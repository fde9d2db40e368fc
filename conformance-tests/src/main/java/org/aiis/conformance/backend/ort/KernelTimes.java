package org.aiis.conformance.backend.ort;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.aiis.conformance.backend.ort.Graph.Node;
import org.aiis.conformance.backend.ort.ProfileEvents.Noted;

/**
 * How long kernels took, from the profile that ONNX Runtime writes: the median of the runs, without the first, which also makes what
 * later ones find. Its events tell whole microseconds, what is left is cut off; of a provider that works on while the processor goes
 * on they tell how long the processor took to hand the work over.
 *
 * @param nanos by the kernel's node
 */
record KernelTimes(Map<Kernel, Long> nanos) {
    private static final long NOT_TOLD = -1;
    private static final long NANOS_OF_MICRO = 1_000;

    KernelTimes {
        nanos = Map.copyOf(nanos);
    }

    /** A node as ONNX Runtime names it in a profile. */
    record Kernel(String name, String op) {}

    /** @throws org.aiis.spec.codec.InputException when the profile is too large or torn */
    static KernelTimes read(Path profile) {
        List<Map<Kernel, Long>> runs = new ArrayList<>();
        Deque<Noted> going = new ArrayDeque<>();
        ProfileEvents.each(profile, noted -> {
            if (noted.isKernel()) {
                while (!going.isEmpty() && going.getLast().start() > noted.start()) {
                    going.removeLast(); // Of a graph within this node, whose time is in its own.
                }
                going.add(noted);
            } else if (noted.isEndOfRun()) {
                runs.add(going.stream()
                        .collect(Collectors.toMap(k -> new Kernel(k.node(), k.op()), Noted::micros, Long::sum)));
                going.clear();
            }
        });
        Map<Kernel, List<Long>> all = new HashMap<>();
        runs.stream()
                .skip(runs.size() > 1 ? 1 : 0)
                .forEach(run -> run.forEach((kernel, micros) ->
                        all.computeIfAbsent(kernel, k -> new ArrayList<>()).add(micros)));
        Map<Kernel, Long> nanos = new HashMap<>();
        all.forEach((kernel, micros) -> nanos.put(kernel, median(micros)));
        return new KernelTimes(nanos);
    }

    private static long median(List<Long> micros) {
        List<Long> sorted = micros.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? NANOS_OF_MICRO * sorted.get(half)
                : NANOS_OF_MICRO * (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /**
     * Of each node of a model in its order; -1 where it is not told. What several nodes became together stands at the last of them;
     * a kernel that makes nothing for any node, such as a copy between providers, stands nowhere.
     *
     * @param optimised the graph as ONNX Runtime ran it, empty where it cannot be told; asked for only when a node left no event
     */
    long[] of(Graph original, Supplier<Optional<Graph>> optimised) {
        long[] told = new long[original.nodes().size()];
        Arrays.fill(told, NOT_TOLD);
        Set<Kernel> left = new HashSet<>(nanos.keySet());
        for (Node node : original.nodes()) {
            Kernel own = new Kernel(Profile.nameOf(node), node.op());
            Long time = nanos.get(own);
            if (time != null) {
                told[node.index()] = time;
                left.remove(own);
            }
        }
        if (!left.isEmpty()) {
            optimised.get().ifPresent(now -> together(original, new Rewriting(original, now), left)
                    .forEach((kernel, at) -> told[at] = Math.max(0, told[at]) + nanos.getOrDefault(kernel, 0L)));
        }
        return told;
    }

    /** Each kernel that is no node's own, with the last of the nodes that became it. */
    private static Map<Kernel, Integer> together(Graph original, Rewriting rewriting, Set<Kernel> kernels) {
        Map<Kernel, Integer> last = new HashMap<>();
        for (Node node : original.nodes()) {
            rewriting
                    .taker(node)
                    .filter(taker -> !rewriting.folds(node) && !rewriting.isOriginal(taker))
                    .ifPresent(taker -> rewriting.made(taker).stream()
                            .map(made -> new Kernel(made.name(), made.op()))
                            .filter(kernels::contains)
                            .forEach(kernel -> last.put(kernel, node.index())));
        }
        return last;
    }
}
