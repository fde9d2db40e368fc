package org.aiis.conformance.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Small folders of vectors. */
public final class Written {
    private Written() {}

    /** y = x + x over three floats. */
    public static Bytes doubling() {
        return new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 3)
                .output("y", ElementType.FLOAT32, 3)
                .node("Add", List.of("x", "x"), List.of("y"))
                .build();
    }

    public static Tensor floats(float... values) {
        return Tensor.ofFloats(Shape.of(values.length), values);
    }

    static byte[] proto(String name, Tensor tensor) {
        return TensorProtos.write(name, tensor).toByteArray();
    }

    /** A case with data set 0. */
    public static Path vector(Path root, String name, Bytes model, List<Tensor> inputs, List<Tensor> outputs) {
        Path folder = model(root, name, model);
        for (int i = 0; i < inputs.size(); i++) {
            put(folder, "test_data_set_0/input_" + i + ".pb", proto("", inputs.get(i)));
        }
        for (int i = 0; i < outputs.size(); i++) {
            put(folder, "test_data_set_0/output_" + i + ".pb", proto("", outputs.get(i)));
        }
        return folder;
    }

    static Path model(Path root, String name, Bytes model) {
        Path folder = root.resolve(name);
        put(folder, "model.onnx", model.toArray());
        return folder;
    }

    static void put(Path folder, String path, byte[] content) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
