package org.aiis.conformance.catalogue.coverage;

import java.util.Locale;

/** What is counted. */
public enum Dimension {
    /** Each type that a type variable may stand for. */
    TYPES("operator × type variable × type combinations"),
    /** Each version of an operator that a model of the edition's opset versions can mean. */
    VERSIONS("operator versions"),
    /** Each attribute given, and each word of an enumerated one. */
    ATTRIBUTES("operator attributes and words of enumerated attributes"),
    /** Each class of special values of each floating-point type that an input may have. */
    SPECIALS("operator × floating-point type × special value combinations"),
    /** Each way to break the schema, in a model that must be rejected. */
    REJECTIONS("operator × rule of the schema combinations");

    private final String counted;

    Dimension(String counted) {
        this.counted = counted;
    }

    /** The word used in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What one of it is, in the plural. */
    public String counted() {
        return counted;
    }
}
