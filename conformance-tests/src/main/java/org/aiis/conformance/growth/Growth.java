package org.aiis.conformance.growth;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/**
 * The error of a backend in a model, node by node. Nodes are named by their places in the list.
 *
 * @param nodes each after what it reads
 * @param outputs of the model
 * @param trail from where the error comes and where it goes; empty where nothing was seen of any node
 * @param worst nodes with the largest local errors, at most ten, wrong ones first
 * @param looking what looking at the tensors in between changed
 * @param timedRuns runs of which the time of each node is the median; 0 where the backend does not tell
 */
public record Growth(
        List<Node> nodes,
        List<Output> outputs,
        Optional<ErrorTrail> trail,
        List<Integer> worst,
        Looking looking,
        int timedRuns) {
    public Growth {
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
        worst = List.copyOf(worst);
    }

    /**
     * A node.
     *
     * @param reads nodes that make what it reads
     * @param fed inputs of the model that it reads
     * @param scope groups that it lies in, the outermost first
     * @param makes type and shape of each output that was seen
     * @param local verdict from the backend's own inputs; empty where it was not seen
     * @param accumulated largest difference from the oracle, in units of 16 spreads; infinite where the values do not shake at all
     * @param share the largest spread, as a share of the largest magnitude
     * @param placed where it ran in the model as it is; empty where that is not told
     * @param nanos that it took; empty where that is not told
     */
    public record Node(
            String name,
            String operator,
            List<Integer> reads,
            List<String> fed,
            List<String> scope,
            String makes,
            Optional<Finding> local,
            OptionalDouble accumulated,
            OptionalDouble share,
            String placed,
            OptionalLong nanos) {
        public Node {
            reads = List.copyOf(reads);
            fed = List.copyOf(fed);
            scope = List.copyOf(scope);
        }

        /** Whether it is wrong from the backend's own inputs. */
        public boolean isWrong() {
            return local.map(f -> f.verdict() == Verdict.FAIL).orElse(false);
        }

        /** Largest local error in units of its limit; infinite where it is wrong in another way than by its values. */
        public OptionalDouble localError() {
            if (local.isEmpty() || local.get().verdict().compareTo(Verdict.FAIL) > 0) {
                return OptionalDouble.empty();
            }
            Finding finding = local.get();
            return switch (finding.verdict()) {
                case PASS -> OptionalDouble.of(finding.worst().orElse(0.0));
                case FAIL -> OptionalDouble.of(finding.worst().orElse(Double.POSITIVE_INFINITY));
                default -> OptionalDouble.empty();
            };
        }
    }

    /** An output of the model, and the node that makes it, if one does. */
    public record Output(String name, Optional<Integer> node) {}

    /**
     * What became of the model when every tensor in between was an output.
     *
     * @param finding on its own outputs then; with a reason where nothing came back
     * @param answered whether it ran, once at least
     * @param same whether its own outputs have the same bits each time
     * @param gone tensors of the model as it is that the backend does not make there: they are folded, eliminated or fused
     * @param parts runs in which the tensors were shown
     * @param silent how many of these did not answer
     */
    public record Looking(Finding finding, boolean answered, boolean same, int gone, int parts, int silent) {}
}
