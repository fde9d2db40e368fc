package org.aiis.conformance.catalogue.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Stimulus;

/** The declared forms of an operator to be filled in with other numbers than the catalogue's: for a search beside it. */
public final class Templates {
    /** A form at a type, an opset version and a family of inputs. */
    public record Template(String name, ElementType type, int opset, Make make) {
        /** A run whose numbers follow from a word. */
        public Stimulus.ModelRun by(String word) {
            return make.by(word);
        }
    }

    /** Fills a form in. */
    @FunctionalInterface
    public interface Make {
        Stimulus.ModelRun by(String word);
    }

    private final Schemas schemas;
    private final Map<String, Declaration> declarations;

    public Templates(Schemas schemas) {
        this.schemas = schemas;
        this.declarations = OperatorCases.declarations(schemas);
    }

    /** The forms of a row; the plain one once for each family. */
    public List<Template> of(OperatorRow row) {
        Declaration declared = Optional.ofNullable(declarations.get(row.operator()))
                .orElseThrow(() -> new IllegalStateException("no cases are declared for operator " + row.operator()));
        List<Template> all = new ArrayList<>();
        for (int opset : row.opsets()) {
            for (ElementType type : DataVariable.types(row, opset, schemas)) {
                for (Family family : type.isFloat() ? Family.values() : new Family[] {Family.UNIFORM}) {
                    all.add(template(row, "plain " + family.word(), declared.plain(), type, opset, family));
                }
                for (List<Declaration.Named> forms :
                        List.of(declared.values(), declared.shapes(), declared.specials())) {
                    for (Declaration.Named form : forms) {
                        if (form.when().test(type, opset)) {
                            all.add(template(row, form.name(), form.form(), type, opset, Family.UNIFORM));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static Template template(
            OperatorRow row, String name, Form form, ElementType type, int opset, Family family) {
        return new Template(
                name, type, opset, word -> form.in(new Setting(row.operator(), type, opset, family, Seeded.by(word)))
                        .of(row.domain())
                        .run());
    }
}
