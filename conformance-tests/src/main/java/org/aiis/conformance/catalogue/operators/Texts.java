package org.aiis.conformance.catalogue.operators;

import java.util.List;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Operators on strings and n-grams. */
final class Texts {
    private static final Tensor NUMBER = Tensor.ofLongs(ElementType.INT64, Shape.of(2), 1, 2);

    private Texts() {}

    static List<Declaration> declarations() {
        return List.of(concat(), normalizer(), split(), regex(), grams());
    }

    private static Tensor words(String... words) {
        return Tensor.ofStrings(Shape.of(words.length), List.of(words));
    }

    private static Declaration concat() {
        return Declaration.of("StringConcat", s -> s.node().feed(s.tensor(3, 5), s.tensor(3, 5)))
                .value("unicode", s -> s.node().feed(words("ä", "", "日本", "\u20ac"), words("", "ß", "語", "e\u0301")))
                .value("odd", s -> s.node().feed(words("", " a", "Na", "\n"), words("", "B ", "N", "")))
                .shape("left-broadcast", s -> s.node().feed(s.tensor(5), s.tensor(3, 5)))
                .shape("right-broadcast", s -> s.node().feed(s.tensor(3, 1), s.tensor(1, 5)))
                .shape("rank-0", s -> s.node().feed(s.tensor(), s.tensor()))
                .shape("zero-size", s -> s.node().feed(s.tensor(0, 3), s.tensor(3)))
                .shape(
                        "dynamic",
                        s -> s.node().feed(s.tensor(2, 3), s.tensor(2, 3)).dynamic())
                .reject("shapes", n -> n.replacing(1, Tensor.ofStrings(Shape.of(2), List.of("a", "b"))))
                .reject("type", s -> s.node().feed(s.tensor(2), s.tensor(2)), n -> n.replacing(1, NUMBER))
                .reject("one-input", OneNode::shortened);
    }

    private static Declaration normalizer() {
        Form some = s -> s.node().feed(words("Monday", "tuesday", "WEDNESDAY", "Monday", "friday"));
        return Declaration.of("StringNormalizer", s -> s.node().feed(s.tensor(7)))
                .value("odd", s -> s.node().feed(words("", "a b", "ä€", "\n")))
                .shape("lower", s -> some.in(s).with(Attribute.of("case_change_action", "LOWER")))
                .shape("upper", s -> some.in(s).with(Attribute.of("case_change_action", "UPPER")))
                .shape("none", s -> some.in(s).with(Attribute.of("case_change_action", "NONE")))
                .shape("stop-words", s -> some.in(s).with(stop("MONDAY", "friday")))
                .shape("stop-words-case", s -> some.in(s)
                        .with(stop("MONDAY", "friday"), Attribute.of("is_case_sensitive", 1L)))
                .shape("stop-words-case-0", s -> some.in(s)
                        .with(stop("MONDAY", "friday"), Attribute.of("is_case_sensitive", 0L)))
                .shape("stop-words-upper", s -> some.in(s)
                        .with(stop("monday"), Attribute.of("is_case_sensitive", 0L))
                        .with(Attribute.of("case_change_action", "UPPER")))
                .shape("stop-words-case-upper", s -> some.in(s)
                        .with(stop("Monday"), Attribute.of("is_case_sensitive", 1L))
                        .with(Attribute.of("case_change_action", "UPPER")))
                .shape("locale", s -> some.in(s)
                        .with(Attribute.of("locale", "en_US"), Attribute.of("case_change_action", "LOWER")))
                .shape("nothing-left", s -> s.node().feed(words("a", "b")).with(stop("a", "b")))
                .shape("row", s -> s.node().feed(s.tensor(1, 5)).with(stop("s1")))
                .shape("row-nothing-left", s -> s.node()
                        .feed(Tensor.ofStrings(Shape.of(1, 2), List.of("a", "b")))
                        .with(stop("a", "b")))
                .shape("dynamic", s -> some.in(s).with(stop("friday")).dynamic())
                .reject("two-rows", n -> n.replacing(0, Tensor.ofStrings(Shape.of(2, 2), List.of("a", "b", "c", "d"))))
                .reject("case-change-unknown", some, n -> n.with(Attribute.of("case_change_action", "TITLE")))
                .reject("type", n -> n.replacing(0, NUMBER));
    }

    private static AttributeProto stop(String... words) {
        return Attribute.strings("stopwords", List.of(words));
    }

    private static Declaration split() {
        return Declaration.of("StringSplit", s -> split(s, words("a.b", "c", "d.e.f", "..g"))
                        .with(at(".")))
                .value("unicode", s -> split(s, words("äöü", "日本語", "ö")).with(at("ö")))
                .value("long-delimiter", s -> split(s, words("a--b", "a-b", "--", "---a"))
                        .with(at("--")))
                .shape("consecutive", s -> split(s, words("o-n-n--x-", "-x", "-"))
                        .with(at("-")))
                .shape("white-space", s -> split(s, words("hello world", "  a   b  ", "c")))
                .shape("white-space-tab", s -> split(s, words("hello\tworld", "a \t\n b", "c")))
                .shape("white-space-empty-delimiter", s -> split(s, words("hello world", "  a  b  ", "c"))
                        .with(at("")))
                .shape("maxsplit", s -> split(s, words("a.b.c.d", "e", "f.g")).with(at("."), most(2)))
                .shape("maxsplit-large", s -> split(s, words("a.b.c.d", "e")).with(at("."), most(100)))
                .shape("maxsplit-white-space", s -> split(s, words("a  b   c d", "e f"))
                        .with(most(1)))
                .shape("rank-0", s -> split(s, Tensor.ofStrings(Shape.SCALAR, List.of("a,b")))
                        .with(at(",")))
                .shape("rank-3", s -> split(s, Tensor.ofStrings(Shape.of(1, 2, 2), List.of("a,b", "c", ",", "d,e,f")))
                        .with(at(",")))
                .shape("dynamic", s -> split(s, words("a.b", "c")).with(at(".")).dynamic())
                .reject("two-inputs", n -> n.feed(words("a")))
                .reject("type", n -> n.replacing(0, NUMBER));
    }

    private static OneNode split(Setting s, Tensor text) {
        return s.node().feed(text).giving(ElementType.STRING, ElementType.INT64);
    }

    private static AttributeProto at(String delimiter) {
        return Attribute.of("delimiter", delimiter);
    }

    private static AttributeProto most(long splits) {
        return Attribute.of("maxsplit", splits);
    }

    private static Declaration regex() {
        return Declaration.of("RegexFullMatch", s -> matched(s, "s[0-4]\\d?", s.tensor(17)))
                .value("whole", s -> matched(s, "a+", words("a", "aa", "ab", "ba", "", "aab")))
                .value("alternatives", s -> matched(s, "(a|bc)*d?", words("", "d", "abcd", "abca", "acd", "bcbc")))
                .value("anchors", s -> matched(s, "^ab$", words("ab", "ab\n", "aab", "a")))
                .value("dot", s -> matched(s, "a.b", words("axb", "a\nb", "a\rb", "aäb", "ab")))
                .value("repeated", s -> matched(s, "(ab){2,3}", words("ab", "abab", "ababab", "abababab")))
                .value("lazy", s -> matched(s, "a+?b*?", words("aabb", "a", "b", "aab")))
                .value("classes", s -> matched(s, "[^\\d\\s][\\w.-]+", words("ab", "1b", "a.-_", " b", "a b")))
                .value("named", s -> matched(s, "(?P<year>\\d{4})-(?:\\d\\d)", words("2026-11", "26-11", "2026-1")))
                .value("boundary", s -> matched(s, "a\\b.*", words("a b", "ab", "a", "a-")))
                .value("signs-in-class", s -> matched(s, "[]&^a[]+", words("]", "&&", "^", "[", "a", "b", "a]", "")))
                .value("class-opened-in-class", s -> matched(s, "[:[]+", words(":", "[", ":[", "a", "")))
                .value("escaped", s -> matched(s, "\\(a\\.b\\)\\*", words("(a.b)*", "(axb)*", "a.b", "(a.b)")))
                .value("repeated-most", s -> matched(s, "a{1000}", words("a".repeat(1000), "a".repeat(999))))
                .value("unicode", s -> matched(s, "日.語", words("日本語", "日語", "日本本語")))
                .shape("rank-0", s -> matched(s, "a", Tensor.ofStrings(Shape.SCALAR, List.of("a"))))
                .shape("rank-3", s -> matched(s, "s\\d", s.tensor(2, 3, 4)))
                .shape("zero-size", s -> matched(s, "a", s.tensor(0, 3)))
                .shape("dynamic", s -> matched(s, "s\\d", s.tensor(5)).dynamic())
                .reject("pattern", n -> n.with(Attribute.of("pattern", "(a")))
                .reject("class-open", n -> n.with(Attribute.of("pattern", "[a")))
                .reject("class-open-twice", n -> n.with(Attribute.of("pattern", "[[")))
                .reject("repeated-too-often", n -> n.with(Attribute.of("pattern", "a{1001}")))
                .reject("escape-unknown", n -> n.with(Attribute.of("pattern", "\\y")))
                .reject("reference-back", n -> n.with(Attribute.of("pattern", "(a)\\1")))
                .reject("pattern-missing", n -> n.without("pattern"))
                .reject("type", n -> n.replacing(0, NUMBER));
    }

    private static OneNode matched(Setting s, String pattern, Tensor text) {
        return s.node().feed(text).with(Attribute.of("pattern", pattern)).giving(ElementType.BOOL);
    }

    private static Declaration grams() {
        return Declaration.of("TfIdfVectorizer", s -> counted(s, "TF", 0, 1, 2, 3, 11))
                // One row, of items that are in no pool and of such as are.
                .value("far-items", s -> counted(s, "TF", 0, 1, 2, 1, 7).replacing(0, farItems(s)))
                .value("far-items-weighted", s -> weighted(s, "TFIDF").replacing(0, farItems(s)))
                .shape("rank-1", s -> counted(s, "TF", 0, 1, 2, 23))
                .shape("idf", s -> weighted(s, "IDF"))
                .shape("tfidf", s -> weighted(s, "TFIDF"))
                .shape("tf-weights", s -> weighted(s, "TF"))
                .shape("idf-no-weights", s -> counted(s, "IDF", 0, 1, 2, 3, 11))
                .shape("tfidf-no-weights", s -> counted(s, "TFIDF", 0, 1, 2, 3, 11))
                .shape("skips", s -> counted(s, "TF", 3, 1, 2, 3, 11))
                .shape("skips-large", s -> counted(s, "TF", 50, 2, 2, 2, 9))
                .shape("only-1", s -> counted(s, "TF", 2, 1, 1, 3, 11))
                .shape("only-2", s -> counted(s, "TF", 1, 2, 2, 3, 11))
                .shape("one-item", s -> counted(s, "TF", 1, 1, 2, 3, 1))
                .shape("dynamic", s -> counted(s, "TF", 0, 1, 2, 3, 11).dynamic())
                .shape("grams-of-3", s -> counted(s, "TF", 1, 1, 3, 3, 11)
                        .with(
                                s.type() == ElementType.STRING
                                        ? Attribute.strings(
                                                "pool_strings",
                                                List.of("s2", "s3", "s1", "s2", "s1", "s2", "s3", "s3", "s1", "s3"))
                                        : Attribute.ints("pool_int64s", 2, 3, 1, 2, 1, 2, 3, 3, 1, 3),
                                Attribute.ints("ngram_counts", 0, 2, 4),
                                Attribute.ints("ngram_indexes", 3, 1, 4, 0, 2)))
                .value("grams-of-2-alone", s -> counted(s, "TF", 0, 2, 2, 3, 11)
                        .with(
                                s.type() == ElementType.STRING
                                        ? Attribute.strings("pool_strings", List.of("s1", "s2", "s2", "s3", "s3", "s1"))
                                        : Attribute.ints("pool_int64s", 1, 2, 2, 3, 3, 1),
                                Attribute.ints("ngram_counts", 0, 0),
                                Attribute.ints("ngram_indexes", 2, 0, 1)))
                .reject("mode-unknown", n -> n.with(Attribute.of("mode", "BM25")))
                .reject("mode-missing", n -> n.without("mode"))
                .reject("rank-3", n -> n.replacing(0, cube(n)));
    }

    private static Tensor farItems(Setting s) {
        return s.type() == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(1, 7), List.of("s1", "s4", "S1", "", "s2 ", "s1", "s4"))
                : Tensor.ofLongs(
                        s.type(),
                        Shape.of(1, 7),
                        1,
                        4,
                        -1,
                        0,
                        s.type() == ElementType.INT64 ? (1L << 32) + 1 : -3,
                        1,
                        4);
    }

    private static Tensor cube(OneNode node) {
        ElementType type =
                ((OneNode.Operand.Fed) node.operands().get(0)).tensor().type();
        return type == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(1, 1, 2), List.of("s1", "s2"))
                : Tensor.ofLongs(type, Shape.of(1, 1, 2), 1, 2);
    }

    private static OneNode weighted(Setting s, String mode) {
        return counted(s, mode, 1, 1, 2, 3, 11).with(Attribute.floats("weights", 0.5f, 2, 3.25f, 0.1f, 1.5f, 7, 0.3f));
    }

    /** Items 1 to 3; the pool has three 1-grams and four 2-grams, whose places are shuffled. */
    private static OneNode counted(Setting s, String mode, long skips, long least, long most, int... dims) {
        Tensor items = s.integers(ElementType.INT64, 1, 3, dims);
        Tensor.Builder numbers =
                new Tensor.Builder(s.type() == ElementType.STRING ? ElementType.INT64 : s.type(), items.shape());
        List<String> texts = new java.util.ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            numbers.setBits(i, items.integer(i));
            texts.add("s" + items.integer(i));
        }
        boolean strings = s.type() == ElementType.STRING;
        return s.node()
                .feed(strings ? Tensor.ofStrings(items.shape(), texts) : numbers.build())
                .with(
                        strings
                                ? Attribute.strings(
                                        "pool_strings",
                                        List.of("s1", "s2", "s5", "s1", "s2", "s2", "s1", "s3", "s3", "s1", "s4"))
                                : Attribute.ints("pool_int64s", 1, 2, 5, 1, 2, 2, 1, 3, 3, 1, 4),
                        Attribute.ints("ngram_counts", 0, 3),
                        Attribute.ints("ngram_indexes", 4, 0, 2, 6, 1, 5, 3),
                        Attribute.of("mode", mode))
                .with(
                        Attribute.of("max_skip_count", skips),
                        Attribute.of("min_gram_length", least),
                        Attribute.of("max_gram_length", most))
                .giving(ElementType.FLOAT32);
    }
}
