package org.aiis.reference.onnx;

import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** ONNX's layout of raw_data: elements narrower than a byte are packed, the first one in the lowest bits. */
final class Packing {
    private Packing() {}

    static long bytes(ElementType type, int elements) {
        return type.bits() < 8 ? ((long) elements * type.bits() + 7) / 8 : (long) elements * type.bytes();
    }

    static byte[] pack(Tensor tensor) {
        int bits = tensor.type().bits();
        if (bits >= 8) {
            return tensor.toByteArray();
        }
        byte[] packed = new byte[Math.toIntExact(bytes(tensor.type(), tensor.size()))];
        int each = 8 / bits;
        for (int i = 0; i < tensor.size(); i++) {
            packed[i / each] |= (byte) (tensor.bits(i) << i % each * bits);
        }
        return packed;
    }

    static Tensor unpack(ElementType type, Shape shape, byte[] packed) {
        if (type.bits() >= 8) {
            return Tensor.ofBytes(type, shape, packed);
        }
        Tensor.Builder tensor = new Tensor.Builder(type, shape);
        int each = 8 / type.bits();
        for (int i = 0; i < shape.size(); i++) {
            tensor.setBits(i, packed[i / each] >>> i % each * type.bits());
        }
        return tensor.build();
    }
}
