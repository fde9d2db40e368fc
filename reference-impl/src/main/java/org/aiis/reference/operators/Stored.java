package org.aiis.reference.operators;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** A tensor by its bits. */
record Stored(Tensor tensor) implements Value {
    @Override
    public ElementType type() {
        return tensor.type();
    }

    @Override
    public Shape shape() {
        return tensor.shape();
    }

    @Override
    public Numbers numbers() {
        int size = tensor.size();
        if (!type().isFloat()) {
            long[] values = new long[size];
            if (type() == ElementType.INT8 || type() == ElementType.UINT8) {
                // Weights of quantised models are of these, by the million.
                byte[] bytes = tensor.toByteArray();
                boolean signed = type().isSigned();
                for (int i = 0; i < size; i++) {
                    values[i] = signed ? bytes[i] : bytes[i] & 0xFF;
                }
                return Integers.own(values);
            }
            for (int i = 0; i < size; i++) {
                values[i] = type() == ElementType.BOOL ? tensor.integer(i) == 0 ? 0 : 1 : tensor.integer(i);
            }
            return Integers.own(values);
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = tensor.real(i);
        }
        return Reals.own(values);
    }

    @Override
    public Value reshaped(Shape other) {
        return new Stored(tensor.reshaped(other));
    }

    @Override
    public Value gather(int[] at, Shape other) {
        if (type() == ElementType.STRING) {
            List<String> picked = new ArrayList<>(at.length);
            for (int place : at) {
                picked.add(tensor.string(place));
            }
            return new Stored(Tensor.ofStrings(other, picked));
        }
        ByteBuffer from = tensor.view();
        int width = type().bytes();
        ByteBuffer to = ByteBuffer.allocate(at.length * width).order(ByteOrder.LITTLE_ENDIAN);
        for (int place : at) {
            switch (width) {
                case 1 -> to.put(from.get(place));
                case 2 -> to.putShort(from.getShort(2 * place));
                case 4 -> to.putInt(from.getInt(4 * place));
                default -> to.putLong(from.getLong(8 * place));
            }
        }
        return new Stored(Tensor.ofBytes(type(), other, to.array()));
    }

    static Stored joined(List<Stored> parts, Shape shape) {
        ElementType type = parts.get(0).type();
        if (type == ElementType.STRING) {
            List<String> all = new ArrayList<>();
            parts.forEach(part -> all.addAll(part.tensor.strings()));
            return new Stored(Tensor.ofStrings(shape, all));
        }
        ByteBuffer all = ByteBuffer.allocate(shape.size() * type.bytes());
        parts.forEach(part -> all.put(part.tensor.view()));
        return new Stored(Tensor.ofBytes(type, shape, all.array()));
    }
}
