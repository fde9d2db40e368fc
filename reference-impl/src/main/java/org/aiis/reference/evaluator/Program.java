package org.aiis.reference.evaluator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.operators.Budget;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** A model that was checked and can be run many times. Immutable. */
public final class Program {
    public static final int OLDEST_OPSET = 13;
    public static final int NEWEST_OPSET = 28;

    private final List<Declaration> inputs;
    private final List<Declaration> outputs;
    private final Map<String, Declaration> declared;
    private final Map<String, Value> initializers;
    private final List<Step> steps;
    private final Map<String, Integer> lastUse = new HashMap<>();

    Program(
            List<Declaration> inputs,
            List<Declaration> outputs,
            Map<String, Declaration> declared,
            Map<String, Value> initializers,
            List<Step> steps) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.declared = declared;
        this.initializers = initializers;
        this.steps = steps;
        for (int i = 0; i < steps.size(); i++) {
            for (String name : steps.get(i).inputs()) {
                lastUse.put(name, i);
            }
        }
        outputs.forEach(output -> lastUse.put(output.name(), Integer.MAX_VALUE));
    }

    /**
     * Parses and checks a model.
     *
     * @throws Oracle.Refusal when it is not valid or uses what the oracle does not know
     */
    public static Program load(Bytes model) {
        return Loading.program(Models.parse(model));
    }

    /**
     * Runs it with an arithmetic.
     *
     * @throws Oracle.Refusal when the inputs do not fit the model or each other
     */
    public Reference evaluate(Map<String, Tensor> given, Arithmetics arithmetics) {
        SortedMap<String, Reference.Value> result = new TreeMap<>();
        run(given, arithmetics).forEach((name, value) -> result.put(name, new Result(value)));
        return new Reference(result);
    }

    /** The outputs alone, in binary64 and rounded to their types. */
    public SortedMap<String, Tensor> values(Map<String, Tensor> given) {
        SortedMap<String, Tensor> result = new TreeMap<>();
        run(given, Arithmetics.fast()).forEach((name, value) -> result.put(name, value.tensor()));
        return result;
    }

    private Map<String, Value> run(Map<String, Tensor> given, Arithmetics arithmetics) {
        Map<String, Integer> symbols = new TreeMap<>();
        Map<String, Value> values = new HashMap<>(initializers);
        bindInputs(given, values, symbols);
        Budget budget = new Budget();
        for (int i = 0; i < steps.size(); i++) {
            perform(i, values, symbols, arithmetics, budget);
        }
        Map<String, Value> results = new TreeMap<>();
        for (Declaration output : outputs) {
            Value value = values.get(output.name());
            if (value == null) {
                throw new IllegalStateException("no value of output '" + output.name() + "'");
            }
            output.check(value, symbols);
            results.put(output.name(), value);
        }
        return results;
    }

    private void bindInputs(Map<String, Tensor> given, Map<String, Value> values, Map<String, Integer> symbols) {
        for (String name : given.keySet()) {
            if (inputs.stream().noneMatch(input -> input.name().equals(name))) {
                throw new Oracle.Refusal(false, "'" + name + "' is no input of the model");
            }
        }
        for (Declaration input : inputs) {
            Tensor tensor = given.get(input.name());
            if (tensor != null) {
                Value value = Value.of(tensor);
                input.check(value, symbols);
                values.put(input.name(), value);
            } else if (!initializers.containsKey(input.name())) {
                throw new Oracle.Refusal(false, "input '" + input.name() + "' is missing");
            }
        }
    }

    private void perform(
            int i, Map<String, Value> values, Map<String, Integer> symbols, Arithmetics arithmetics, Budget budget) {
        Step step = steps.get(i);
        List<Optional<Value>> operands = new ArrayList<>();
        for (String name : step.inputs()) {
            operands.add(Optional.ofNullable(values.get(name)));
        }
        for (String name : step.inputs()) {
            if (Integer.valueOf(i).equals(lastUse.get(name))) {
                values.remove(name);
            }
        }
        List<Value> results = step.operator()
                .evaluate(
                        new Call(step.version(), step.attributes(), operands, step.outputTypes(), arithmetics, budget));
        for (int k = 0; k < step.outputs().size(); k++) {
            String name = step.outputs().get(k);
            if (!name.isEmpty()) {
                Value value = results.get(k);
                Declaration declaration = declared.get(name);
                if (declaration != null) {
                    declaration.check(value, symbols);
                }
                if (lastUse.containsKey(name)) {
                    values.put(name, value);
                }
            }
        }
    }
}
