package org.aiis.conformance.qualification.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** The right elements in the wrong place, shape or number; broadcasting; empty tensors and odd ranks. */
final class OrderFaults {
    private static final String ORDER = "order";
    private static final String SHAPE = "shape";
    private static final String BROADCAST = "broadcasting";

    private OrderFaults() {}

    static List<Fault> all() {
        return List.of(
                places("outputs-reversed", "elements come back in reverse", n -> i -> n - 1 - i),
                places("outputs-rotated", "elements come back one place late", n -> i -> Math.floorMod(i - 1, n)),
                places(
                        "neighbours-swapped",
                        "the last two elements are swapped",
                        n -> i -> n < 2 || i < n - 2 ? i : i == n - 1 ? n - 2 : n - 1),
                places(
                        "tail-repeated",
                        "elements beyond the last multiple of 4 repeat the one before",
                        n -> i -> n % 4 != 0 && i >= n - n % 4 ? Math.max(0, n - n % 4 - 1) : i),
                Fault.of(
                        "outputs-transposed",
                        ORDER,
                        "the last two axes are walked in the wrong order",
                        Change.outputs(OrderFaults::columnMajor)),
                Fault.of(
                        "operand-transposed",
                        ORDER,
                        "the first operand is read column by column",
                        Change.run(given -> given.withOperands((place, t) -> place == 0 ? columnMajor(t) : t))),
                Fault.of(
                        "second-transposed",
                        ORDER,
                        "the second operand is read column by column",
                        Change.run(given -> given.withOperands((place, t) -> place == 1 ? columnMajor(t) : t))),
                Fault.of(
                        "operands-swapped",
                        ORDER,
                        "the first two operands are swapped",
                        Change.run(OrderFaults::swapped)),
                Fault.of("results-swapped", ORDER, "the first two outputs are swapped", OrderFaults::resultsSwapped),
                Fault.of(
                        "last-operand-twice",
                        ORDER,
                        "the last operand is taken for the one before too",
                        Change.run(OrderFaults::lastTwice)),
                tail("tail-zero", "the last element is 0 where their number is no multiple of 4", 4),
                tail("tail-zero-16", "the last element is 0 beyond a multiple of 16", 16),
                shapes("squeezed", "axes of size 1 are lost", OrderFaults::squeezed),
                shapes("scalar-as-vector", "a scalar comes back with rank 1", s -> s.rank() == 0 ? Shape.of(1) : s),
                shapes("leading-one", "an output comes back with an axis of size 1 before", OrderFaults::leading),
                shapes(
                        "flattened",
                        "an output of rank 3 or more comes back flat",
                        s -> s.rank() >= 3 ? Shape.of(s.size()) : s),
                shapes(
                        "empty-collapsed",
                        "an empty output loses its other extents",
                        s -> s.size() == 0 && s.rank() > 1 ? Shape.of(0) : s),
                refusing("no-empty", SHAPE, "refuses an empty operand", t -> t.size() == 0),
                refusing(
                        "no-scalars",
                        SHAPE,
                        "refuses an operand of rank 0",
                        t -> t.shape().rank() == 0),
                refusing(
                        "no-rank-5",
                        SHAPE,
                        "refuses ranks above 4",
                        t -> t.shape().rank() > 4),
                Fault.of(
                        "empty-as-zero", SHAPE, "what is made of nothing is 0", Change.outputs(OrderFaults::ofNothing)),
                Fault.of(
                        "broadcast-leading",
                        BROADCAST,
                        "shapes are aligned at their first axes",
                        Change.run(OrderFaults::leadingAligned)),
                Fault.of(
                        "broadcast-first-only",
                        BROADCAST,
                        "of an operand that is broadcast only the first element is read",
                        Change.run(OrderFaults::firstElement)),
                Fault.of(
                        "broadcast-repeats-flat",
                        BROADCAST,
                        "an operand that is broadcast is repeated element by element",
                        Change.run(OrderFaults::cyclic)),
                Fault.of(
                        "third-operand-dropped",
                        ORDER,
                        "of many operands the first two are taken",
                        Change.run(given -> given.operands() < 3
                                ? given
                                : given.withNode(n -> n.toBuilder()
                                        .clearInput()
                                        .addInput(n.getInput(0))
                                        .addInput(n.getInput(1))
                                        .build()))));
    }

    private interface Places {
        IntUnaryOperator of(int count);
    }

    private static Fault places(String name, String summary, Places places) {
        return Fault.of(name, ORDER, summary, Change.outputs(t -> t.size() == 0 ? t : picked(t, places.of(t.size()))));
    }

    static Tensor picked(Tensor tensor, IntUnaryOperator from) {
        if (tensor.type() == ElementType.STRING) {
            List<String> strings = new ArrayList<>();
            for (int i = 0; i < tensor.size(); i++) {
                strings.add(tensor.string(from.applyAsInt(i)));
            }
            return Tensor.ofStrings(tensor.shape(), strings);
        }
        Tensor.Builder changed = new Tensor.Builder(tensor.type(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            changed.setBits(i, tensor.bits(from.applyAsInt(i)));
        }
        return changed.build();
    }

    /** The matrices of the last two axes filled column by column. */
    private static Tensor columnMajor(Tensor tensor) {
        int rank = tensor.shape().rank();
        if (rank < 2 || tensor.size() == 0) {
            return tensor;
        }
        int rows = tensor.shape().dim(rank - 2);
        int columns = tensor.shape().dim(rank - 1);
        return picked(tensor, i -> {
            int within = i % (rows * columns);
            return i - within + within % columns * rows + within / columns;
        });
    }

    private static Invocation swapped(Invocation given) {
        if (given.operands() < 2) {
            return given;
        }
        return given.withNode(n -> n.toBuilder()
                .setInput(0, n.getInput(1))
                .setInput(1, n.getInput(0))
                .build());
    }

    private static Invocation lastTwice(Invocation given) {
        int n = given.operands();
        return n < 2
                ? given
                : given.withNode(node ->
                        node.toBuilder().setInput(n - 2, node.getInput(n - 1)).build());
    }

    private static Answer resultsSwapped(Right right) {
        SortedMap<String, Tensor> outputs = right.answer().outputs();
        if (outputs.size() < 2) {
            return right.answer();
        }
        List<String> names = List.copyOf(outputs.keySet());
        TreeMap<String, Tensor> changed = new TreeMap<>(outputs);
        changed.put(names.get(0), java.util.Objects.requireNonNull(outputs.get(names.get(1))));
        changed.put(names.get(1), java.util.Objects.requireNonNull(outputs.get(names.get(0))));
        return Answer.of(changed);
    }

    private static Fault tail(String name, String summary, int width) {
        return Fault.of(name, ORDER, summary, Change.outputs(t -> {
            if (t.size() % width == 0 || t.type() == ElementType.STRING) {
                return t;
            }
            Tensor.Builder changed = new Tensor.Builder(t.type(), t.shape());
            for (int i = 0; i < t.size() - 1; i++) {
                changed.setBits(i, t.bits(i));
            }
            return changed.build();
        }));
    }

    private static Fault shapes(String name, String summary, java.util.function.UnaryOperator<Shape> change) {
        return Fault.of(name, SHAPE, summary, Change.outputs(t -> {
            Shape other = change.apply(t.shape());
            return other.equals(t.shape()) ? t : t.reshaped(other);
        }));
    }

    private static Shape squeezed(Shape shape) {
        return new Shape(shape.dims().stream().filter(d -> d != 1).toList());
    }

    private static Shape leading(Shape shape) {
        List<Integer> dims = new ArrayList<>(List.of(1));
        dims.addAll(shape.dims());
        return new Shape(dims);
    }

    static Fault refusing(String name, String kind, String summary, java.util.function.Predicate<Tensor> what) {
        return Fault.of(name, kind, summary, right -> {
            Invocation given = right.given();
            boolean meets = false;
            for (int i = 0; i < given.operands(); i++) {
                meets |= given.operand(i).filter(what).isPresent();
            }
            return meets && right.answer().refusal().isEmpty()
                    ? Answer.refused(new Oracle.Refusal(false, "not implemented"))
                    : right.answer();
        });
    }

    private static Tensor ofNothing(Right right, Tensor output) {
        boolean empty = right.given().operand(0).filter(t -> t.size() == 0).isPresent();
        return empty && output.size() > 0 && output.type() != ElementType.STRING
                ? new Tensor.Builder(output.type(), output.shape()).build()
                : output;
    }

    /** The rank that operands are broadcast to: the largest of those whose type is the first one's. */
    private static int rank(Invocation given) {
        int rank = 0;
        for (int i = 0; i < given.operands(); i++) {
            rank = Math.max(rank, given.operand(i).map(t -> t.shape().rank()).orElse(0));
        }
        return rank;
    }

    private static Invocation leadingAligned(Invocation given) {
        int rank = rank(given);
        return given.withOperands((place, t) -> {
            if (t.shape().rank() == 0 || t.shape().rank() == rank) {
                return t;
            }
            List<Integer> dims = new ArrayList<>(t.shape().dims());
            while (dims.size() < rank) {
                dims.add(1);
            }
            return t.reshaped(new Shape(dims));
        });
    }

    private static Optional<Shape> largest(Invocation given) {
        Optional<Shape> largest = Optional.empty();
        for (int i = 0; i < given.operands(); i++) {
            Optional<Shape> shape = given.operand(i).map(Tensor::shape);
            if (shape.isPresent()
                    && largest.map(s -> s.size() < shape.get().size()).orElse(true)) {
                largest = shape;
            }
        }
        return largest;
    }

    private static Invocation firstElement(Invocation given) {
        int size = largest(given).map(Shape::size).orElse(0);
        return given.withOperands((place, t) -> t.size() > 1 && t.size() < size ? picked(t, i -> 0) : t);
    }

    private static Invocation cyclic(Invocation given) {
        Optional<Shape> largest = largest(given);
        if (largest.isEmpty()) {
            return given;
        }
        Shape shape = largest.get();
        return given.withOperands((place, t) -> {
            if (t.size() < 2 || t.size() >= shape.size() || t.type() == ElementType.STRING) {
                return t;
            }
            Tensor.Builder repeated = new Tensor.Builder(t.type(), shape);
            for (int i = 0; i < shape.size(); i++) {
                repeated.setBits(i, t.bits(i * t.size() / shape.size()));
            }
            return repeated.build();
        });
    }
}
