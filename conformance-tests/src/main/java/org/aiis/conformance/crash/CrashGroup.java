package org.aiis.conformance.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/**
 * Deaths and hangs of one signature on models of the same operators, the case with the smallest model first.
 *
 * @param operators of the models, sorted: {@code Max}, {@code Concat+Pad}
 */
public record CrashGroup(Signature signature, String operators, List<TestCase> cases) {
    private static final int NAMED = 4;

    public CrashGroup {
        cases = List.copyOf(cases);
    }

    /** A case that ended the process, or did not end. */
    public record Crash(TestCase testCase, Signature signature) {}

    /** Sorted by signature, then operators. */
    public static List<CrashGroup> of(List<Crash> crashes) {
        SortedMap<Signature, SortedMap<String, List<TestCase>>> found = new TreeMap<>();
        for (Crash crash : crashes) {
            found.computeIfAbsent(crash.signature(), s -> new TreeMap<>())
                    .computeIfAbsent(operators(crash.testCase().stimulus().get()), o -> new ArrayList<>())
                    .add(crash.testCase());
        }
        List<CrashGroup> groups = new ArrayList<>();
        found.forEach((signature, byOperators) -> byOperators.forEach((operators, cases) -> {
            cases.sort(
                    Comparator.comparingLong((TestCase c) -> size(c.stimulus().get()))
                            .thenComparing(TestCase::id));
            groups.add(new CrashGroup(signature, operators, cases));
        }));
        return groups;
    }

    private static String operators(Stimulus stimulus) {
        TreeSet<String> names = new TreeSet<>();
        for (Bytes model : models(stimulus)) {
            try {
                for (NodeProto node : Models.parse(model).getGraph().getNodeList()) {
                    names.add(
                            node.getOpType().length() > 40
                                    ? node.getOpType().substring(0, 40) + "…"
                                    : node.getOpType());
                }
            } catch (Oracle.Refusal damaged) {
                names.add("bytes that are no model");
            }
        }
        List<String> first = names.stream().limit(NAMED).toList();
        return first.isEmpty()
                ? "no operator"
                : String.join("+", first) + (names.size() > NAMED ? "+" + (names.size() - NAMED) + " more" : "");
    }

    private static List<Bytes> models(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.ModelRun run) {
            return List.of(run.model());
        } else if (stimulus instanceof Stimulus.MustReject twins) {
            return List.of(twins.valid().model(), twins.broken().model());
        }
        return ((Stimulus.Script) stimulus)
                .steps().stream()
                        .filter(Step.Load.class::isInstance)
                        .map(s -> ((Step.Load) s).bytes())
                        .toList();
    }

    private static long size(Stimulus stimulus) {
        return models(stimulus).stream().mapToLong(Bytes::size).sum();
    }
}
