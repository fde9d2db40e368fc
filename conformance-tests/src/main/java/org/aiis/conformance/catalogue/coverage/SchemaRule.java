package org.aiis.conformance.catalogue.coverage;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.schema.Schema;
import org.aiis.conformance.catalogue.schema.TypeName;
import org.aiis.onnx.AttributeProto;
import org.aiis.spec.tensor.ElementType;

/** The ways to break a schema; what is wrong by an operator's text alone is in the operator table. */
enum SchemaRule {
    /** Fewer inputs than it must have, or one that must be there left out. */
    TOO_FEW_INPUTS("too few inputs", schema -> fewest(schema) > 0) {
        @Override
        boolean breaks(Bindings.Node node) {
            List<String> names = node.proto().getInputList();
            List<Schema.Parameter> parameters = node.schema().inputs();
            for (int i = 0; i < Math.min(names.size(), parameters.size()); i++) {
                if (names.get(i).isEmpty() && parameters.get(i).option() == Schema.Option.SINGLE) {
                    return true;
                }
            }
            return names.size() < fewest(node.schema());
        }
    },
    TOO_MANY_INPUTS("too many inputs", schema -> schema.inputs().stream()
            .noneMatch(p -> p.option() == Schema.Option.VARIADIC)) {
        @Override
        boolean breaks(Bindings.Node node) {
            return node.proto().getInputCount() > node.schema().inputs().size();
        }
    },
    /** An input of a type that its parameter may not have. */
    TYPE("input of another type", schema -> schema.inputs().stream()
            .anyMatch(p -> schema.elements(p.type()).size() < ElementType.values().length)) {
        @Override
        boolean breaks(Bindings.Node node) {
            for (int i = 0; i < node.inputs().size(); i++) {
                var parameter = Schema.at(node.schema().inputs(), i);
                var value = node.inputs().get(i);
                if (parameter.isPresent()
                        && value.isPresent()
                        && !node.schema()
                                .allowed(parameter.get().type())
                                .contains(value.get().type())) {
                    return true;
                }
            }
            return false;
        }
    },
    /** Two inputs of one type variable with unequal types. */
    UNEQUAL_TYPES("inputs of unequal types", SchemaRule::shares) {
        @Override
        boolean breaks(Bindings.Node node) {
            Map<String, TypeName> seen = new HashMap<>();
            for (int i = 0; i < node.inputs().size(); i++) {
                var parameter = Schema.at(node.schema().inputs(), i).filter(Schema.Parameter::homogeneous);
                var value = node.inputs().get(i);
                if (parameter.isPresent() && value.isPresent()) {
                    TypeName before =
                            seen.putIfAbsent(parameter.get().type(), value.get().type());
                    if (before != null && !before.equals(value.get().type())) {
                        return true;
                    }
                }
            }
            return false;
        }
    },
    ATTRIBUTE_MISSING("required attribute left out", schema -> schema.attributes().values().stream()
            .anyMatch(Schema.Declared::required)) {
        @Override
        boolean breaks(Bindings.Node node) {
            Set<String> given = new java.util.HashSet<>();
            node.proto().getAttributeList().forEach(a -> given.add(a.getName()));
            return node.schema().attributes().entrySet().stream()
                    .anyMatch(a -> a.getValue().required() && !given.contains(a.getKey()));
        }
    },
    ATTRIBUTE_KIND("attribute of another kind", schema -> !schema.attributes().isEmpty()) {
        @Override
        boolean breaks(Bindings.Node node) {
            for (AttributeProto attribute : node.proto().getAttributeList()) {
                Schema.Declared declared = node.schema().attributes().get(attribute.getName());
                if (declared != null && attribute.getType() != declared.kind()) {
                    return true;
                }
            }
            return false;
        }
    };

    private final String title;
    private final Predicate<Schema> stated;

    SchemaRule(String title, Predicate<Schema> stated) {
        this.title = title;
        this.stated = stated;
    }

    String title() {
        return title;
    }

    /** The rules that a schema states. */
    static Set<SchemaRule> of(Schema schema) {
        Set<SchemaRule> rules = EnumSet.allOf(SchemaRule.class);
        rules.removeIf(rule -> !rule.stated.test(schema));
        return rules;
    }

    /** The rules that a node breaks. */
    static Stream<SchemaRule> broken(Bindings.Node node) {
        return of(node.schema()).stream().filter(rule -> rule.breaks(node));
    }

    abstract boolean breaks(Bindings.Node node);

    private static int fewest(Schema schema) {
        int fewest = 0;
        for (int i = 0; i < schema.inputs().size(); i++) {
            Schema.Parameter p = schema.inputs().get(i);
            if (p.option() == Schema.Option.SINGLE) {
                fewest = i + 1;
            } else if (p.option() == Schema.Option.VARIADIC && p.least() > 0) {
                fewest = i + p.least();
            }
        }
        return fewest;
    }

    private static boolean shares(Schema schema) {
        Set<String> seen = new java.util.HashSet<>();
        for (Schema.Parameter p : schema.inputs()) {
            boolean several = schema.allowed(p.type()).size() > 1;
            boolean repeats = p.option() == Schema.Option.VARIADIC && p.homogeneous();
            if (several && (repeats || !seen.add(p.type()))) {
                return true;
            }
        }
        return false;
    }
}
