package org.aiis.conformance.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.aiis.conformance.judge.Closeness;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Glob;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;

/**
 * The oracle against vectors that somebody else recorded: the independent check of the oracle. What is known not to agree is
 * listed with its reason, and a listed one that agrees is an error, so that the list cannot grow old.
 */
public final class OracleComparison {
    private final Oracle oracle;
    private final Set<String> operators;
    private final Closeness closeness;
    private final Exceptions exceptions;

    /** What came of a data set. */
    public enum Outcome {
        /** Within the tolerance. */
        agree,
        /** The oracle gives something else. */
        disagree,
        /** The oracle refuses it, though it knows each operator. */
        refused,
        /** It holds an operator that the oracle does not know. */
        unknown,
        /** Its values are drawn at random: its types and shapes agree, more cannot be asked. */
        random,
        /** Listed as outside what the oracle covers, and not evaluated. */
        outside,
        /** It cannot be read: a map, an element type that is not known, a broken file. */
        unread
    }

    /** A data set: its name, the operator that it is about, what came of it, and why. */
    public record Compared(String name, String operator, Outcome outcome, String message, String listed) {
        /** Whether it is as it should be: it agrees, or is listed and does not. */
        public boolean settled() {
            return switch (outcome) {
                case agree -> listed.isEmpty();
                case random, outside, unknown -> true;
                case disagree, refused, unread -> !listed.isEmpty();
            };
        }

        /** Whether its values say anything about the oracle. */
        public boolean comparable() {
            return outcome != Outcome.random && outcome != Outcome.outside;
        }
    }

    /** Data sets whose name matches the pattern need not agree, for the reason. */
    public record Listed(String cases, String reason) {
        public Listed {
            if (reason.isBlank()) {
                throw InputException.of("exception " + cases + " gives no reason", "each exception says why");
            }
        }
    }

    /**
     * The file of exceptions.
     *
     * @param oracle what does not agree
     * @param random what holds random values
     * @param outside what is outside the versions and domains that the edition covers
     */
    public record Exceptions(
            List<Listed> oracle, List<Listed> random, List<Listed> outside, List<Listed> secondOpinion) {
        public static final Exceptions NONE = new Exceptions(List.of(), List.of(), List.of(), List.of());

        public Exceptions {
            oracle = List.copyOf(oracle);
            random = List.copyOf(random);
            outside = List.copyOf(outside);
            secondOpinion = List.copyOf(secondOpinion);
        }
    }

    /** @param operators names of the operators that the oracle knows, behind domain and dot where that is not the default */
    public OracleComparison(Oracle oracle, Set<String> operators, double rtol, double atol, Exceptions exceptions) {
        this.oracle = oracle;
        this.operators = Set.copyOf(operators);
        this.closeness = new Closeness(rtol, atol);
        this.exceptions = exceptions;
    }

    /** Each data set of a folder, by name. */
    public List<Compared> compare(VectorFolder folder, Consumer<Compared> progress) {
        List<Compared> all = new ArrayList<>();
        for (VectorFolder.Vectors vectors : folder.cases()) {
            for (int set : vectors.sets().keySet()) {
                Compared compared = compare(vectors, set);
                progress.accept(compared);
                all.add(compared);
            }
        }
        return all;
    }

    /** Exceptions that no data set matches. */
    public List<String> idle(List<Compared> all) {
        return Stream.of(exceptions.oracle(), exceptions.random(), exceptions.outside())
                .flatMap(List::stream)
                .map(Listed::cases)
                .filter(pattern -> all.stream().noneMatch(c -> Glob.matches(pattern, c.name())))
                .toList();
    }

    private Compared compare(VectorFolder.Vectors vectors, int set) {
        String name = vectors.name() + (vectors.sets().size() > 1 ? "/" + set : "");
        String outside = reason(exceptions.outside(), name);
        if (!outside.isEmpty()) {
            return new Compared(name, subject(vectors), Outcome.outside, outside, "");
        }
        String listed = reason(exceptions.oracle(), name);
        DataSet data;
        try {
            data = DataSet.read(vectors, set);
        } catch (InputException reason) {
            return new Compared(name, subject(vectors), Outcome.unread, String.valueOf(reason.getMessage()), listed);
        }
        Set<String> named = operators(Models.parse(data.run().model()));
        String subject = subject(vectors);
        Set<String> strange = new TreeSet<>(named);
        strange.removeAll(operators);
        if (!strange.isEmpty()) {
            return new Compared(name, subject, Outcome.unknown, "not known: " + String.join(", ", strange), listed);
        }
        try {
            SortedMap<String, Tensor> got = new TreeMap<>();
            oracle.evaluate(data.run().model(), data.run().inputs())
                    .outputs()
                    .forEach((output, value) -> got.put(output, value.rounded()));
            if (!reason(exceptions.random(), name).isEmpty()) {
                String problem = differing(got, data.expected());
                return new Compared(
                        name,
                        subject,
                        problem.isEmpty() ? Outcome.random : Outcome.disagree,
                        problem.isEmpty() ? "type and shape agree" : problem,
                        listed);
            }
            Closeness own = data.tolerance().isEmpty()
                    ? closeness
                    : new Closeness(
                            data.tolerance().getOrDefault("rtol", closeness.rtol()),
                            data.tolerance().getOrDefault("atol", closeness.atol()));
            Closeness.Result result = own.compare(Observation.Outputs.of(got).values(), data.expected());
            return new Compared(
                    name, subject, result.close() ? Outcome.agree : Outcome.disagree, result.problem(), listed);
        } catch (Oracle.Refusal refused) {
            return new Compared(name, subject, Outcome.refused, String.valueOf(refused.getMessage()), listed);
        } catch (RuntimeException | StackOverflowError broken) {
            return new Compared(name, subject, Outcome.refused, "the oracle broke: " + broken, listed);
        }
    }

    private static String reason(List<Listed> list, String name) {
        return list.stream()
                .filter(e -> Glob.matches(e.cases(), name))
                .map(Listed::reason)
                .findFirst()
                .orElse("");
    }

    /** The first output that has another type or shape. */
    private static String differing(SortedMap<String, Tensor> got, SortedMap<String, Tensor> expected) {
        if (!got.keySet().equals(expected.keySet())) {
            return "outputs " + got.keySet() + ", expected " + expected.keySet();
        }
        for (Map.Entry<String, Tensor> output : expected.entrySet()) {
            Tensor tensor = java.util.Objects.requireNonNull(got.get(output.getKey()));
            Tensor other = output.getValue();
            if (tensor.type() != other.type() || !tensor.shape().equals(other.shape())) {
                return output.getKey() + " is " + tensor.type().label() + " " + tensor.shape() + ", expected "
                        + other.type().label() + " " + other.shape();
            }
        }
        return "";
    }

    /** The operator of a lone node; else the operators of the graph. */
    private static String subject(VectorFolder.Vectors vectors) {
        try {
            ModelProto model =
                    Models.parse(Bytes.own(VectorFolder.read(vectors.folder().resolve(VectorFolder.MODEL))));
            List<NodeProto> nodes = model.getGraph().getNodeList();
            return nodes.size() == 1 ? nodes.get(0).getOpType() : "(graph)";
        } catch (Oracle.Refusal | InputException unreadable) {
            return "(unreadable)";
        }
    }

    /** Every operator that the model names outside its own functions. */
    private static Set<String> operators(ModelProto model) {
        Set<String> names = new TreeSet<>();
        collect(model.getGraph(), names);
        model.getFunctionsList().forEach(f -> f.getNodeList().forEach(n -> collect(n, names)));
        model.getFunctionsList().forEach(f -> names.remove(name(f.getDomain(), f.getName())));
        return names;
    }

    private static String name(String domain, String operator) {
        return domain.isEmpty() || domain.equals("ai.onnx") ? operator : domain + "." + operator;
    }

    private static void collect(GraphProto graph, Set<String> names) {
        graph.getNodeList().forEach(n -> collect(n, names));
    }

    private static void collect(NodeProto node, Set<String> names) {
        names.add(name(node.getDomain(), node.getOpType()));
        for (AttributeProto attribute : node.getAttributeList()) {
            collect(attribute.getG(), names);
            attribute.getGraphsList().forEach(g -> collect(g, names));
        }
    }
}
