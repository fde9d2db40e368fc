package org.aiis.reference.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/** One evaluation of a node: its inputs, attributes, and the arithmetic to use. Types were checked against the signature. */
public final class Call {
    private final int opset;
    private final Attributes attributes;
    private final List<Optional<Datum>> inputs;
    private final List<Type> outputTypes;
    private final Map<String, Body> bodies;
    private final Arithmetics arithmetics;
    private final Budget budget;

    public Call(
            int opset,
            Attributes attributes,
            List<Optional<Datum>> inputs,
            List<Type> outputTypes,
            Map<String, Body> bodies,
            Arithmetics arithmetics,
            Budget budget) {
        this.opset = opset;
        this.attributes = attributes;
        this.inputs = inputs;
        this.outputTypes = outputTypes;
        this.bodies = bodies;
        this.arithmetics = arithmetics;
        this.budget = budget;
    }

    /** The same node with other inputs: for an operator that another one, with the same attributes, is a part of. */
    public Call with(Value... others) {
        List<Optional<Datum>> operands = new ArrayList<>();
        for (Value other : others) {
            operands.add(Optional.of(other));
        }
        return new Call(opset, attributes, operands, outputTypes, bodies, arithmetics, budget);
    }

    /** Version of the operator set that the node's operator is of. */
    public int opset() {
        return opset;
    }

    public Attributes attributes() {
        return attributes;
    }

    public int inputs() {
        return inputs.size();
    }

    public boolean has(int input) {
        return input < inputs.size() && inputs.get(input).isPresent();
    }

    /** A tensor that the signature requires, or that {@link #has}. */
    public Value input(int i) {
        if (datum(i) instanceof Value value) {
            return value;
        }
        throw refusal("input " + i + " is no tensor");
    }

    public SequenceValue sequence(int i) {
        if (datum(i) instanceof SequenceValue sequence) {
            return sequence;
        }
        throw refusal("input " + i + " is no sequence");
    }

    /** An input of whatever type. */
    public Datum datum(int i) {
        Optional<Datum> input = inputs.get(i);
        if (input.isEmpty()) {
            throw refusal("input " + i + " is missing");
        }
        return input.get();
    }

    /** The graph that an attribute holds. */
    public Body body(String attribute) {
        Body body = bodies.get(attribute);
        if (body == null) {
            throw refusal("attribute '" + attribute + "' holds no graph");
        }
        return body;
    }

    /** All inputs, where none may be left out. */
    public List<Value> all() {
        return IntStream.range(0, inputs.size()).mapToObj(this::input).toList();
    }

    /** Number of outputs that the node names, those left out by an empty name included. */
    public int outputs() {
        return outputTypes.size();
    }

    /** Element type of an output that is a tensor, or of the tensors in it. */
    public ElementType outputType(int i) {
        return outputTypes.get(i).element();
    }

    public Type outputKind(int i) {
        return outputTypes.get(i);
    }

    /** The arithmetic of the first input's type. */
    public Arithmetic arithmetic() {
        return arithmetic(input(0).type());
    }

    public Arithmetic arithmetic(ElementType type) {
        return arithmetics.of(type);
    }

    public Oracle.Refusal refusal(String why) {
        return attributes.refusalAtRun(why);
    }

    /** Takes work off what a run may do: elements written or products added. */
    public void spend(long work) {
        if (!budget.spend(work)) {
            throw refusal("the run is larger than the oracle allows");
        }
    }

    /** A shape of a result, refused when it is larger than the oracle allows. */
    public Shape shape(long... dims) {
        long elements = 1;
        for (long dim : dims) {
            if (dim < 0 || dim > Budget.LARGEST_TENSOR) {
                throw refusal("an extent of " + dim + " in the result");
            }
            elements *= dim;
            if (elements > Budget.LARGEST_TENSOR) {
                throw refusal("the result has more elements than the oracle allows");
            }
        }
        spend(elements);
        return Shape.of(dims);
    }

    /** A function of each element of the first input. */
    public List<Value> map(Unary function) {
        Value x = input(0);
        spend(x.size());
        return List.of(Value.of(x.type(), x.shape(), arithmetic().unary(function, x.numbers())));
    }

    /** A function of the elements of the first two inputs, broadcast against each other. */
    public List<Value> zip(Binary function) {
        return List.of(zip(function, input(0), input(1)));
    }

    public Value zip(Binary function, Value a, Value b) {
        Broadcast broadcast = Broadcast.of(this, List.of(a.shape(), b.shape()));
        Numbers result = arithmetic(a.type())
                .binary(
                        function,
                        broadcast.apply(0, a).numbers(),
                        broadcast.apply(1, b).numbers());
        return Value.of(a.type(), broadcast.shape(), result);
    }
}
