package org.aiis.conformance.bisect;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Inputs drawn from a seed by the types and shapes that a model declares: floats uniform in [−1, 1), integers in 0 to 9, or
 * below the size of the table where one indexes an initializer, masks (integers by the name) of ones; or in a range that is given.
 *
 * @param shapes of inputs by name, or the extent of a dimension that the model names; 1 where none is given and the first, 8 elsewhere
 * @param ranges of inputs by name
 */
public record Drawn(ModelFile file, Map<String, Shape> shapes, Map<String, Range> ranges, long seed) {
    private static final int LARGEST_EXTENT = 1 << 20;
    private static final long MOST_ELEMENTS = 1L << 26;

    /** Values from the lower to the upper one; a single number is both. */
    public record Range(double low, double high) {
        /** @throws InputException when the text is neither {@code NUMBER} nor {@code LOW:HIGH} */
        public static Range parse(String name, String text) {
            String[] ends = text.split(":", -1);
            try {
                Range range = new Range(Double.parseDouble(ends[0]), Double.parseDouble(ends[ends.length - 1]));
                if (ends.length <= 2 && range.low <= range.high && Double.isFinite(range.high - range.low)) {
                    return range;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw InputException.of("range " + name + "=" + text, "a number, or LOW:HIGH, is expected");
        }
    }

    public Drawn {
        shapes = Map.copyOf(shapes);
        ranges = Map.copyOf(ranges);
    }

    /** By types and shapes alone. */
    public Drawn(ModelFile file, long seed) {
        this(file, Map.of(), Map.of(), seed);
    }

    /** @throws InputException naming the input that cannot be drawn */
    public SortedMap<String, Tensor> inputs() {
        SortedSet<String> names = new TreeSet<>();
        file.fed().forEach(info -> names.add(info.getName()));
        ranges.keySet().forEach(name -> known(name, names));
        file.fed().forEach(info -> info.getType()
                .getTensorType()
                .getShape()
                .getDimList()
                .forEach(dim -> names.add(dim.getDimParam())));
        shapes.keySet().forEach(name -> known(name, names));
        SortedMap<String, Tensor> inputs = new TreeMap<>();
        file.fed().forEach(info -> inputs.put(info.getName(), drawn(info)));
        return inputs;
    }

    private static void known(String name, SortedSet<String> names) {
        names.remove("");
        if (!names.contains(name)) {
            throw InputException.of(
                    "the model has no input and no dimension '" + name + "'", Nearest.hint(name, names));
        }
    }

    private Tensor drawn(ValueInfoProto info) {
        String name = info.getName();
        boolean shaped = info.getType().getTensorType().hasShape() || shapes.containsKey(name);
        if (!info.getType().hasTensorType() || !shaped) {
            throw InputException.of(
                    "input '" + name + "' has no declared shape, or is no tensor",
                    "give its shape with --shape " + name + "=D,D,…, or its values with --inputs");
        }
        ElementType type = ElementType.ofOnnx(info.getType().getTensorType().getElemType())
                .orElseThrow(() -> InputException.of(
                        "input '" + name + "' has an element type that is not known", "give another model"));
        Shape shape = shape(name, info.getType().getTensorType().getShape());
        Seeded seeded = Seeded.by("bisect " + seed + " " + name);
        if (type == ElementType.STRING) {
            throw InputException.of("input '" + name + "' takes strings", "give them with --inputs");
        }
        Tensor.Builder tensor = new Tensor.Builder(type, shape);
        boolean mask = name.toLowerCase(Locale.ROOT).contains("mask");
        long largest = Math.min(type == ElementType.BOOL ? 1 : limit(name), type.isFloat() ? 9 : mostOf(type));
        Range range = ranges.get(name);
        for (int i = 0; i < shape.size(); i++) {
            if (range != null && type.isFloat()) {
                tensor.setReal(i, range.low == range.high ? range.low : seeded.between(range.low, range.high));
            } else if (range != null) {
                tensor.setBits(i, seeded.integer((long) range.low, (long) range.high));
            } else if (type.isFloat()) {
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
        Shape given = shapes.get(name);
        if (given != null) {
            return bounded(name, given.toLongs());
        }
        long[] dims = new long[declared.getDimCount()];
        for (int i = 0; i < dims.length; i++) {
            TensorShapeProto.Dimension dim = declared.getDim(i);
            Shape named = shapes.getOrDefault(dim.getDimParam(), Shape.of(i == 0 ? 1 : 8));
            if (!dim.hasDimValue() && named.rank() != 1) {
                throw InputException.of(
                        "dimension '" + dim.getDimParam() + "' is given as " + named, "one number is expected");
            }
            dims[i] = dim.hasDimValue() ? dim.getDimValue() : named.dim(0);
        }
        return bounded(name, dims);
    }

    private static Shape bounded(String name, long[] extents) {
        int[] dims = new int[extents.length];
        long elements = 1;
        for (int i = 0; i < dims.length; i++) {
            long extent = extents[i];
            if (extent < 0 || extent > LARGEST_EXTENT) {
                throw InputException.of("input '" + name + "' has an extent of " + extent, "0 to " + LARGEST_EXTENT);
            }
            dims[i] = (int) extent;
            elements = elements * extent;
            if (elements > MOST_ELEMENTS) {
                throw InputException.of(
                        "input '" + name + "' has more than " + MOST_ELEMENTS + " elements",
                        "give smaller ones with --shape");
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
