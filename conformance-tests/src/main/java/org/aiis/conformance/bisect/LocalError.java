package org.aiis.conformance.bisect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.aiis.conformance.run.Progress;
import org.aiis.onnx.NodeProto;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;

/**
 * What a backend made of a node, judged from the inputs that the backend itself gave it: an error that the node inherits is not
 * held against it.
 *
 * @param at place of the node in its {@link Anatomy}
 */
public record LocalError(int at, String node, String operator, Finding finding) {
    /**
     * Each of some neighbouring nodes of which inputs and outputs were seen, in order. Nodes do not depend on each other here, so the
     * processors share them.
     *
     * @param from the first of them
     * @param to the node behind the last
     * @param exposed every tensor that they make and read, as far as it came back
     */
    public static List<LocalError> of(
            Anatomy anatomy,
            int from,
            int to,
            Bench bench,
            Map<String, Tensor> inputs,
            Map<String, Tensor> exposed,
            Progress progress) {
        Map<String, Tensor> values = new HashMap<>(inputs);
        values.putAll(exposed);
        progress.stage("judging nodes", to - from);
        IntStream range = IntStream.range(from, to);
        return (anatomy.isSmall() ? range.parallel() : range)
                .mapToObj(i -> {
                    NodeProto node = anatomy.nodes().get(i);
                    Optional<LocalError> error = seen(node, values)
                            .map(outputs -> new LocalError(
                                    i,
                                    node.getName(),
                                    node.getOpType(),
                                    bench.judged(node.getName(), anatomy.part(Set.of(i), values), outputs)
                                            .finding()));
                    progress.tick();
                    return error;
                })
                .flatMap(Optional::stream)
                .toList();
    }

    /** What a node was seen to give; empty where an output did not come back. */
    private static Optional<Observation> seen(NodeProto node, Map<String, Tensor> values) {
        Map<String, Tensor> outputs = new HashMap<>();
        for (String name : node.getOutputList()) {
            Tensor value = values.get(name);
            if (!name.isEmpty() && value == null) {
                return Optional.empty();
            } else if (value != null) {
                outputs.put(name, value);
            }
        }
        return outputs.isEmpty() ? Optional.empty() : Optional.of(Observation.Outputs.of(outputs));
    }
}
