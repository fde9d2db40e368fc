package org.aiis.reference.serving;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;

/** Models to be served in tests. */
public final class ServedModels {
    private ServedModels() {}

    /** {@code y = x} of a type; named {@code same-int32} and so on. */
    public static Bytes same(ElementType type) {
        return new ModelBuilder(17)
                .input("x", type, "n")
                .node("Identity", List.of("x"), List.of("y"))
                .output("y", type, "n")
                .build();
    }

    /** {@code sum = a + b} and {@code difference = a − b} of rows of 4; says that its rows are independent. */
    public static Bytes arithmetic() {
        return new ModelBuilder(17)
                .metadata(Signature.ROWS, Signature.INDEPENDENT)
                .input("a", ElementType.FLOAT32, "n", 4)
                .input("b", ElementType.FLOAT32, "n", 4)
                .node("Add", List.of("a", "b"), List.of("sum"))
                .node("Sub", List.of("a", "b"), List.of("difference"))
                .output("sum", ElementType.FLOAT32, "n", 4)
                .output("difference", ElementType.FLOAT32, "n", 4)
                .build();
    }

    /** {@code y = 1 / x}, which can be infinite. */
    public static Bytes reciprocal() {
        return new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, "n")
                .node("Reciprocal", List.of("x"), List.of("y"))
                .output("y", ElementType.FLOAT32, "n")
                .build();
    }

    /** {@code y = table[x]}, which refuses what lies outside its table of 3. */
    public static Bytes lookup() {
        return new ModelBuilder(17)
                .initializer("table", org.aiis.spec.tensor.Tensor.ofFloats(org.aiis.spec.tensor.Shape.of(3), 1, 2, 3))
                .input("x", ElementType.INT64, "n")
                .node("Gather", List.of("table", "x"), List.of("y"))
                .output("y", ElementType.FLOAT32, "n")
                .build();
    }

    public static SortedMap<String, SortedMap<String, Bytes>> all() {
        SortedMap<String, SortedMap<String, Bytes>> models = new TreeMap<>();
        for (Datatype datatype : Datatype.values()) {
            models.put("same-" + datatype.type().label(), new TreeMap<>(Map.of("1", same(datatype.type()))));
        }
        models.put("arithmetic", new TreeMap<>(Map.of("1", arithmetic(), "12", arithmetic(), "3", arithmetic())));
        models.put("reciprocal", new TreeMap<>(Map.of("1", reciprocal())));
        models.put("lookup", new TreeMap<>(Map.of("1", lookup())));
        return models;
    }
}
