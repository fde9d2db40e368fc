package org.aiis.reference.pipeline.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * A graph being drawn that remembers what depends on what. Each operator puts its nodes here together with its pullback:
 * how the derivative of the loss by its results becomes the derivative by its inputs. {@link #gradient} walks back.
 *
 * <p>A new operator is one method beside those of {@link Elementwise}, {@link Linear}, {@link Layout}, {@link Reductions}: the
 * extents of its result, its node, its pullback; and one line in the test that compares with central differences.
 */
public final class Tape {
    private final Draft draft;
    private final ElementType real;
    private final int opset;
    private final List<Entry> entries = new ArrayList<>();

    /** How derivatives go back through one operator. */
    @FunctionalInterface
    public interface Pullback {
        void pull(Adjoints adjoints);
    }

    private record Entry(List<Value> inputs, List<Value> results, Pullback pullback) {}

    /** @param real type of the real numbers: float32, or float64 for a graph that is its own reference */
    public Tape(int opset, ElementType real) {
        this.draft = new Draft(opset, real);
        this.real = real;
        this.opset = opset;
    }

    public int opset() {
        return opset;
    }

    public ElementType real() {
        return real;
    }

    /** A graph input; an extent is a number, or a name. */
    public Value input(String name, ElementType type, Object... extents) {
        Value value = new Value(
                name,
                type,
                Arrays.stream(extents)
                        .map(e -> e instanceof Number n ? Extent.of(n.longValue()) : Extent.named(e.toString()))
                        .toList());
        draft.input(name, type, value.declared());
        return value;
    }

    /** Makes a value the graph output {@code name}. */
    public Tape output(String name, Value value) {
        draft.result(name, value.name(), value.type(), value.declared());
        return this;
    }

    public Tape metadata(String key, String value) {
        draft.metadata(key, value);
        return this;
    }

    public Value constant(Tensor tensor) {
        return new Value(draft.constant(tensor), tensor.type(), fixed(tensor.shape()));
    }

    public Value initializer(String name, Tensor tensor) {
        return new Value(draft.initializer(name, tensor), tensor.type(), fixed(tensor.shape()));
    }

    private static List<Extent> fixed(Shape shape) {
        return shape.dims().stream().map(Extent::of).toList();
    }

    /** A real number of rank 0. */
    public Value real(double number) {
        return constant(Tensor.ofReals(real, Shape.SCALAR, number));
    }

    public Value integers(long... numbers) {
        return constant(Tensor.ofLongs(ElementType.INT64, Shape.of(numbers.length), numbers));
    }

    /** A node with one result and no derivative of its own. */
    public Value node(
            String operator, List<Value> inputs, ElementType type, List<Extent> extents, AttributeProto... attributes) {
        String name = draft.op(operator, inputs.stream().map(Value::name).toList(), attributes);
        return new Value(name, type, extents);
    }

    /** A node with several results. */
    List<Value> nodes(String operator, List<Value> inputs, List<List<Extent>> results, AttributeProto... attributes) {
        List<String> names =
                draft.ops(operator, inputs.stream().map(Value::name).toList(), results.size(), attributes);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            values.add(new Value(names.get(i), inputs.get(0).type(), results.get(i)));
        }
        return values;
    }

    /** Remembers how to go back from results to inputs. */
    public void remember(List<Value> inputs, List<Value> results, Pullback pullback) {
        entries.add(new Entry(List.copyOf(inputs), List.copyOf(results), pullback));
    }

    /** Remembers how to go back from one result. */
    public Value remember(List<Value> inputs, Value result, Pullback pullback) {
        remember(inputs, List.of(result), pullback);
        return result;
    }

    /** The derivatives of a loss of one element by some values, drawn into this graph. */
    public List<Value> gradient(Value loss, List<Value> by) {
        Set<Value> depending = new HashSet<>(by);
        List<Entry> forward = List.copyOf(entries);
        for (Entry entry : forward) {
            if (entry.inputs().stream().anyMatch(depending::contains)) {
                depending.addAll(entry.results());
            }
        }
        if (!loss.size().isOne() || !depending.contains(loss)) {
            throw new IllegalStateException("a loss of one element that depends on the values is expected: " + loss);
        }
        Adjoints adjoints = new Adjoints(this, depending);
        adjoints.add(loss, () -> constant(ones(loss)));
        for (int i = forward.size() - 1; i >= 0; i--) {
            Entry entry = forward.get(i);
            if (entry.results().stream().anyMatch(r -> adjoints.of(r).isPresent())
                    && entry.inputs().stream().anyMatch(depending::contains)) {
                entry.pullback().pull(adjoints);
            }
        }
        return by.stream()
                .map(value -> adjoints.of(value).orElseGet(() -> Layout.filled(this, 0, value)))
                .toList();
    }

    private Tensor ones(Value loss) {
        int[] extents = loss.extents().stream().mapToInt(e -> 1).toArray();
        return Tensor.ofReals(real, Shape.of(extents), 1);
    }

    /** The draft below, for parts of a graph that need no derivative. */
    public Draft draft() {
        return draft;
    }

    public Bytes build() {
        return draft.build();
    }
}
