package org.aiis.reference.pipeline.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** A graph being drawn: each call adds a node of the default domain and gives the name of its result. */
public final class Draft {
    private final ModelBuilder model;
    private final ElementType real;
    private final Set<String> made = new HashSet<>();
    private final Map<String, String> renamed = new HashMap<>();
    private int values;

    /** A graph at an opset version whose real numbers are of type {@code real}. */
    public Draft(int opset, ElementType real) {
        this.model = new ModelBuilder(opset);
        this.real = real;
        if (opset > 18) {
            // opset 19 came with IR version 9, opset 21 with IR version 10 (ONNX, docs/Versioning.md)
            model.irVersion(opset > 20 ? 10 : 9);
        }
    }

    public Draft input(String name, ElementType type, Object... extents) {
        model.input(name, type, extents);
        return this;
    }

    /** Makes {@code value} the graph output {@code name}. */
    public Draft output(String name, String value, ElementType type, Object... extents) {
        model.node("Identity", List.of(value), List.of(name)).output(name, type, extents);
        return this;
    }

    /**
     * Makes {@code value} the graph output {@code name} without a node of its own: the value takes the name. One that is a graph
     * input, an initializer or an output already is passed through Identity.
     */
    public Draft result(String name, String value, ElementType type, Object... extents) {
        if (!made.contains(value) || renamed.containsKey(value)) {
            return output(name, value, type, extents);
        }
        renamed.put(value, name);
        model.output(name, type, extents);
        return this;
    }

    public Draft metadata(String key, String value) {
        model.metadata(key, value);
        return this;
    }

    /** A named initializer. */
    public String initializer(String name, Tensor value) {
        model.initializer(name, value);
        return name;
    }

    /** An initializer of real numbers. */
    public String reals(Shape shape, double... values) {
        return constant(Tensor.ofReals(real, shape, values));
    }

    /** A real number, of rank 0. */
    public String real(double value) {
        return reals(Shape.SCALAR, value);
    }

    /** A vector of int64. */
    public String integers(long... values) {
        return constant(Tensor.ofLongs(ElementType.INT64, Shape.of(values.length), values));
    }

    public String constant(Tensor value) {
        return initializer(name(), value);
    }

    /** A node with one result. */
    public String op(String operator, String... inputs) {
        return op(operator, List.of(inputs));
    }

    public String op(String operator, List<String> inputs, AttributeProto... attributes) {
        return ops(operator, inputs, 1, attributes).get(0);
    }

    /** A node with several results. */
    public List<String> ops(String operator, List<String> inputs, int results, AttributeProto... attributes) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            names.add(name());
        }
        made.addAll(names);
        model.node(operator, inputs, names, attributes);
        return names;
    }

    public String cast(String value, ElementType type) {
        return op("Cast", List.of(value), Attribute.of("to", type.onnx()));
    }

    /** Truth values as 0 and 1 of the real type. */
    public String indicator(String truth) {
        return cast(truth, real);
    }

    public String reshape(String value, long... shape) {
        return op("Reshape", value, integers(shape));
    }

    /** Sum over axes, which stay with extent 1 where {@code keep} says so. */
    public String sum(String value, boolean keep, long... axes) {
        return op("ReduceSum", List.of(value, integers(axes)), Attribute.of("keepdims", keep ? 1 : 0));
    }

    public String concat(int axis, List<String> parts) {
        return op("Concat", parts, Attribute.of("axis", axis));
    }

    /** Parts of a vector, in order. */
    public List<String> split(String vector, long... sizes) {
        List<String> parts = new ArrayList<>();
        Arrays.stream(sizes).forEach(size -> parts.add(name()));
        model.node("Split", List.of(vector, integers(sizes)), parts, Attribute.of("axis", 0));
        return parts;
    }

    /** One row a record with 1 at the place of its class: {@code [n]} int64 to {@code [n, classes]}. */
    public String oneHot(String labels, int classes) {
        long[] all = new long[classes];
        Arrays.setAll(all, i -> i);
        return indicator(op("Equal", op("Unsqueeze", labels, integers(1)), integers(all)));
    }

    public Bytes build() {
        return renamed.isEmpty() ? model.build() : ModelBuilder.renamed(model.build(), renamed);
    }

    private String name() {
        return "v" + values++;
    }
}
