package org.aiis.reference.operators.attention;

import java.util.List;
import org.aiis.reference.operators.Known;

/** Attention in both forms and the rotary embedding, by name. */
public final class AttentionFamily {
    private AttentionFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.since(23, "Attention", new Attention()),
                Known.since(27, "LinearAttention", new LinearAttention()),
                Known.since(23, "RotaryEmbedding", new RotaryEmbedding()));
    }
}
