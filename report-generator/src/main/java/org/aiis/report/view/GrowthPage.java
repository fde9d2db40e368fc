package org.aiis.report.view;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the page about one model on one backend says, node by node. Nodes are named by their places in the list.
 *
 * @param title name of the model
 * @param subject the system and the inputs
 * @param verdict on the outputs
 * @param sentences where the error comes from and what became of it
 * @param notes what a reader must know before he trusts the figures
 * @param nodes each after what it reads
 * @param worst nodes with the largest errors of their own
 * @param trail the way of the error
 * @param commands what to do next
 */
public record GrowthPage(
        String title,
        String subject,
        Mark verdict,
        List<String> sentences,
        List<Page.Fact> facts,
        List<String> notes,
        List<Node> nodes,
        List<Integer> worst,
        Optional<Trail> trail,
        List<Page.Command> commands) {
    public GrowthPage {
        sentences = List.copyOf(sentences);
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
        nodes = List.copyOf(nodes);
        worst = List.copyOf(worst);
        commands = List.copyOf(commands);
    }

    /**
     * A node.
     *
     * @param reads nodes that make what it reads
     * @param fed inputs of the model that it reads
     * @param gives outputs of the model that it makes
     * @param scope groups that it lies in, the outermost first
     * @param makes types and shapes of what it makes
     * @param verdict from the backend's own inputs; empty where it was not seen
     * @param own error from the backend's own inputs, in units of what is allowed; infinity where nothing is
     * @param grown error from the oracle's inputs, in units of what is allowed there
     * @param share how much its values shake, as a share of the largest
     * @param message what is wrong, or why it cannot be told
     */
    public record Node(
            String name,
            String operator,
            List<Integer> reads,
            List<String> fed,
            List<String> gives,
            List<String> scope,
            String makes,
            Optional<Mark> verdict,
            OptionalDouble own,
            OptionalDouble grown,
            OptionalDouble share,
            String placed,
            OptionalLong nanos,
            String message) {
        public Node {
            reads = List.copyOf(reads);
            fed = List.copyOf(fed);
            gives = List.copyOf(gives);
            scope = List.copyOf(scope);
        }

        /** Whether it only holds a value. */
        boolean isConstant() {
            return operator.equals("Constant");
        }
    }

    /**
     * The way of an error.
     *
     * @param before nodes that lead to the source, the nearest last
     * @param path from the source to an output, both with it
     */
    public record Trail(int source, List<Integer> before, List<Integer> path) {
        public Trail {
            before = List.copyOf(before);
            path = List.copyOf(path);
        }
    }
}
