package org.aiis.reference.operators.text;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The operators on strings and n-grams, by name. */
public final class TextFamily {
    private TextFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.since(20, "RegexFullMatch", new RegexFullMatch()),
                Known.since(20, "StringConcat", new StringConcat()),
                Known.of("StringNormalizer", new StringNormalizer()),
                Known.since(20, "StringSplit", new StringSplit()),
                Known.of("TfIdfVectorizer", new TfIdfVectorizer()));
    }
}
