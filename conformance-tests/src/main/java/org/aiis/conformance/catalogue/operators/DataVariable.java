package org.aiis.conformance.catalogue.operators;

import java.util.Set;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.schema.Schema;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.tensor.ElementType;

/** The type variable that a row of the operator table lists the types of, and what it may be at an opset version. */
final class DataVariable {
    private DataVariable() {}

    /** The row's types that the schema allows at an opset version, in the row's order. */
    static Set<ElementType> types(OperatorRow row, int opset, Schemas schemas) {
        Schema schema = schemas.find(row.domain(), row.operator(), opset)
                .orElseThrow(() -> InputException.of(
                        row.source() + ": ONNX has no operator " + row.operator() + " at opset version " + opset,
                        Nearest.hint(row.operator(), schemas.names(row.domain()))));
        Set<ElementType> types = new java.util.TreeSet<>(row.types());
        types.retainAll(schema.elements(of(schema)));
        return types;
    }

    /**
     * T, or V of what control flow hands on, or the variable of the first input that has one, or of the first output;
     * ConstantOfShape has the shape as its input, so that its data are the output.
     */
    static String of(Schema schema) {
        if (schema.types().containsKey("T")) {
            return "T";
        }
        if (schema.types().containsKey("V")) {
            return "V";
        }
        if (schema.name().equals("ConstantOfShape")) {
            return "T2";
        }
        if (schema.types().containsKey("V")) {
            return "V";
        }
        return Stream.concat(schema.inputs().stream(), schema.outputs().stream())
                .map(Schema.Parameter::type)
                .filter(type -> schema.types().containsKey(type))
                .findFirst()
                .orElseGet(() -> schema.inputs().get(0).type());
    }
}
