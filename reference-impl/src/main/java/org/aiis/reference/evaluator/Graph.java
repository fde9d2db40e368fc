package org.aiis.reference.evaluator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.reference.older.OlderForms;
import org.aiis.reference.operators.Body;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Type;
import org.aiis.reference.operators.Value;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/** A graph that was checked, the nodes in an order in which they can run: of a model, of an attribute, of a function. */
final class Graph {
    private final List<Declaration> inputs;
    private final List<Declaration> outputs;
    private final Map<String, Declaration> declared;
    private final Map<String, Value> initializers;
    private final Map<String, Outside> outside;
    private final List<Step> steps;
    private final Set<String> captured;
    /** By name the last step that reads it; outputs are read at the end. */
    private final Map<String, Integer> lastUse = new HashMap<>();
    /** For each step the names that nothing reads after it. */
    private final List<List<String>> spent;

    Graph(
            List<Declaration> inputs,
            List<Declaration> outputs,
            Map<String, Declaration> declared,
            Map<String, Value> initializers,
            Map<String, Outside> outside,
            List<Step> steps) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.declared = Map.copyOf(declared);
        this.initializers = Map.copyOf(initializers);
        this.outside = Map.copyOf(outside);
        this.steps = List.copyOf(steps);
        List<Set<String>> reads = new ArrayList<>();
        for (Step step : this.steps) {
            reads.add(step.reads());
        }
        for (int i = 0; i < reads.size(); i++) {
            for (String name : reads.get(i)) {
                lastUse.put(name, i);
            }
        }
        for (Declaration output : this.outputs) {
            lastUse.put(output.name(), Integer.MAX_VALUE);
        }
        this.captured = capture();
        this.spent = new ArrayList<>();
        for (int i = 0; i < reads.size(); i++) {
            List<String> last = new ArrayList<>();
            for (String name : reads.get(i)) {
                if (Integer.valueOf(i).equals(lastUse.get(name))) {
                    last.add(name);
                }
            }
            spent.add(last);
        }
    }

    /** What is read and is not its own. */
    private Set<String> capture() {
        Set<String> read = new TreeSet<>(lastUse.keySet());
        read.removeAll(initializers.keySet());
        read.removeAll(outside.keySet());
        for (Declaration input : inputs) {
            read.remove(input.name());
        }
        for (Step step : steps) {
            for (String made : step.outputs()) {
                read.remove(made);
            }
        }
        read.remove("");
        return Collections.unmodifiableSet(read);
    }

    List<Declaration> inputs() {
        return inputs;
    }

    List<Declaration> outputs() {
        return outputs;
    }

    /** Element types of the tensors that its nodes make; sequences and optionals are left out. */
    SortedMap<String, ElementType> tensors() {
        SortedMap<String, ElementType> tensors = new TreeMap<>();
        for (Step step : steps) {
            for (int i = 0;
                    i < Math.min(step.outputs().size(), step.outputTypes().size());
                    i++) {
                if (step.outputTypes().get(i) instanceof Type.Tensor tensor
                        && !step.outputs().get(i).isEmpty()
                        && !step.outputs().get(i).startsWith(OlderForms.INNER)) {
                    tensors.put(step.outputs().get(i), tensor.element());
                }
            }
        }
        return tensors;
    }

    boolean initializes(String name) {
        return initializers.containsKey(name) || outside.containsKey(name);
    }

    /** Names that it takes from the graphs around it. */
    Set<String> captured() {
        return captured;
    }

    /** Runs it as the body of a node, with the values around that node. */
    Body within(Map<String, Datum> around, Run run) {
        Map<String, Datum> outer = new HashMap<>();
        for (String name : captured) {
            Datum datum = around.get(name);
            if (datum != null) {
                outer.put(name, datum);
            }
        }
        return new Body() {
            @Override
            public List<Datum> run(List<Datum> arguments) {
                return call(arguments, new HashMap<>(outer), run);
            }

            @Override
            public Shape declaredShape(int output) {
                return outputs.get(output).extents();
            }
        };
    }

    private List<Datum> call(List<Datum> arguments, Map<String, Datum> values, Run run) {
        if (arguments.size() != inputs.size()) {
            throw new IllegalStateException(arguments.size() + " values for " + inputs.size() + " inputs");
        }
        Map<String, Integer> symbols = new TreeMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).check(arguments.get(i), symbols);
            values.put(inputs.get(i).name(), arguments.get(i));
        }
        return perform(List.of(new Passage(values, symbols, run, (name, datum) -> {})))
                .get(0);
    }

    /**
     * The outputs in order of some passages side by side, node by node: what lies in files is read once for all of them. Inputs and
     * what the graph captures have values, of the same names in each passage; the passages are used up.
     */
    List<List<Datum>> perform(List<Passage> passages) {
        for (Passage passage : passages) {
            passage.lend(initializers);
        }
        for (int i = 0; i < steps.size(); i++) {
            int at = i;
            Map<String, Value> lent = lent(steps.get(i), passages);
            if (passages.size() == 1) {
                perform(at, passages.get(0), lent);
            } else {
                passages.parallelStream().forEach(passage -> perform(at, passage, lent));
            }
            for (Passage passage : passages) {
                passage.tell();
            }
        }
        List<List<Datum>> all = new ArrayList<>();
        for (Passage passage : passages) {
            all.add(outputs(passage));
        }
        return all;
    }

    private List<Datum> outputs(Passage passage) {
        List<Datum> results = new ArrayList<>();
        for (Declaration output : outputs) {
            Outside one = outside.get(output.name());
            Datum datum = one == null ? passage.value(output.name()) : one.value(false);
            if (datum == null) {
                throw new IllegalStateException("no value of output '" + output.name() + "'");
            }
            output.check(datum, passage.symbols());
            results.add(datum);
        }
        return results;
    }

    /** What a step reads from files is held while the step runs, and no longer: all of it together may be more than memory holds. */
    private Map<String, Value> lent(Step step, List<Passage> passages) {
        if (outside.isEmpty()) {
            return Map.of();
        }
        Map<String, Value> lent = new HashMap<>();
        for (String name : step.reads()) {
            Outside one = outside.get(name);
            if (one != null && passages.get(0).value(name) == null) {
                lent.put(name, one.value(passages.size() > 1));
            }
        }
        return lent;
    }

    private void perform(int i, Passage passage, Map<String, Value> lent) {
        Step step = steps.get(i);
        if (!passage.run().budget().spendNode()) {
            throw new Oracle.Refusal(false, "the run has more steps than the oracle allows");
        }
        passage.lend(lent);
        List<Optional<Datum>> operands = new ArrayList<>();
        for (String name : step.inputs()) {
            operands.add(Optional.ofNullable(passage.value(name)));
        }
        Map<String, Body> bodies = new TreeMap<>();
        for (Map.Entry<String, Graph> body : step.bodies().entrySet()) {
            bodies.put(body.getKey(), body.getValue().within(passage.values(), passage.run()));
        }
        passage.drop(spent.get(i));
        passage.drop(lent.keySet());
        List<? extends Datum> results = step.operator()
                .evaluate(new Call(
                        step.version(),
                        step.attributes(),
                        operands,
                        step.outputTypes(),
                        bodies,
                        passage.run().arithmetics(),
                        passage.run().budget()));
        for (int k = 0; k < step.outputs().size(); k++) {
            String name = step.outputs().get(k);
            if (!name.isEmpty()) {
                if (k >= results.size()) {
                    throw new Oracle.Refusal(
                            false, "output " + k + " is asked for, the operator gives " + results.size());
                }
                Datum datum = results.get(k);
                Declaration declaration = declared.get(name);
                if (declaration != null) {
                    declaration.check(datum, passage.symbols());
                }
                passage.make(name, datum, lastUse.containsKey(name));
            }
        }
    }
}
