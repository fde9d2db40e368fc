package org.aiis.reference.operators.conversion;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The conversion between element types, by name. */
public final class ConversionFamily {
    private ConversionFamily() {}

    public static List<Known> operators() {
        return List.of(Known.of("Cast", new Cast()), Known.since(15, "CastLike", new CastLike()));
    }
}
