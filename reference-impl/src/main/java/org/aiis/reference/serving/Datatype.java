package org.aiis.reference.serving;

import java.util.Arrays;
import java.util.Optional;
import org.aiis.spec.tensor.ElementType;

/** The protocol's words for element types. */
public enum Datatype {
    BOOL(ElementType.BOOL),
    UINT8(ElementType.UINT8),
    UINT16(ElementType.UINT16),
    UINT32(ElementType.UINT32),
    UINT64(ElementType.UINT64),
    INT8(ElementType.INT8),
    INT16(ElementType.INT16),
    INT32(ElementType.INT32),
    INT64(ElementType.INT64),
    FP16(ElementType.FLOAT16),
    BF16(ElementType.BFLOAT16),
    FP32(ElementType.FLOAT32),
    FP64(ElementType.FLOAT64),
    BYTES(ElementType.STRING);

    private final ElementType type;

    Datatype(ElementType type) {
        this.type = type;
    }

    public ElementType type() {
        return type;
    }

    /** FP16 and BF16 have no form in JSON that the protocol defines. */
    public boolean inJson() {
        return this != FP16 && this != BF16;
    }

    /** Empty where the protocol has no word for it. */
    public static Optional<Datatype> of(ElementType type) {
        return Arrays.stream(values()).filter(d -> d.type == type).findFirst();
    }

    /** @throws Refusal for a word that the protocol does not have */
    public static Datatype named(String word) {
        for (Datatype datatype : values()) {
            if (datatype.name().equals(word)) {
                return datatype;
            }
        }
        throw new Refusal(
                Refusal.Reason.TYPE,
                "no datatype " + Quoted.of(word) + "; the protocol has "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Enum::name).toList()));
    }
}
