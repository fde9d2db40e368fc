package org.aiis.conformance.qualification.panel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.reference.operators.Signature;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/** A run of a model with one node, as the edits of a fault see it: attributes, operands by their place. */
public record Invocation(ModelProto model, SortedMap<String, Tensor> inputs) {
    public static Invocation of(Stimulus.ModelRun run) {
        return new Invocation(Models.parse(run.model()), run.inputs());
    }

    public Bytes bytes() {
        return Bytes.own(model.toByteArray());
    }

    /** The node that is examined; a model of several has it last. */
    public NodeProto node() {
        return model.getGraph().getNode(model.getGraph().getNodeCount() - 1);
    }

    public int opset() {
        return model.getOpsetImportList().stream()
                .filter(imported -> imported.getDomain().equals(node().getDomain()))
                .mapToInt(imported -> Math.toIntExact(imported.getVersion()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the model does not import its node's domain"));
    }

    public int operands() {
        return node().getInputCount();
    }

    /** The tensor at a place, fed or an initializer; empty where the place is left out or computed by another node. */
    public Optional<Tensor> operand(int place) {
        if (place >= operands()) {
            return Optional.empty();
        }
        String name = node().getInput(place);
        Tensor fed = inputs.get(name);
        if (fed != null) {
            return Optional.of(fed);
        }
        return model.getGraph().getInitializerList().stream()
                .filter(i -> i.getName().equals(name))
                .findFirst()
                .map(TensorProtos::read);
    }

    /** What the oracle holds the node to. */
    public Signature signature() {
        return Evaluator.signature(node().getDomain(), node().getOpType(), opset())
                .orElseThrow(() -> new IllegalStateException("the oracle does not know " + node().getOpType()));
    }

    /** Whether a place takes integers by the schema, whatever the type of the data: axes, extents, indices and the like. */
    public boolean takesIntegers(int place) {
        Signature signature = signature();
        List<Signature.Parameter> parameters = signature.inputs();
        if (parameters.isEmpty() || place == 0) {
            return false;
        }
        String type = parameters.get(Math.min(place, parameters.size() - 1)).type();
        return !type.equals(parameters.get(0).type())
                && Set.of(ElementType.INT32, ElementType.INT64).containsAll(signature.allowed(type))
                && operand(place).isPresent();
    }

    public Optional<AttributeProto> attribute(String name) {
        return node().getAttributeList().stream()
                .filter(a -> a.getName().equals(name))
                .findFirst();
    }

    public Invocation withNode(UnaryOperator<NodeProto> change) {
        NodeProto changed = change.apply(node());
        if (changed.equals(node())) {
            return this;
        }
        ModelProto.Builder edited = model.toBuilder();
        edited.getGraphBuilder().setNode(model.getGraph().getNodeCount() - 1, changed);
        return new Invocation(edited.build(), inputs);
    }

    /** With an attribute given, in the place of one of the same name. */
    public Invocation with(AttributeProto attribute) {
        return without(attribute.getName())
                .withNode(n -> n.toBuilder().addAttribute(attribute).build());
    }

    public Invocation without(String attribute) {
        return withNode(n -> {
            NodeProto.Builder changed = n.toBuilder().clearAttribute();
            n.getAttributeList().stream()
                    .filter(a -> !a.getName().equals(attribute))
                    .forEach(changed::addAttribute);
            return changed.build();
        });
    }

    /** With another tensor at a place; type and shape may be others too. */
    public Invocation withOperand(int place, Tensor tensor) {
        if (operand(place).filter(tensor::equals).isPresent()) {
            return this;
        }
        String name = node().getInput(place);
        ModelProto.Builder edited = model.toBuilder();
        if (inputs.containsKey(name)) {
            for (int i = 0; i < model.getGraph().getInputCount(); i++) {
                if (model.getGraph().getInput(i).getName().equals(name)) {
                    edited.getGraphBuilder()
                            .setInput(i, declared(model.getGraph().getInput(i), tensor));
                }
            }
            SortedMap<String, Tensor> others = new TreeMap<>(inputs);
            others.put(name, tensor);
            return new Invocation(edited.build(), others);
        }
        for (int i = 0; i < model.getGraph().getInitializerCount(); i++) {
            TensorProto initializer = model.getGraph().getInitializer(i);
            if (initializer.getName().equals(name)) {
                edited.getGraphBuilder().setInitializer(i, TensorProtos.write(name, tensor));
            }
        }
        return new Invocation(edited.build(), inputs);
    }

    /** The type of the tensor, and no extents, so that names of extents bind nothing. */
    private static ValueInfoProto declared(ValueInfoProto before, Tensor tensor) {
        ValueInfoProto.Builder after = before.toBuilder();
        after.getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(tensor.type().onnx())
                .clearShape();
        return after.build();
    }

    /** With every operand passed through a change. */
    public Invocation withOperands(java.util.function.BiFunction<Integer, Tensor, Tensor> change) {
        Invocation changed = this;
        for (int i = 0; i < operands(); i++) {
            int place = i;
            Optional<Tensor> before = operand(place);
            if (before.isPresent()) {
                changed = changed.withOperand(place, change.apply(place, before.get()));
            }
        }
        return changed;
    }

    /** With the operand at a place left out, or cut off where it is the last. */
    public Invocation withoutOperand(int place) {
        return withNode(n -> {
            NodeProto.Builder changed = n.toBuilder();
            if (place == n.getInputCount() - 1) {
                changed.clearInput();
                n.getInputList().subList(0, place).forEach(changed::addInput);
            } else {
                changed.setInput(place, "");
            }
            return changed.build();
        });
    }

    /** With the outputs declared without extents: an implementation that is wrong does not keep to what a model declares. */
    Invocation ofAnyExtents() {
        ModelProto.Builder edited = model.toBuilder();
        edited.getGraphBuilder().getOutputBuilderList().forEach(output -> {
            if (output.getType().hasTensorType()) {
                output.getTypeBuilder().getTensorTypeBuilder().clearShape();
            }
        });
        return new Invocation(edited.build(), inputs);
    }

    /** With the outputs declared at other types, by their present ONNX number. */
    public Invocation withOutputTypes(Map<Integer, Integer> other) {
        ModelProto.Builder edited = model.toBuilder();
        for (int i = 0; i < model.getGraph().getOutputCount(); i++) {
            var type = edited.getGraphBuilder()
                    .getOutputBuilder(i)
                    .getTypeBuilder()
                    .getTensorTypeBuilder();
            type.setElemType(other.getOrDefault(type.getElemType(), type.getElemType()));
        }
        return new Invocation(edited.build(), inputs);
    }
}
