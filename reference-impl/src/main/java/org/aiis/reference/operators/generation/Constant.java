package org.aiis.reference.operators.generation;

import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * A tensor, number, string, or list of them, given as the one attribute.
 *
 * <p>Bits are kept; sparse_value is refused. Source: ONNX operator text of opset 13, 19, 21, 23, 24,
 * 25.
 */
public final class Constant implements Operator {
    private static final List<String> NAMES = List.of(
            "sparse_value",
            "value",
            "value_float",
            "value_floats",
            "value_int",
            "value_ints",
            "value_string",
            "value_strings");

    @Override
    public Signature signature(int opset) {
        return Signature.of(" -> output:T")
                .type("T", Types.any(opset), Constant::type)
                .optional("sparse_value", AttributeType.SPARSE_TENSOR)
                .optional("value", AttributeType.TENSOR)
                .optional("value_float", AttributeType.FLOAT)
                .optional("value_floats", AttributeType.FLOATS)
                .optional("value_int", AttributeType.INT)
                .optional("value_ints", AttributeType.INTS)
                .optional("value_string", AttributeType.STRING)
                .optional("value_strings", AttributeType.STRINGS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Value.of(tensor(call.attributes())));
    }

    private static ElementType type(Attributes attributes) {
        if (NAMES.stream().filter(attributes::has).count() != 1) {
            throw attributes.refusal("one value must be given");
        }
        return tensor(attributes).type();
    }

    private static Tensor tensor(Attributes attributes) {
        String name = NAMES.stream().filter(attributes::has).findFirst().orElseThrow();
        AttributeProto proto = attributes.proto(name);
        return switch (name) {
            case "value" -> attributes.tensor(name);
            case "value_float" -> Tensor.ofFloats(Shape.SCALAR, proto.getF());
            case "value_floats" ->
                Tensor.ofReals(
                        ElementType.FLOAT32,
                        Shape.of(proto.getFloatsCount()),
                        proto.getFloatsList().stream()
                                .mapToDouble(Float::doubleValue)
                                .toArray());
            case "value_int" -> Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, proto.getI());
            case "value_ints" ->
                Tensor.ofLongs(ElementType.INT64, Shape.of(proto.getIntsCount()), attributes.integers(name));
            case "value_string" -> Tensor.ofStrings(Shape.SCALAR, List.of(attributes.word(name)));
            case "value_strings" ->
                Tensor.ofStrings(
                        Shape.of(proto.getStringsCount()),
                        proto.getStringsList().stream()
                                .map(s -> s.toStringUtf8())
                                .toList());
            default -> throw attributes.refusal("a sparse value is not supported");
        };
    }
}
