package org.aiis.conformance.catalogue.pipeline;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.pipeline.deploy.DeployedModel;
import org.aiis.reference.serving.Signature;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;

/** The models that a server serves while it is examined, each in version 1. */
final class ServedModels {
    static final String NETWORK = "aiis-network";
    static final String ARITHMETIC = "aiis-arithmetic";
    static final String RECIPROCAL = "aiis-reciprocal";

    /** One that no server can run. */
    static final String BROKEN = "aiis-broken";

    private static final int OPSET = 17;

    private ServedModels() {}

    static String same(ElementType type) {
        return "aiis-same-" + type.label();
    }

    /** {@code y = x}, one element a row. */
    static Bytes identity(ElementType type) {
        return new ModelBuilder(OPSET)
                .input("x", type, "n")
                .node("Identity", List.of("x"), List.of("y"))
                .output("y", type, "n")
                .build();
    }

    /** {@code sum = a + b}, {@code difference = a − b}; its rows are independent, so that a server may put requests together. */
    static Bytes arithmetic() {
        return new ModelBuilder(OPSET)
                .metadata(Signature.ROWS, Signature.INDEPENDENT)
                .input("a", ElementType.FLOAT32, "n", 4)
                .input("b", ElementType.FLOAT32, "n", 4)
                .node("Add", List.of("a", "b"), List.of("sum"))
                .node("Sub", List.of("a", "b"), List.of("difference"))
                .output("sum", ElementType.FLOAT32, "n", 4)
                .output("difference", ElementType.FLOAT32, "n", 4)
                .build();
    }

    /** {@code y = 1 / x}: an infinity from a zero. */
    static Bytes reciprocal() {
        return new ModelBuilder(OPSET)
                .input("x", ElementType.FLOAT32, "n")
                .node("Reciprocal", List.of("x"), List.of("y"))
                .output("y", ElementType.FLOAT32, "n")
                .build();
    }

    /** Its operator does not exist. */
    static Bytes broken() {
        return new ModelBuilder(OPSET)
                .input("x", ElementType.FLOAT32, "n")
                .node("NoSuchOperator", List.of("x"), List.of("y"))
                .output("y", ElementType.FLOAT32, "n")
                .build();
    }

    static Bytes network(Fixture fixture) {
        return DeployedModel.export(fixture.network(), fixture.layers(), OPSET, fixture.weights());
    }

    /** All that a server under test has to hold, and the broken one, which it may lack. */
    static SortedMap<String, Bytes> all(Fixture fixture) {
        SortedMap<String, Bytes> models = new TreeMap<>();
        for (ElementType type : List.of(
                ElementType.INT32,
                ElementType.UINT8,
                ElementType.INT64,
                ElementType.UINT64,
                ElementType.FLOAT32,
                ElementType.FLOAT64,
                ElementType.STRING)) {
            models.put(same(type), identity(type));
        }
        models.put(ARITHMETIC, arithmetic());
        models.put(RECIPROCAL, reciprocal());
        models.put(BROKEN, broken());
        models.put(NETWORK, network(fixture));
        return models;
    }
}
