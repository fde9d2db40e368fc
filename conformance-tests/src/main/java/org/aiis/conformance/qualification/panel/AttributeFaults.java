package org.aiis.conformance.qualification.panel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Signature;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Attributes, and operands that list axes, extents or the like, read wrongly; defaults taken wrongly. */
final class AttributeFaults {
    private static final String AXIS = "axis";

    private AttributeFaults() {}

    /** The ones that every operator meets. */
    static List<Fault> all() {
        return List.of(
                axis("axis-off-by-one", "the axis after the one asked for", (axis, rank) -> (axis + 1) % rank),
                axis("axis-last", "always the last axis", (axis, rank) -> rank - 1),
                axis("axis-first", "always the first axis", (axis, rank) -> 0),
                axis("axis-from-the-end", "axes counted from the end", (axis, rank) -> rank - 1 - axis),
                Fault.of(
                        "axis-negative-as-first",
                        AXIS,
                        "a negative axis is read as 0",
                        Change.run(given -> given.attribute("axis")
                                .filter(a -> a.getI() < 0)
                                .map(a -> given.with(Attribute.of("axis", 0L)))
                                .orElse(given))),
                lists("list-reversed", "order", "lists of numbers are read back to front", values -> {
                    List<Long> reversed = new ArrayList<>(values);
                    Collections.reverse(reversed);
                    return reversed;
                }),
                lists(
                        "list-halves-swapped",
                        "padding",
                        "the two halves of a list are swapped: pads at the wrong side",
                        values -> rotated(values, values.size() / 2)),
                lists(
                        "list-first-for-all",
                        AXIS,
                        "the first number of a list is taken for all",
                        values -> Collections.nCopies(values.size(), values.isEmpty() ? 0L : values.get(0))),
                lists(
                        "list-last-dropped",
                        AXIS,
                        "the last number of a list is not read",
                        values -> values.size() < 2 ? values : values.subList(0, values.size() - 1)),
                lists(
                        "list-negative-as-zero",
                        AXIS,
                        "negative numbers in a list are read as 0",
                        values -> values.stream().map(v -> Math.max(v, 0)).toList()),
                lists("list-numbers-small", AXIS, "numbers above 1 in a list are read as 1", values -> values.stream()
                        .map(v -> Math.min(v, 1))
                        .toList()),
                lists("list-one-more", "padding", "the first number of a list is one too large", values -> {
                    List<Long> more = new ArrayList<>(values);
                    more.set(0, more.get(0) + 1);
                    return more;
                }),
                Fault.of(
                        "optional-operand-ignored",
                        "default attribute",
                        "the last operand is not read where it is optional",
                        Change.run(given -> given.operands() < 2 ? given : given.withoutOperand(given.operands() - 1))),
                Fault.of(
                        "middle-operand-ignored",
                        "default attribute",
                        "the second of three or more operands is not read where it is optional",
                        Change.run(given -> given.operands() < 3 ? given : given.withoutOperand(1))),
                Fault.of(
                        "scalar-operand-as-zero",
                        "padding",
                        "the value of a scalar operand is read as 0",
                        Change.run(given -> given.withOperands((place, operand) ->
                                place > 0 && operand.shape().rank() == 0 && operand.type() != ElementType.STRING
                                        ? new Tensor.Builder(operand.type(), operand.shape()).build()
                                        : operand))));
    }

    /** The ones of each attribute of a signature. */
    static List<Fault> of(Signature signature) {
        List<Fault> faults = new ArrayList<>();
        signature.attributes().forEach((name, declared) -> {
            faults.add(Fault.of(
                    "attribute-ignored:" + name,
                    "default attribute",
                    "attribute " + name + " is not read",
                    Change.run(given -> given.without(name))));
            wrongDefault(name, declared)
                    .ifPresent(wrong -> faults.add(Fault.of(
                            "default-wrong:" + name,
                            "default attribute",
                            "attribute " + name + " has another default",
                            Change.run(given -> given.attribute(name).isPresent() ? given : given.with(wrong)))));
            if (declared.type() == AttributeType.INT || declared.type() == AttributeType.FLOAT) {
                faults.add(Fault.of(
                        "attribute-wrong:" + name,
                        "default attribute",
                        "attribute " + name + " is read as another number where it is given",
                        Change.run(given -> given.attribute(name)
                                .map(a -> given.with(other(a)))
                                .orElse(given))));
            }
        });
        return faults;
    }

    private static Optional<AttributeProto> wrongDefault(String name, Signature.Declared declared) {
        if (declared.otherwise().isEmpty()) {
            return Optional.empty();
        }
        AttributeProto right = declared.otherwise().get();
        return switch (declared.type()) {
            case INT, FLOAT -> Optional.of(other(right));
            case STRING ->
                declared.words().stream()
                        .filter(w -> !w.equals(right.getS().toStringUtf8()))
                        .sorted()
                        .findFirst()
                        .map(w -> Attribute.of(name, w));
            default -> Optional.empty();
        };
    }

    /** A flag the other way round, else a number that is not far. */
    private static AttributeProto other(AttributeProto a) {
        return a.getType() == AttributeType.FLOAT
                ? Attribute.of(a.getName(), a.getF() * 1.5f + (Math.abs(a.getF()) < 1e-3f ? 1e-3f : 0.1f))
                : Attribute.of(a.getName(), a.getI() == 1 ? 0L : a.getI() == -1 ? 0L : a.getI() + 1);
    }

    private interface Choice {
        int of(int axis, int rank);
    }

    /** The attribute axis, given or not; a lone integer operand of one element behind data is an axis too. */
    private static Fault axis(String name, String summary, Choice choice) {
        return Fault.of(name, AXIS, summary, Change.run(given -> {
            int rank = given.operand(0).map(t -> t.shape().rank()).orElse(0);
            if (rank == 0) {
                return given;
            }
            Optional<AttributeProto> attribute = given.attribute("axis");
            if (attribute.isPresent()) {
                int axis = Math.floorMod(attribute.get().getI(), rank);
                return given.with(Attribute.of("axis", (long) choice.of(axis, rank)));
            }
            return given.withOperands((place, operand) -> {
                if (!given.takesIntegers(place) || operand.size() != 1 || !isList(operand)) {
                    return operand;
                }
                int axis = Math.floorMod(operand.integer(0), rank);
                return Tensor.ofLongs(operand.type(), operand.shape(), choice.of(axis, rank));
            });
        }));
    }

    private static boolean isList(Tensor operand) {
        boolean whole = operand.type() == ElementType.INT64 || operand.type() == ElementType.INT32;
        return whole && operand.shape().rank() <= 1;
    }

    /** Every attribute that is a list of integers, and every short integer operand behind the data. */
    private static Fault lists(String name, String kind, String summary, UnaryOperator<List<Long>> change) {
        return Fault.of(name, kind, summary, Change.run(given -> {
            Invocation edited = given;
            for (AttributeProto a : given.node().getAttributeList()) {
                if (a.getType() == AttributeType.INTS && a.getIntsCount() > 0) {
                    edited = edited.with(a.toBuilder()
                            .clearInts()
                            .addAllInts(change.apply(a.getIntsList()))
                            .build());
                }
            }
            return edited.withOperands((place, operand) -> {
                boolean list =
                        given.takesIntegers(place) && operand.size() > 0 && operand.size() <= 8 && isList(operand);
                return list ? relisted(operand, change) : operand;
            });
        }));
    }

    private static Tensor relisted(Tensor operand, UnaryOperator<List<Long>> change) {
        List<Long> before = new ArrayList<>();
        for (long value : operand.integers()) {
            before.add(value);
        }
        long[] after = change.apply(before).stream().mapToLong(Long::longValue).toArray();
        return after.length != before.size() && operand.shape().rank() == 0
                ? operand
                : Tensor.ofLongs(
                        operand.type(), operand.shape().rank() == 0 ? Shape.SCALAR : Shape.of(after.length), after);
    }

    private static List<Long> rotated(List<Long> values, int by) {
        List<Long> rotated = new ArrayList<>(values);
        Collections.rotate(rotated, by);
        return rotated;
    }
}
