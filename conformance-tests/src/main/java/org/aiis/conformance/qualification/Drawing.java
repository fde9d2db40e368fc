package org.aiis.conformance.qualification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.conformance.catalogue.operators.Templates;
import org.aiis.conformance.qualification.panel.Invocation;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Signature;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Inputs of an operator that the catalogue does not hold: its declared forms with seeds, shapes, attributes and special
 * values drawn anew. Some are invalid; the oracle says which.
 */
final class Drawing {
    /** Larger runs show no fault that smaller ones do not, and take the time of many. */
    private static final int MOST_ELEMENTS = 600;

    private final OperatorRow row;
    private final List<Templates.Template> templates;
    private final boolean plain;

    /** @param plain whether numbers and shapes stay those of the declared forms */
    Drawing(OperatorRow row, Templates templates, boolean plain) {
        this.row = row;
        this.templates = templates.of(row);
        this.plain = plain;
    }

    /** The run of a number, or none where it would be too large. */
    Optional<Invocation> at(int number) {
        String word = "qualify/" + row.operator() + "/" + number;
        Seeded seeded = Seeded.by(word);
        Templates.Template template = templates.get((int) seeded.integer(0, templates.size() - 1));
        Invocation drawn = Invocation.of(template.by(word + "/numbers"));
        if (drawn.inputs().values().stream().mapToInt(Tensor::size).sum() > MOST_ELEMENTS) {
            return Optional.empty();
        }
        if (plain) {
            return Optional.of(drawn);
        }
        Invocation edited = drawn;
        if (seeded.unit() < 0.35) {
            edited = resized(edited, seeded);
        }
        if (seeded.unit() < 0.3) {
            edited = specialised(edited, seeded);
        }
        if (seeded.unit() < 0.3) {
            edited = attributed(edited, seeded);
        }
        if (seeded.unit() < 0.07) {
            edited = mismatched(edited, seeded);
        }
        return Optional.of(edited);
    }

    /** Extents are renamed consistently: every 5 becomes a 7, say, in all tensors that are fed. */
    private static Invocation resized(Invocation given, Seeded seeded) {
        TreeMap<Integer, Integer> renamed = new TreeMap<>();
        List<Integer> choices = List.of(0, 1, 2, 3, 4, 5, 6, 7, 9, 13, 17);
        return given.withOperands((place, tensor) -> {
            if (!given.inputs().containsKey(given.node().getInput(place)) || tensor.type() == ElementType.STRING) {
                return tensor;
            }
            List<Integer> dims = new ArrayList<>();
            for (int dim : tensor.shape().dims()) {
                dims.add(renamed.computeIfAbsent(
                        dim,
                        d -> d == 1 || seeded.unit() < 0.4
                                ? d
                                : choices.get((int) seeded.integer(seeded.unit() < 0.9 ? 1 : 0, choices.size() - 1))));
            }
            Shape shape = new Shape(dims);
            return shape.equals(tensor.shape()) || shape.size() > MOST_ELEMENTS || tensor.size() == 0
                    ? tensor
                    : repeated(tensor, shape, seeded);
        });
    }

    private static Tensor repeated(Tensor tensor, Shape shape, Seeded seeded) {
        Tensor.Builder other = new Tensor.Builder(tensor.type(), shape);
        for (int i = 0; i < shape.size(); i++) {
            other.setBits(i, tensor.bits((int) seeded.integer(0, tensor.size() - 1)));
        }
        return other.build();
    }

    /** Some numbers are replaced by special ones; indices, axes and the like behind the data are left. */
    private static Invocation specialised(Invocation given, Seeded seeded) {
        ElementType data = given.operand(0).map(Tensor::type).orElse(ElementType.FLOAT32);
        double share = seeded.coin() ? 0.05 : 0.4;
        return given.withOperands((place, tensor) -> {
            boolean number = tensor.type().isFloat() || tensor.type() == data && place < 2;
            if (!number || tensor.size() == 0) {
                return tensor;
            }
            Tensor specials = Specials.of(tensor.type());
            if (tensor.type() == ElementType.STRING) {
                List<String> strings = new ArrayList<>();
                for (String s : tensor.strings()) {
                    strings.add(seeded.unit() < share ? any(specials, seeded) : s);
                }
                return Tensor.ofStrings(tensor.shape(), strings);
            }
            Tensor.Builder other = new Tensor.Builder(tensor.type(), tensor.shape());
            for (int i = 0; i < tensor.size(); i++) {
                boolean replace = seeded.unit() < share;
                other.setBits(
                        i, replace ? specials.bits((int) seeded.integer(0, specials.size() - 1)) : tensor.bits(i));
            }
            return other.build();
        });
    }

    private static String any(Tensor strings, Seeded seeded) {
        return strings.string((int) seeded.integer(0, strings.size() - 1));
    }

    /** One attribute is given another value, or left out. */
    private static Invocation attributed(Invocation given, Seeded seeded) {
        Signature signature = given.signature();
        List<String> names = List.copyOf(signature.attributes().keySet());
        if (names.isEmpty()) {
            return given;
        }
        String name = names.get((int) seeded.integer(0, names.size() - 1));
        Signature.Declared declared =
                java.util.Objects.requireNonNull(signature.attributes().get(name));
        if (given.attribute(name).isPresent() && seeded.unit() < 0.25) {
            return given.without(name);
        }
        return value(given, name, declared, seeded).map(given::with).orElse(given);
    }

    private static Optional<AttributeProto> value(
            Invocation given, String name, Signature.Declared declared, Seeded seeded) {
        int rank = Math.max(1, given.operand(0).map(t -> t.shape().rank()).orElse(1));
        if (declared.type() == AttributeType.INT) {
            boolean small = declared.otherwise()
                    .filter(o -> o.getI() == 0 || o.getI() == 1)
                    .isPresent();
            return name.equals("to")
                    ? Optional.empty()
                    : Optional.of(Attribute.of(
                            name, small && seeded.coin() ? seeded.integer(0, 1) : seeded.integer(-rank, rank - 1L)));
        }
        if (declared.type() == AttributeType.FLOAT) {
            return Optional.of(Attribute.of(name, (float) seeded.between(0.01, 3)));
        }
        if (declared.type() == AttributeType.STRING && !declared.words().isEmpty()) {
            List<String> words = declared.words().stream().sorted().toList();
            return Optional.of(Attribute.of(name, words.get((int) seeded.integer(0, words.size() - 1))));
        }
        if (declared.type() == AttributeType.INTS) {
            int count = given.attribute(name).map(AttributeProto::getIntsCount).orElse(rank);
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = seeded.integer(0, 3);
            }
            return Optional.of(Attribute.ints(name, values));
        }
        return Optional.empty();
    }

    /** An operand of another shape, or one operand more or less: mostly invalid. */
    private static Invocation mismatched(Invocation given, Seeded seeded) {
        if (given.operands() == 0) {
            return given;
        }
        int place = (int) seeded.integer(0, given.operands() - 1L);
        return switch ((int) seeded.integer(0, 3)) {
            case 0 -> given.withoutOperand(given.operands() - 1);
            case 1 -> given.withNode(n -> n.toBuilder().addInput(n.getInput(0)).build());
            case 2 ->
                given.operand(place)
                        .filter(t -> t.type() != ElementType.STRING)
                        .map(t -> given.withOperand(place, new Tensor.Builder(t.type(), Shape.of(2, 3, 2)).build()))
                        .orElse(given);
            default ->
                given.operand(place)
                        .filter(t -> t.type().isInteger() && t.size() > 0)
                        .map(t -> given.withOperand(place, outOfRange(t)))
                        .orElse(given);
        };
    }

    private static Tensor outOfRange(Tensor t) {
        Tensor.Builder other = new Tensor.Builder(t.type(), t.shape());
        for (int i = 0; i < t.size(); i++) {
            other.setBits(i, i == 0 ? 1000 % Math.max(1, t.type().maxInteger()) : t.bits(i));
        }
        return other.build();
    }
}
