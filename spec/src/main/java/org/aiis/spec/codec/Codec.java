package org.aiis.spec.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON and YAML. Reading is strict: unknown members, missing members (other than lists, maps and {@code Optional}s),
 * duplicate members and trailing text are refused, nesting and sizes are bounded, and no member names a Java type.
 */
public final class Codec {
    /** Largest text file read whole: 64 MiB. */
    public static final long LARGEST_FILE = 64L << 20;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(100)
            .maxStringLength(256 << 20)
            .maxNumberLength(400)
            .build();

    private static final JsonMapper JSON =
            configured(JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                            .streamReadConstraints(LIMITS)
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                            .build())
                    // Only in JSON: YAML writes a version such as 1.0 without quotes.
                    .withCoercionConfig(LogicalType.Textual, text -> text.setCoercion(
                                    CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)));
    private static final YAMLMapper YAML = configured(YAMLMapper.builder(YAMLFactory.builder()
            .streamReadConstraints(LIMITS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build()));

    private static final Pattern TOKEN = Pattern.compile("token `JsonToken\\.([A-Z_]+)`");
    private static final Pattern VALUE =
            Pattern.compile("(?:from String |Cannot coerce \\w+ value \\()(\"(?:[^\"]{0,80})\")");

    private Codec() {}

    private static <M extends ObjectMapper, B extends com.fasterxml.jackson.databind.cfg.MapperBuilder<M, B>>
            M configured(B builder) {
        return builder.addModule(new Jdk8Module())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .withConfigOverride(List.class, o -> o.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .withConfigOverride(
                        SortedMap.class, o -> o.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .withConfigOverride(Map.class, o -> o.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .build();
    }

    /**
     * Canonical JSON: one line, members sorted by name, no spaces. The digests of this standard are taken over it. Numbers
     * are written as Java writes them; a reader takes the digest over the bytes it finds.
     */
    public static String canonical(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    /** Indented JSON for files that people open. */
    public static String pretty(Object value) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    public static String yaml(Object value) {
        try {
            return YAML.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    /** Reads JSON text; {@code origin} is the name that errors give, {@code line} the line the text starts on. */
    public static <T> T json(String text, Class<T> type, String origin, long line) {
        return read(JSON, text, type, origin, line - 1);
    }

    public static <T> T yaml(String text, Class<T> type, String origin) {
        return read(YAML, text, type, origin, 0);
    }

    /** The tokens of JSON text, within the same bounds, for what is read by the thousand and for the most part passed over. */
    public static JsonParser tokens(String text) throws IOException {
        return JSON.createParser(text);
    }

    /** The tokens of JSON that is too long to be held as one text. */
    public static JsonParser tokens(InputStream text) throws IOException {
        return JSON.createParser(text);
    }

    public static JsonNode tree(String text, String origin) {
        return read(JSON, text, JsonNode.class, origin, 0);
    }

    /** Reads a file as YAML when it is named so, else as JSON. */
    public static <T> T file(Path file, Class<T> type) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        ObjectMapper mapper = name.endsWith(".yaml") || name.endsWith(".yml") ? YAML : JSON;
        return read(mapper, text(file), type, file.toString(), 0);
    }

    /** The text of a file, refused when missing, too large, or not UTF-8. */
    public static String text(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw InputException.of(file + ": no such file", "");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw InputException.of(file + ": larger than " + (LARGEST_FILE >> 20) + " MiB", "");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be read as UTF-8 text", e);
        }
    }

    private static <T> T read(ObjectMapper mapper, String text, Class<T> type, String origin, long before) {
        try {
            T value = mapper.readValue(text, type);
            if (value == null) {
                throw InputException.at(origin, before + 1, expected(type), "nothing");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw explain(e, text, type, origin, before);
        }
    }

    private static InputException explain(
            JsonProcessingException e, String text, Class<?> type, String origin, long before) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof InputException inner) {
                return InputException.of(place(e, origin, before) + ": " + path(e) + inner.getMessage(), "");
            }
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            var known = unknown.getKnownPropertyIds() == null
                    ? List.<String>of()
                    : unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .toList();
            return InputException.of(
                    origin + ":" + (before + lineOf(text, unknown.getPropertyName())) + ": unknown member '"
                            + unknown.getPropertyName() + "'",
                    Nearest.hint(unknown.getPropertyName(), known));
        }
        if (String.valueOf(e.getOriginalMessage()).startsWith("Null value for creator property")) {
            return InputException.of(place(e, origin, before) + ": " + path(e) + "this member is missing", "");
        }
        String expected = e instanceof MismatchedInputException m && m.getTargetType() != null
                ? expected(m.getTargetType())
                : expected(type);
        return InputException.of(
                place(e, origin, before) + ": " + path(e) + "expected " + expected + ", found "
                        + found(firstLine(e.getOriginalMessage())),
                "");
    }

    /** Records are built when their object ends, so that the parser is past an unknown member when it is told. */
    private static long lineOf(String text, String member) {
        String quoted = Pattern.quote(member);
        Matcher found =
                Pattern.compile("(?m)(^|[\\s{,\"-])" + quoted + "\"?\\s*:").matcher(text);
        return found.find()
                ? 1
                        + text.substring(0, found.end())
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                : 1;
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + JSON.convertValue(type.getEnumConstants(), JsonNode.class)
                            .toString()
                            .replace("\"", "")
                            .replace(",", ", ");
        }
        if (Iterable.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        if (type.isRecord() || Map.class.isAssignableFrom(type)) {
            return "an object with members";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        return type == JsonNode.class ? "JSON" : "a " + type.getSimpleName();
    }

    /** Jackson names Java types and its own settings; a reader wants to know what stands there. */
    private static String found(String message) {
        Matcher token = TOKEN.matcher(message);
        if (token.find()) {
            return switch (token.group(1)) {
                case "START_ARRAY" -> "a list";
                case "START_OBJECT" -> "an object with members";
                case "VALUE_STRING" -> "text";
                case "VALUE_NULL" -> "nothing";
                case "VALUE_TRUE", "VALUE_FALSE" -> "true or false";
                default -> "a number";
            };
        }
        Matcher value = VALUE.matcher(message);
        if (value.find()) {
            return value.group(1);
        }
        if (message.contains("NullPointerException")) {
            return "nothing in a place that has to be filled";
        }
        return message.replaceFirst(" \\(start marker at .*", "");
    }

    private static String place(JsonProcessingException e, String origin, long before) {
        JsonLocation at = e.getLocation();
        return origin + (at == null ? "" : ":" + (at.getLineNr() + before));
    }

    private static String path(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return "";
        }
        StringBuilder path = new StringBuilder("at ");
        for (JsonMappingException.Reference step : mapping.getPath()) {
            path.append(step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
        }
        return path.append(": ").toString();
    }

    private static String firstLine(String message) {
        return message == null ? "something else" : message.lines().findFirst().orElse("something else");
    }
}
