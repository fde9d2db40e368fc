package org.aiis.spec.standard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.tensor.ElementType;

/** A way to calculate dot products less precisely than their type, claimed in the ICS. What each allows: clause 4.4. */
public enum PrecisionMode {
    /** Factors of float32 rounded to nearest to 11 significant bits. */
    TF32("tf32"),
    /** Factors of float32 as two bfloat16 pieces, the product of the two small pieces left out. */
    TWO_PIECES("bf16x2"),
    /** Factors of float32 as three bfloat16 pieces, whose products may share one accumulator. */
    THREE_PIECES("bf16x3"),
    /** Products and partial sums of float16 rounded to float16. */
    FLOAT16_ACCUMULATOR("fp16-accumulator"),
    /** Addends aligned to the largest and cut off, as multi-term adders of matrix units do. */
    TRUNCATED_SUMS("truncated-sums"),
    /** Convolution by Winograd's minimal filtering. */
    WINOGRAD("winograd"),
    /** Convolution by discrete Fourier transforms. */
    FFT("fft");

    private final String word;

    PrecisionMode(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** Whether a result of this type may have been calculated so, of some model. */
    public boolean affects(ElementType type) {
        return switch (this) {
            case TF32, TWO_PIECES, THREE_PIECES -> type == ElementType.FLOAT32;
            case FLOAT16_ACCUMULATOR -> type == ElementType.FLOAT16;
            case TRUNCATED_SUMS, WINOGRAD, FFT -> type.isFloat();
        };
    }

    /** Whether a result of a model with these operators may have been calculated so, of some type. */
    public boolean affects(Collection<String> operators) {
        if (this != WINOGRAD && this != FFT) {
            return true;
        }
        for (String operator : operators) {
            if (operator.startsWith("Conv")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the errors of the elements of a tensor stay independent: not where a factor is rounded, since many elements
     * share it, nor where sums are cut off or transformed.
     */
    public boolean independent() {
        return this == THREE_PIECES || this == FLOAT16_ACCUMULATOR;
    }

    /** The mode that an ICS names. */
    public static PrecisionMode named(String word) {
        List<String> known =
                Arrays.stream(values()).map(PrecisionMode::word).sorted().toList();
        return Arrays.stream(values())
                .filter(mode -> mode.word.equals(word))
                .findFirst()
                .orElseThrow(() -> InputException.of("unknown mode '" + word + "'", Nearest.hint(word, known)));
    }
}
