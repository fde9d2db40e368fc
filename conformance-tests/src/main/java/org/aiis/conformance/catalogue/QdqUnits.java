package org.aiis.conformance.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/** One operator between dequantisation and quantisation, the form in which quantised models are exchanged. Opset 21. */
enum QdqUnits {
    CONV(0.3, true) {
        @Override
        void build(Unit u) {
            u.data(1, 3, 9, 9).weights(0, 8, 3, 3, 3).bias(8).node("Conv", Attribute.ints("pads", 1, 1, 1, 1));
        }
    },
    MAT_MUL(0.25, true) {
        @Override
        void build(Unit u) {
            u.data(13, 17).weights(1, 17, 11).node("MatMul");
        }
    },
    GEMM(0.25, true) {
        @Override
        void build(Unit u) {
            u.data(13, 17).weights(0, 11, 17).bias(11).node("Gemm", Attribute.of("transB", 1L));
        }
    },
    ADD(0.1) {
        @Override
        void build(Unit u) {
            u.data(5, 37).data(5, 37).node("Add");
        }
    },
    MUL(0.3) {
        @Override
        void build(Unit u) {
            u.data(5, 37).data(5, 37).node("Mul");
        }
    },
    AVERAGE_POOL(Unit.DATA_SCALE) {
        @Override
        void build(Unit u) {
            u.data(1, 3, 9, 9)
                    .node("AveragePool", Attribute.ints("kernel_shape", 3, 3), Attribute.ints("strides", 2, 2));
        }
    },
    MAX_POOL(Unit.DATA_SCALE) {
        @Override
        void build(Unit u) {
            u.data(1, 3, 9, 9).node("MaxPool", Attribute.ints("kernel_shape", 3, 3), Attribute.ints("strides", 2, 2));
        }
    },
    RELU(0.03) {
        @Override
        void build(Unit u) {
            u.data(5, 37).node("Relu");
        }
    },
    SIGMOID(0x1p-8) {
        @Override
        void build(Unit u) {
            u.data(5, 37).node("Sigmoid");
        }
    },
    SOFTMAX(0x1p-8) {
        @Override
        void build(Unit u) {
            u.data(5, 7).node("Softmax");
        }
    },
    CONCAT(Unit.DATA_SCALE) {
        @Override
        void build(Unit u) {
            u.data(5, 17).data(5, 20).node("Concat", Attribute.of("axis", 1L));
        }
    },
    RESHAPE(Unit.DATA_SCALE) {
        @Override
        void build(Unit u) {
            u.data(5, 36)
                    .constant(Tensor.ofLongs(ElementType.INT64, Shape.of(2), 12, 15))
                    .node("Reshape");
        }
    },
    TRANSPOSE(Unit.DATA_SCALE) {
        @Override
        void build(Unit u) {
            u.data(5, 37).node("Transpose", Attribute.ints("perm", 1, 0));
        }
    };

    /** How much wider the output of codes at the ends is than that of codes from everywhere: √3, and room. */
    private static final double WIDER = 3;

    private final double scale;
    private final boolean weighted;

    QdqUnits(double scale) {
        this(scale, false);
    }

    QdqUnits(double scale, boolean weighted) {
        this.scale = scale;
        this.weighted = weighted;
    }

    abstract void build(Unit unit);

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace("_", "");
    }

    /** Whether it has weights, which are quantised for the whole tensor or by channel. */
    boolean isWeighted() {
        return weighted;
    }

    /** The unit with data of a type and weights of a type, in static shapes. */
    Stimulus.ModelRun run(Seeded seeded, ElementType data, ElementType weights, boolean byChannel) {
        Unit unit = new Unit(seeded, data, weights, byChannel, false);
        build(unit);
        return unit.run(scale);
    }

    /**
     * The unit with every code at an end of its type: 0 or 255, −128 or 127. Two products of one sign pass what 16 bits hold, so that a
     * sum of two that saturates there is wrong in most elements, by dozens of steps; the output's scale is such that none is cut.
     */
    Stimulus.ModelRun extremes(Seeded seeded, ElementType data, ElementType weights, boolean byChannel) {
        Unit unit = new Unit(seeded, data, weights, byChannel, true);
        build(unit);
        return unit.run(WIDER * scale);
    }

    /** A unit under construction: operands first, then the operator. */
    static final class Unit {
        static final double DATA_SCALE = 0.05;
        private static final double WEIGHT_SCALE = 0.01;
        private static final ElementType F = ElementType.FLOAT32;
        private final ModelBuilder model = new ModelBuilder(21);
        private final Map<String, Tensor> inputs = new TreeMap<>();
        private final List<String> operands = new ArrayList<>();
        private final Seeded seeded;
        private final ElementType data;
        private final ElementType weights;
        private final boolean byChannel;
        private final boolean extreme;

        private Unit(Seeded seeded, ElementType data, ElementType weights, boolean byChannel, boolean extreme) {
            this.seeded = seeded;
            this.data = data;
            this.weights = weights;
            this.byChannel = byChannel;
            this.extreme = extreme;
        }

        Unit data(int... dims) {
            String name = "x" + inputs.size();
            Tensor codes = codes(data, dims);
            inputs.put(name, codes);
            model.input(name, codes);
            return dequantised(name, scalar(DATA_SCALE), zeroPoint(data));
        }

        /** Weights with one scale, or one for each index of an axis; their zero points are 0 or in the middle. */
        Unit weights(int axis, int... dims) {
            String name = "w";
            model.initializer(name, codes(weights, dims));
            int count = byChannel ? dims[axis] : 1;
            Tensor.Builder scales = new Tensor.Builder(F, byChannel ? Shape.of(count) : Shape.SCALAR);
            Tensor.Builder zeros = new Tensor.Builder(weights, byChannel ? Shape.of(count) : Shape.SCALAR);
            for (int i = 0; i < count; i++) {
                scales.setReal(i, WEIGHT_SCALE * (1 + 0.1 * i));
                zeros.setBits(i, weights == ElementType.UINT8 ? 128 : 0);
            }
            return dequantised(name, scales.build(), zeros.build(), Attribute.of("axis", (long) axis));
        }

        /** A bias as int32, with the scale of the products. */
        Unit bias(int channels) {
            String name = "b";
            Tensor.Builder codes = new Tensor.Builder(ElementType.INT32, Shape.of(channels));
            Tensor.Builder scales = new Tensor.Builder(F, byChannel ? Shape.of(channels) : Shape.SCALAR);
            for (int i = 0; i < channels; i++) {
                codes.setBits(i, seeded.integer(-5000, 5000));
                if (byChannel || i == 0) {
                    scales.setReal(i, DATA_SCALE * WEIGHT_SCALE * (1 + 0.1 * i));
                }
            }
            model.initializer(name, codes.build());
            Tensor zeros = new Tensor.Builder(ElementType.INT32, byChannel ? Shape.of(channels) : Shape.SCALAR).build();
            return dequantised(name, scales.build(), zeros, Attribute.of("axis", 0L));
        }

        Unit constant(Tensor value) {
            model.initializer("c", value);
            operands.add("c");
            return this;
        }

        void node(String operator, AttributeProto... attributes) {
            model.node(operator, operands, List.of("r"), attributes);
        }

        private Unit dequantised(String name, Tensor scale, Tensor zeroPoint, AttributeProto... attributes) {
            model.initializer(name + "_scale", scale);
            model.initializer(name + "_zero", zeroPoint);
            model.node(
                    "DequantizeLinear",
                    List.of(name, name + "_scale", name + "_zero"),
                    List.of(name + "_real"),
                    attributes);
            operands.add(name + "_real");
            return this;
        }

        private static Tensor scalar(double value) {
            return Tensor.ofReals(F, Shape.SCALAR, value);
        }

        private static Tensor zeroPoint(ElementType type) {
            return Tensor.ofLongs(type, Shape.SCALAR, type == ElementType.UINT8 ? 125 : -3);
        }

        private Tensor codes(ElementType type, int... dims) {
            Tensor.Builder codes = new Tensor.Builder(type, Shape.of(dims));
            for (int i = 0; i < Shape.of(dims).size(); i++) {
                codes.setBits(i, extreme ? end(type) : seeded.integer(type.minInteger(), type.maxInteger()));
            }
            return codes.build();
        }

        private long end(ElementType type) {
            return seeded.coin() ? type.maxInteger() : type.minInteger();
        }

        private Stimulus.ModelRun run(double scale) {
            model.initializer("y_scale", scalar(scale));
            // Probabilities use the whole range.
            model.initializer(
                    "y_zero",
                    scale == 0x1p-8 ? Tensor.ofLongs(data, Shape.SCALAR, data.minInteger()) : zeroPoint(data));
            model.node("QuantizeLinear", List.of("r", "y_scale", "y_zero"), List.of("y"));
            return new Stimulus.ModelRun(model.openOutput("y", data).build(), inputs);
        }
    }
}
