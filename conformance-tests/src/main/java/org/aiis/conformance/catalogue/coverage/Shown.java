package org.aiis.conformance.catalogue.coverage;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.aiis.conformance.catalogue.schema.Schema;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.conformance.catalogue.schema.TypeName;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** What test cases show, read off the models that they hold. Cases can be added by several threads. */
final class Shown {
    private final Schemas schemas;
    /** By identity, since comparing schemas member by member is slow. */
    private final Set<Schema> reachable = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<Combination> combinations = ConcurrentHashMap.newKeySet();
    private final Set<String> undetermined = ConcurrentHashMap.newKeySet();

    Shown(Schemas schemas, Edition edition) {
        this.schemas = schemas;
        for (String domain : schemas.domains()) {
            schemas.names(domain).forEach(name -> reachable.addAll(edition.reachable(schemas, domain, name)));
        }
    }

    Set<Combination> combinations() {
        return new TreeSet<>(combinations);
    }

    /** Operator and type variable of nodes where the type of a value could not be told. */
    Set<String> undetermined() {
        return new TreeSet<>(undetermined);
    }

    /** Adds a case; one that only asks for survival shows nothing. */
    void add(TestCase testCase) {
        if (testCase.expectation() instanceof Expectation.Survival) {
            return;
        }
        Stimulus stimulus = testCase.stimulus().get();
        if (stimulus instanceof Stimulus.ModelRun run) {
            valid(run.model(), run.inputs());
        } else if (stimulus instanceof Stimulus.MustReject twins) {
            valid(twins.valid().model(), twins.valid().inputs());
            broken(twins.broken().model());
        } else if (stimulus instanceof Stimulus.Script script) {
            for (Step step : script.steps()) {
                if (step instanceof Step.Load load) {
                    valid(load.bytes(), Map.of());
                } else if (step instanceof Step.LoadExported load) {
                    valid(load.template(), Map.of());
                }
            }
        }
    }

    private static Optional<ModelProto> parsed(Bytes model) {
        try {
            return Optional.of(Models.parse(model));
        } catch (Oracle.Refusal notOne) {
            return Optional.empty(); // A case may hold bytes that are no model: they show no node.
        }
    }

    private void valid(Bytes bytes, Map<String, Tensor> inputs) {
        parsed(bytes).ifPresent(model -> {
            Map<String, TensorProto> initializers = new HashMap<>();
            model.getGraph().getInitializerList().forEach(t -> initializers.put(t.getName(), t));
            Map<String, Set<SpecialValue>> classes = new HashMap<>();
            for (Bindings.Node node : Bindings.of(model, schemas)) {
                if (reachable.contains(node.schema())) {
                    show(node);
                    for (Optional<Bindings.Value> input : node.inputs()) {
                        input.filter(v -> isFloat(v.type()) && !v.source().isEmpty())
                                .ifPresent(v -> classes.computeIfAbsent(
                                                v.source(), name -> specials(name, inputs, initializers))
                                        .forEach(value -> add(
                                                Dimension.SPECIALS,
                                                node.schema(),
                                                v.type().text(),
                                                value.title())));
                    }
                }
            }
        });
    }

    private void show(Bindings.Node node) {
        Schema schema = node.schema();
        add(Dimension.VERSIONS, schema, "since", Integer.toString(schema.since()));
        node.bound()
                .forEach((variable, types) ->
                        types.forEach(type -> add(Dimension.TYPES, schema, variable, type.text())));
        node.undetermined().forEach(variable -> undetermined.add(schema.title() + " " + variable));
        for (AttributeProto attribute : node.proto().getAttributeList()) {
            add(Dimension.ATTRIBUTES, schema, attribute.getName(), "given");
            if (attribute.getType() == AttributeProto.AttributeType.STRING) {
                add(
                        Dimension.ATTRIBUTES,
                        schema,
                        attribute.getName(),
                        attribute.getS().toStringUtf8());
            }
        }
    }

    private static boolean isFloat(TypeName type) {
        return type.element()
                .filter(e -> e.isFloat() && type.equals(TypeName.tensor(e)))
                .isPresent();
    }

    private static Set<SpecialValue> specials(
            String name, Map<String, Tensor> inputs, Map<String, TensorProto> initializers) {
        Tensor fed = inputs.get(name);
        if (fed != null) {
            return SpecialValue.in(fed);
        }
        TensorProto held = initializers.get(name);
        try {
            return held == null ? Set.of() : SpecialValue.in(TensorProtos.read(held));
        } catch (Oracle.Refusal unreadable) {
            return Set.of(); // Its data lie outside the model, or the suite does not know the type.
        }
    }

    private void broken(Bytes bytes) {
        parsed(bytes).ifPresent(model -> Bindings.of(model, schemas).forEach(node -> SchemaRule.broken(node)
                .forEach(rule -> add(Dimension.REJECTIONS, node.schema(), rule.title(), "broken"))));
    }

    private void add(Dimension dimension, Schema schema, String of, String value) {
        combinations.add(new Combination(dimension, schema.title(), of, value));
    }
}
