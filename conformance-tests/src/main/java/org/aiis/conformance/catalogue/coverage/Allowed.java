package org.aiis.conformance.catalogue.coverage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.aiis.conformance.catalogue.schema.Schema;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.conformance.catalogue.schema.TypeName;
import org.aiis.spec.tensor.ElementType;

/** Everything that the schemas of an edition's opset versions allow. */
final class Allowed {
    private final Edition edition;
    private final SortedSet<Combination> all = new TreeSet<>();
    private final Map<ElementType, Set<SpecialValue>> specials = new HashMap<>();

    private Allowed(Edition edition) {
        this.edition = edition;
    }

    static SortedSet<Combination> all(Schemas schemas, Edition edition) {
        Allowed allowed = new Allowed(edition);
        for (String domain : schemas.domains()) {
            for (String name : schemas.names(domain)) {
                List<Schema> reachable = edition.reachable(schemas, domain, name);
                reachable.forEach(allowed::version);
                newest(reachable).ifPresent(allowed::newest);
            }
        }
        return allowed.all;
    }

    /** The newest version that ONNX has not withdrawn, or, where it has withdrawn all, the newest. */
    private static Optional<Schema> newest(List<Schema> reachable) {
        Optional<Schema> newest = Optional.empty();
        for (Schema schema : reachable) {
            if (newest.isEmpty() || !schema.deprecated()) {
                newest = Optional.of(schema);
            }
        }
        return newest;
    }

    private void version(Schema schema) {
        add(Dimension.VERSIONS, schema, "since", Integer.toString(schema.since()));
        schema.attributes().keySet().forEach(name -> add(Dimension.ATTRIBUTES, schema, name, "given"));
    }

    private void newest(Schema schema) {
        schema.types()
                .forEach((variable, types) ->
                        types.forEach(type -> add(Dimension.TYPES, schema, variable, type.text())));
        edition.words(schema)
                .forEach((name, words) -> words.forEach(word -> add(Dimension.ATTRIBUTES, schema, name, word)));
        SchemaRule.of(schema).forEach(rule -> add(Dimension.REJECTIONS, schema, rule.title(), "broken"));
        Set<TypeName> inputs = new TreeSet<>();
        schema.inputs().forEach(p -> inputs.addAll(schema.allowed(p.type())));
        for (TypeName type : inputs) {
            type.element()
                    .filter(e -> e.isFloat() && type.equals(TypeName.tensor(e)))
                    .ifPresent(e -> specials.computeIfAbsent(e, SpecialValue::of)
                            .forEach(value -> add(Dimension.SPECIALS, schema, type.text(), value.title())));
        }
    }

    private void add(Dimension dimension, Schema schema, String of, String value) {
        all.add(new Combination(dimension, schema.title(), of, value));
    }
}
