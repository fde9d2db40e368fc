package org.aiis.conformance.catalogue.schema;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.reference.pipeline.data.FixtureManifest;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.tensor.ElementType;

/** The operator schemas of one ONNX release, by domain, name and opset version. */
public final class Schemas {
    /** Where they lie below the folder of the fixtures. */
    public static final String PLACE = "onnx/schemas.json";

    private final String release;
    private final SortedMap<String, SortedMap<String, NavigableMap<Integer, Schema>>> byDomain = new TreeMap<>();
    private final Map<Integer, String> elements = new TreeMap<>();

    Schemas(String release, Map<String, Integer> elements, List<Schema> schemas) {
        this.release = release;
        elements.forEach((name, number) -> this.elements.put(number, name));
        for (Schema schema : schemas) {
            Schema before = byDomain.computeIfAbsent(schema.domain(), d -> new TreeMap<>())
                    .computeIfAbsent(schema.name(), n -> new TreeMap<>())
                    .put(schema.since(), schema);
            if (before != null) {
                throw InputException.of(schema.title() + " since " + schema.since() + " stands there twice", "");
            }
        }
    }

    /** The fixture below the home of the suite, checked against its manifest. */
    public static Schemas read(Path home) {
        return parse(new String(FixtureManifest.read(home).file(home, PLACE).toArray(), StandardCharsets.UTF_8), PLACE);
    }

    /** Reads the text of such a file; {@code origin} is the name that errors give. */
    public static Schemas parse(String text, String origin) {
        return SchemaFile.parse(text, origin);
    }

    /** The ONNX release, such as 1.23.2. */
    public String release() {
        return release;
    }

    /** The schema that holds at an opset version of its domain; the default domain has the names "" and "ai.onnx". */
    public Optional<Schema> find(String domain, String name, int opset) {
        return Optional.ofNullable(versions(domain, name).floorEntry(opset)).map(Map.Entry::getValue);
    }

    /** The schema of an operator of the default domain, or an error that names what there is. */
    public Schema get(String name, int opset) {
        return find("", name, opset).orElseThrow(() -> {
            NavigableMap<Integer, Schema> versions = versions("", name);
            return InputException.of(
                    "ONNX " + release + " has no operator " + name + " at opset version " + opset,
                    versions.isEmpty()
                            ? Nearest.hint(name, names(""))
                            : "it came with opset version " + versions.firstKey());
        });
    }

    /** The element types that a type variable of an operator may stand for, or those of the type that is named. */
    public Set<ElementType> allowed(String operator, int opset, String variable) {
        Schema schema = get(operator, opset);
        if (!schema.types().containsKey(variable) && !TypeName.isOne(variable)) {
            throw InputException.of(
                    schema.title() + " has no type variable '" + variable + "'",
                    Nearest.hint(variable, schema.types().keySet()));
        }
        return schema.elements(variable);
    }

    /** Domains that have an operator, sorted; the default one is "". */
    public Set<String> domains() {
        return new TreeSet<>(byDomain.keySet());
    }

    /** Names of the operators of a domain, sorted. */
    public Set<String> names(String domain) {
        SortedMap<String, NavigableMap<Integer, Schema>> names = byDomain.get(normal(domain));
        return names == null ? Set.of() : new TreeSet<>(names.keySet());
    }

    /** The versions of an operator that a model importing one of these opset versions can mean, oldest first. */
    public List<Schema> reachable(String domain, String name, int oldest, int newest) {
        NavigableMap<Integer, Schema> versions = versions(domain, name);
        Integer first = versions.floorKey(oldest);
        return new ArrayList<>(versions.subMap(first == null ? oldest : first, true, newest, true)
                .values());
    }

    /** ONNX's name of an element type by its number. */
    public Optional<String> element(int number) {
        return Optional.ofNullable(elements.get(number));
    }

    private NavigableMap<Integer, Schema> versions(String domain, String name) {
        SortedMap<String, NavigableMap<Integer, Schema>> names = byDomain.get(normal(domain));
        NavigableMap<Integer, Schema> versions = names == null ? null : names.get(name);
        return versions == null ? new TreeMap<>() : versions;
    }

    private static String normal(String domain) {
        return domain.equals("ai.onnx") ? "" : domain;
    }
}
