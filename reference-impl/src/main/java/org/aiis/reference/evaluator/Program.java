package org.aiis.reference.evaluator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.aiis.onnx.ModelProto;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.older.OlderForms;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.operators.Budget;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Value;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** A model that was checked and can be run many times. Immutable. */
public final class Program {
    public static final int OLDEST_OPSET = 13;
    public static final int NEWEST_OPSET = 28;

    private final Graph graph;

    Program(Graph graph) {
        this.graph = graph;
    }

    /**
     * Parses and checks a model.
     *
     * @throws Oracle.Refusal when it is not valid or uses what the oracle does not know
     */
    public static Program load(Bytes model) {
        return of(Models.parse(model));
    }

    /**
     * Parses and checks a model whose initializers may lie in files: each is read when a node needs it, and let go behind it.
     *
     * @throws Oracle.Refusal as {@link #load} does
     */
    public static Program load(Bytes model, ExternalTensors.Files files) {
        return Loading.program(Models.parse(model), files);
    }

    /**
     * Checks a model that was read already.
     *
     * @throws Oracle.Refusal as {@link #load} does
     */
    public static Program of(ModelProto model) {
        return Loading.program(model, ExternalTensors.Files.NONE);
    }

    /**
     * Runs it with an arithmetic.
     *
     * @throws Oracle.Refusal when the inputs do not fit the model or each other
     */
    public Reference evaluate(Map<String, Tensor> given, Arithmetics arithmetics) {
        return evaluate(given, arithmetics, (name, value) -> {});
    }

    /**
     * Runs it with an arithmetic, and tells of each tensor that a node of its graph makes, behind the node: none is held longer
     * than the graph needs it.
     *
     * @param made told the name and the value
     * @throws Oracle.Refusal when the inputs do not fit the model or each other
     */
    public Reference evaluate(
            Map<String, Tensor> given, Arithmetics arithmetics, BiConsumer<String, Reference.Value> made) {
        return measured(given, arithmetics, made).reference();
    }

    /**
     * What an evaluation gave.
     *
     * @param held bytes of the numbers that it held at once, at most, beside the initializers
     */
    public record Measured(Reference reference, long held) {
        /** Evaluations like it for which a quarter of the memory of this process is enough, side by side. */
        public int atOnce() {
            long most = Runtime.getRuntime().maxMemory() / 4 / Math.max(1, held);
            return (int) Math.max(1, Math.min(most, Integer.MAX_VALUE));
        }
    }

    /**
     * The same, and how much memory it took.
     *
     * @throws Oracle.Refusal as {@link #evaluate} does
     */
    public Measured measured(
            Map<String, Tensor> given, Arithmetics arithmetics, BiConsumer<String, Reference.Value> made) {
        Passage passage = passage(given, new Shown(arithmetics, made));
        return new Measured(reference(graph.perform(List.of(passage)).get(0)), passage.most());
    }

    /**
     * An evaluation of several.
     *
     * @param made told of each tensor, as {@link #evaluate(Map, Arithmetics, BiConsumer)} tells of it
     */
    public record Shown(Arithmetics arithmetics, BiConsumer<String, Reference.Value> made) {}

    /**
     * Runs it with several arithmetics side by side, node by node, which the processors share: what lies in files is read once for all
     * of them that are under way. Each gives what it gives alone, and tells of a tensor behind those before it in the list.
     *
     * @param atOnce evaluations under way together, at most
     * @throws Oracle.Refusal as {@link #evaluate} does
     */
    public List<Reference> evaluate(Map<String, Tensor> given, List<Shown> evaluations, int atOnce) {
        List<Reference> references = new ArrayList<>();
        for (int from = 0; from < evaluations.size(); from += atOnce) {
            List<Passage> together = evaluations.subList(from, Math.min(from + atOnce, evaluations.size())).stream()
                    .map(one -> passage(given, one))
                    .toList();
            graph.perform(together).forEach(outputs -> references.add(reference(outputs)));
        }
        return references;
    }

    private Passage passage(Map<String, Tensor> given, Shown shown) {
        return passage(given, shown.arithmetics, (name, datum) -> {
            if (datum instanceof Value value && !name.startsWith(OlderForms.INNER)) {
                shown.made.accept(name, new Result(value));
            }
        });
    }

    private Passage passage(Map<String, Tensor> given, Arithmetics arithmetics, BiConsumer<String, Datum> made) {
        Map<String, Integer> symbols = new TreeMap<>();
        Map<String, Datum> values = new HashMap<>();
        bindInputs(given, values, symbols);
        return new Passage(values, symbols, new Run(arithmetics, new Budget()), made);
    }

    private Reference reference(List<Datum> outputs) {
        SortedMap<String, Reference.Value> result = new TreeMap<>();
        values(outputs).forEach((name, value) -> result.put(name, new Result(value)));
        return new Reference(result);
    }

    private Map<String, Value> values(List<Datum> outputs) {
        Map<String, Value> results = new TreeMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            // Loading refuses a model with an output of another type.
            results.put(graph.outputs().get(i).name(), (Value) outputs.get(i));
        }
        return results;
    }

    /** Element types of the tensors that the nodes of its graph make, by name; sequences and optionals are left out. */
    public SortedMap<String, ElementType> tensors() {
        return graph.tensors();
    }

    /** The outputs alone, in binary64 and rounded to their types. */
    public SortedMap<String, Tensor> values(Map<String, Tensor> given) {
        SortedMap<String, Tensor> result = new TreeMap<>();
        Passage passage = passage(given, Arithmetics.fast(), (name, datum) -> {});
        values(graph.perform(List.of(passage)).get(0)).forEach((name, value) -> result.put(name, value.tensor()));
        return result;
    }

    private void bindInputs(Map<String, Tensor> given, Map<String, Datum> values, Map<String, Integer> symbols) {
        for (String name : given.keySet()) {
            if (graph.inputs().stream().noneMatch(input -> input.name().equals(name))) {
                throw new Oracle.Refusal(false, "'" + name + "' is no input of the model");
            }
        }
        for (Declaration input : graph.inputs()) {
            Tensor tensor = given.get(input.name());
            if (tensor != null) {
                Value value = Value.of(tensor);
                input.check(value, symbols);
                values.put(input.name(), value);
            } else if (!graph.initializes(input.name())) {
                throw new Oracle.Refusal(false, "input '" + input.name() + "' is missing");
            }
        }
    }
}
