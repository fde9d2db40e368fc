package org.aiis.conformance.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/**
 * A model of one node and its inputs. Data are fed under the names x0, x1, …; parameters such as axes are initializers, the
 * form that every provider takes; outputs are y, or y0, y1, … where there are several. Nodes around it make what is no
 * tensor of tensors, and tensors of it. Edits give must-reject twins.
 */
public record OneNode(
        String domain,
        String operator,
        int opset,
        List<Operand> operands,
        List<AttributeProto> attributes,
        List<ElementType> outputs,
        Around around) {
    /** Version of the default domain that a model with an operator of another domain imports. */
    private static final int OPSET_BESIDE_ANOTHER = 21;

    public OneNode {
        operands = List.copyOf(operands);
        attributes = List.copyOf(attributes);
        outputs = List.copyOf(outputs);
    }

    /** One input of the node. */
    public sealed interface Operand {
        /** A graph input; its extents are names where {@code dynamic}. */
        record Fed(Tensor tensor, boolean dynamic) implements Operand {}

        /** An initializer. */
        record Constant(Tensor tensor) implements Operand {}

        /** An empty name. */
        record Omitted() implements Operand {}

        /** What a node in front of it gives. */
        record Made(String name) implements Operand {}

        /** A graph input that it does not take, but a node around it or a graph in an attribute. */
        record Beside(Tensor tensor, boolean constant) implements Operand {}
    }

    /**
     * Nodes in front of it and behind it.
     *
     * @param results names of the node's own outputs, where nodes behind it give the outputs of the graph
     */
    public record Around(List<NodeProto> before, List<String> results, List<NodeProto> after) {
        static final Around NOTHING = new Around(List.of(), List.of(), List.of());

        public Around {
            before = List.copyOf(before);
            results = List.copyOf(results);
            after = List.copyOf(after);
        }
    }

    public static OneNode of(String operator, int opset, ElementType output) {
        return new OneNode("", operator, opset, List.of(), List.of(), List.of(output), Around.NOTHING);
    }

    /** The same node of another operator set, whose version the opset then is. */
    public OneNode of(String otherDomain) {
        return new OneNode(otherDomain, operator, opset, operands, attributes, outputs, around);
    }

    public OneNode feed(Tensor... tensors) {
        OneNode node = this;
        for (Tensor tensor : tensors) {
            node = node.plus(new Operand.Fed(tensor, false));
        }
        return node;
    }

    public OneNode constant(Tensor tensor) {
        return plus(new Operand.Constant(tensor));
    }

    public OneNode omit() {
        return plus(new Operand.Omitted());
    }

    public OneNode plus(Operand operand) {
        List<Operand> more = new ArrayList<>(operands);
        more.add(operand);
        return new OneNode(domain, operator, opset, more, attributes, outputs, around);
    }

    /** The operand at a place fed as another tensor, or as another initializer if it was one. */
    public OneNode replacing(int index, Tensor tensor) {
        List<Operand> others = new ArrayList<>(operands);
        others.set(
                index,
                operands.get(index) instanceof Operand.Fed fed
                        ? new Operand.Fed(tensor, fed.dynamic())
                        : operands.get(index) instanceof Operand.Beside beside
                                ? new Operand.Beside(tensor, beside.constant())
                                : new Operand.Constant(tensor));
        return new OneNode(domain, operator, opset, others, attributes, outputs, around);
    }

    /** Without its last operand. */
    public OneNode shortened() {
        return new OneNode(
                domain, operator, opset, operands.subList(0, operands.size() - 1), attributes, outputs, around);
    }

    /** How many inputs it has: operands that only stand beside it are none. */
    public int places() {
        return (int)
                operands.stream().filter(o -> !(o instanceof Operand.Beside)).count();
    }

    /** Without its last input; what stands beside it stays. */
    public OneNode withoutLast() {
        List<Operand> fewer = new ArrayList<>(operands);
        int last = fewer.size() - 1;
        while (fewer.get(last) instanceof Operand.Beside) {
            last--;
        }
        // Names of graph inputs count the operands, so that something stays where nodes around it take later ones.
        if (fewer.get(last) instanceof Operand.Fed fed) {
            fewer.set(last, new Operand.Beside(fed.tensor(), false));
        } else if (fewer.get(last) instanceof Operand.Constant constant) {
            fewer.set(last, new Operand.Beside(constant.tensor(), true));
        } else {
            fewer.set(last, new Operand.Beside(Tensor.ofFloats(Shape.SCALAR, 0), true));
        }
        return new OneNode(domain, operator, opset, fewer, attributes, outputs, around);
    }

    /** With a tensor fed where a node in front gave the input. */
    public OneNode inPlaceOf(Operand.Made made, Tensor tensor) {
        List<Operand> others = new ArrayList<>(operands);
        others.set(others.indexOf(made), new Operand.Fed(tensor, false));
        return new OneNode(domain, operator, opset, others, attributes, outputs, around);
    }

    /** With an attribute added, or put in the place of one of the same name. */
    public OneNode with(AttributeProto... added) {
        List<AttributeProto> all = new ArrayList<>(attributes);
        for (AttributeProto attribute : added) {
            all.removeIf(a -> a.getName().equals(attribute.getName()));
            all.add(attribute);
        }
        return new OneNode(domain, operator, opset, operands, all, outputs, around);
    }

    public OneNode without(String attribute) {
        List<AttributeProto> others = new ArrayList<>(attributes);
        others.removeIf(a -> a.getName().equals(attribute));
        return new OneNode(domain, operator, opset, operands, others, outputs, around);
    }

    /** A graph input that the node does not take. */
    public OneNode beside(Tensor tensor) {
        return plus(new Operand.Beside(tensor, false));
    }

    /** An initializer that the node does not take. */
    public OneNode besideConstant(Tensor tensor) {
        return plus(new Operand.Beside(tensor, true));
    }

    /** With an input that a node in front gives; its inputs are the graph's inputs by name, or outputs of such nodes. */
    public OneNode made(String name, NodeProto... before) {
        List<NodeProto> all = new ArrayList<>(around.before());
        all.addAll(List.of(before));
        return new OneNode(
                        domain,
                        operator,
                        opset,
                        operands,
                        attributes,
                        outputs,
                        new Around(all, around.results(), around.after()))
                .plus(new Operand.Made(name));
    }

    /** With nodes behind it that make the outputs of the graph, y or y0, y1, …, of these outputs of its own. */
    public OneNode behind(List<String> results, NodeProto... after) {
        return new OneNode(
                domain,
                operator,
                opset,
                operands,
                attributes,
                outputs,
                new Around(around.before(), results, List.of(after)));
    }

    public OneNode giving(ElementType... types) {
        return new OneNode(domain, operator, opset, operands, attributes, List.of(types), around);
    }

    /** With a name in place of every extent of its graph inputs. */
    public OneNode dynamic() {
        List<Operand> named = operands.stream()
                .map(o -> o instanceof Operand.Fed fed ? new Operand.Fed(fed.tensor(), true) : o)
                .toList();
        return new OneNode(domain, operator, opset, named, attributes, outputs, around);
    }

    /** With every initializer made a graph input. */
    public OneNode allFed() {
        List<Operand> fed = operands.stream()
                .map(o -> o instanceof Operand.Constant c ? new Operand.Fed(c.tensor(), false) : o)
                .toList();
        return new OneNode(domain, operator, opset, fed, attributes, outputs, around);
    }

    public Stimulus.ModelRun run() {
        ModelBuilder model = domain.isEmpty()
                ? new ModelBuilder(opset)
                : new ModelBuilder(OPSET_BESIDE_ANOTHER).importing(domain, opset);
        SortedMap<String, Tensor> inputs = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            String name = "x" + i;
            if (operands.get(i) instanceof Operand.Fed fed) {
                model.input(name, fed.tensor().type(), extents(name, fed));
                inputs.put(name, fed.tensor());
            } else if (operands.get(i) instanceof Operand.Constant constant) {
                model.initializer(name, constant.tensor());
            } else if (operands.get(i) instanceof Operand.Beside beside) {
                if (beside.constant()) {
                    model.initializer(name, beside.tensor());
                } else {
                    model.input(name, beside.tensor());
                    inputs.put(name, beside.tensor());
                }
                continue;
            }
            names.add(
                    operands.get(i) instanceof Operand.Omitted
                            ? ""
                            : operands.get(i) instanceof Operand.Made made ? made.name() : name);
        }
        List<String> results = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            results.add(outputs.size() == 1 ? "y" : "y" + i);
            model.openOutput(results.get(i), outputs.get(i));
        }
        around.before().forEach(model::node);
        model.node(domain, operator, names, around.results().isEmpty() ? results : around.results(), attributes);
        around.after().forEach(model::node);
        return new Stimulus.ModelRun(model.build(), inputs);
    }

    private static Object[] extents(String name, Operand.Fed fed) {
        List<Object> extents = new ArrayList<>();
        for (int axis = 0; axis < fed.tensor().shape().rank(); axis++) {
            extents.add(
                    fed.dynamic() ? name + "_d" + axis : fed.tensor().shape().dim(axis));
        }
        return extents.toArray();
    }
}
