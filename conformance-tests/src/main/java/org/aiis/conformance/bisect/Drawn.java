package org.aiis.conformance.bisect;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Inputs drawn from a seed by the types and shapes that a model declares: floats uniform in [−1, 1), integers in 0 to 9, or
 * below the size of the table where one indexes an initializer, masks (integers by the name) of ones.
 *
 * @param extents of dimensions that the model names; 1 where none is given and the first, 8 elsewhere
 */
public record Drawn(ModelFile file, Map<String, Integer> extents, long seed) {
    private static final int LARGEST_EXTENT = 1 << 20;
    private static final long MOST_ELEMENTS = 1L << 26;

    public Drawn {
        extents = Map.copyOf(extents);
    }

    /** @throws InputException naming the input that cannot be drawn */
    public SortedMap<String, Tensor> inputs() {
        extents.forEach((name, extent) -> {
            if (extent < 0 || extent > LARGEST_EXTENT) {
                throw InputException.of("extent " + name + "=" + extent, "0 to " + LARGEST_EXTENT);
            }
        });
        SortedMap<String, Tensor> inputs = new TreeMap<>();
        file.fed().forEach(info -> inputs.put(info.getName(), drawn(info)));
        return inputs;
    }

    private Tensor drawn(ValueInfoProto info) {
        String name = info.getName();
        if (!info.getType().hasTensorType() || !info.getType().getTensorType().hasShape()) {
            throw InputException.of(
                    "input '" + name + "' has no declared shape, or is no tensor",
                    "give its values with --inputs DIR, in ONNX's test-data layout");
        }
        ElementType type = ElementType.ofOnnx(info.getType().getTensorType().getElemType())
                .orElseThrow(() -> InputException.of(
                        "input '" + name + "' has an element type that is not known", "give another model"));
        Shape shape = shape(name, info.getType().getTensorType().getShape());
        Seeded seeded = Seeded.by("bisect " + seed + " " + name);
        if (type == ElementType.STRING) {
            throw InputException.of("input '" + name + "' takes strings", "give them with --inputs DIR");
        }
        Tensor.Builder tensor = new Tensor.Builder(type, shape);
        boolean mask = name.toLowerCase(Locale.ROOT).contains("mask");
        long largest = Math.min(type == ElementType.BOOL ? 1 : limit(name), type.isFloat() ? 9 : mostOf(type));
        for (int i = 0; i < shape.size(); i++) {
            if (type.isFloat()) {
                tensor.setReal(i, seeded.between(-1, 1));
            } else {
                tensor.setBits(i, mask ? 1 : seeded.integer(0, largest));
            }
        }
        return tensor.build();
    }

    private static long mostOf(ElementType type) {
        long most = type == ElementType.BOOL ? 1 : type.maxInteger();
        return most < 0 ? Long.MAX_VALUE : most;
    }

    private Shape shape(String name, TensorShapeProto declared) {
        int[] dims = new int[declared.getDimCount()];
        long elements = 1;
        for (int i = 0; i < dims.length; i++) {
            TensorShapeProto.Dimension dim = declared.getDim(i);
            long extent =
                    dim.hasDimValue() ? dim.getDimValue() : extents.getOrDefault(dim.getDimParam(), i == 0 ? 1 : 8);
            if (extent < 0 || extent > LARGEST_EXTENT) {
                throw InputException.of(
                        "input '" + name + "' declares an extent of " + extent, "0 to " + LARGEST_EXTENT);
            }
            dims[i] = (int) extent;
            elements = elements * extent;
            if (elements > MOST_ELEMENTS) {
                throw InputException.of(
                        "input '" + name + "' has more than " + MOST_ELEMENTS + " elements",
                        "give smaller ones with --extent");
            }
        }
        return Shape.of(dims);
    }

    /** One less than the rows of the smallest table that an input indexes; 9 where it indexes none. */
    private long limit(String name) {
        long most = 9;
        boolean found = false;
        for (NodeProto node : file.model().getGraph().getNodeList()) {
            if (node.getOpType().equals("Gather")
                    && node.getInputCount() == 2
                    && node.getInput(1).equals(name)) {
                for (TensorProto table : file.model().getGraph().getInitializerList()) {
                    if (table.getName().equals(node.getInput(0)) && table.getDimsCount() > 0 && table.getDims(0) > 0) {
                        most = found ? Math.min(most, table.getDims(0) - 1) : table.getDims(0) - 1;
                        found = true;
                    }
                }
            }
        }
        return most;
    }
}
