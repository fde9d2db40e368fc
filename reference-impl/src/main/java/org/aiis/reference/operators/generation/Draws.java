package org.aiis.reference.operators.generation;

import java.util.Set;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.spec.tensor.ElementType;

/**
 * Random numbers that follow from a seed alone, on every machine: SplitMix64 (Steele, Lea, Flood 2014). Without a seed a
 * fixed one, since the oracle gives the same answer twice.
 */
public final class Draws {
    /** Seed of a node that has none. */
    public static final long FIXED = 0x5EEDL;

    private long state;

    private Draws(long state) {
        this.state = state;
    }

    public static Draws by(long seed) {
        return new Draws(seed);
    }

    /** By the float attribute seed. */
    static Draws of(Call call) {
        return by(
                call.attributes().has("seed")
                        ? Double.doubleToLongBits(call.attributes().real("seed"))
                        : FIXED);
    }

    /** What the random operators without data have in common. */
    static Signature signature(int opset, boolean like) {
        Set<ElementType> results = opset < 22 ? Types.IEEE : Types.FLOAT;
        Signature signature = like
                ? Signature.of("input:T1 -> output:T2")
                        .type("T1", opset < 22 ? Types.without(Types.ANY, ElementType.BFLOAT16) : Types.ANY)
                        .type("T2", results, "dtype")
                : Signature.of(" -> output:T")
                        .type("T", results, a -> a.elementType("dtype"))
                        .attribute(Attribute.of("dtype", 1))
                        .required("shape", AttributeType.INTS);
        return signature.optional("seed", AttributeType.FLOAT);
    }

    private long bits() {
        state += 0x9E3779B97F4A7C15L;
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Uniform in [0, 1). */
    public double unit() {
        return (bits() >>> 11) * 0x1p-53;
    }

    /** Standard normal: G. Box and M. Muller (1958). */
    double normal() {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * Math.PI * unit());
    }
}
