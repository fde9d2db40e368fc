package org.aiis.conformance.catalogue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;

/** The file as it is written: what is usual is left out. */
record SchemaFile(String onnx, Map<String, Integer> elements, List<Line> schemas) {
    /** More than ten times what ONNX has. */
    private static final int MOST = 10_000;

    private record Line(
            String domain,
            String name,
            int since,
            Optional<Boolean> deprecated,
            List<Parameter> inputs,
            List<Parameter> outputs,
            SortedMap<String, List<String>> types,
            SortedMap<String, Attribute> attributes) {
        Schema schema(String origin) {
            String place = origin + ": " + name + " since " + since;
            SortedMap<String, SortedSet<TypeName>> named = new TreeMap<>();
            types.forEach((variable, allowed) -> named.put(variable, names(allowed, place)));
            Stream.concat(inputs.stream(), outputs.stream())
                    .map(Parameter::type)
                    .filter(type -> !types.containsKey(type))
                    .forEach(type -> names(List.of(type), place));
            SortedMap<String, Schema.Declared> declared = new TreeMap<>();
            attributes.forEach((attribute, a) -> declared.put(attribute, a.declared()));
            return new Schema(
                    domain,
                    name,
                    since,
                    deprecated.orElse(false),
                    inputs.stream().map(Parameter::parameter).toList(),
                    outputs.stream().map(Parameter::parameter).toList(),
                    named,
                    declared);
        }

        private static SortedSet<TypeName> names(List<String> allowed, String place) {
            SortedSet<TypeName> names = new TreeSet<>();
            for (String text : allowed) {
                if (!TypeName.isOne(text)) {
                    throw InputException.at(place, 0, "a type such as seq(tensor(float))", "'" + text + "'");
                }
                names.add(new TypeName(text));
            }
            return Collections.unmodifiableSortedSet(names);
        }
    }

    private enum Option {
        single,
        optional,
        variadic
    }

    private record Parameter(
            String name, String type, Optional<Option> option, Optional<Integer> least, Optional<Boolean> homogeneous) {
        Schema.Parameter parameter() {
            Schema.Option how =
                    switch (option.orElse(Option.single)) {
                        case single -> Schema.Option.SINGLE;
                        case optional -> Schema.Option.OPTIONAL;
                        case variadic -> Schema.Option.VARIADIC;
                    };
            return new Schema.Parameter(name, type, how, least.orElse(1), homogeneous.orElse(true));
        }
    }

    private record Attribute(
            AttributeType kind,
            Optional<Boolean> required,

            @com.fasterxml.jackson.annotation.JsonProperty("default")
            Optional<JsonNode> otherwise) {
        Schema.Declared declared() {
            return new Schema.Declared(kind, required.orElse(false), otherwise.filter(given -> !given.isNull()));
        }
    }

    /** Reads the text of the file; {@code origin} is the name that errors give. */
    static Schemas parse(String text, String origin) {
        SchemaFile file = Codec.json(text, SchemaFile.class, origin, 1);
        if (file.schemas().size() > MOST) {
            throw InputException.at(
                    origin, 0, "at most " + MOST + " schemas", file.schemas().size() + "");
        }
        return new Schemas(
                file.onnx(),
                file.elements(),
                file.schemas().stream().map(line -> line.schema(origin)).toList());
    }
}
