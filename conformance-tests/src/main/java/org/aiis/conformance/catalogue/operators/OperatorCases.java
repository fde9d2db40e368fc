package org.aiis.conformance.catalogue.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Spreads the declarations over the rows of the operator table: facet × type × opset × form. */
public record OperatorCases(Standard standard, Schemas schemas) implements CaseSource {
    @Override
    public Stream<TestCase> cases() {
        Map<String, Declaration> declared = declarations(schemas);
        return standard.operators().values().stream().flatMap(row -> {
            Declaration declaration = declared.get(row.operator());
            if (declaration == null) {
                throw new IllegalStateException("no cases are declared for operator " + row.operator());
            }
            return new OneRow(row, declaration, typesByOpset(row)).cases();
        });
    }

    /** A newer version of an operator may allow types that an older one does not. */
    private SortedMap<Integer, Set<ElementType>> typesByOpset(OperatorRow row) {
        SortedMap<Integer, Set<ElementType>> types = new TreeMap<>();
        Set<ElementType> never = new TreeSet<>(row.types());
        for (int opset : row.opsets()) {
            Set<ElementType> allowed = DataVariable.types(row, opset, schemas);
            types.put(opset, allowed);
            never.removeAll(allowed);
        }
        if (!never.isEmpty()) {
            throw InputException.of(
                    row.source() + ": ONNX allows " + row.operator() + " none of "
                            + never.stream().map(ElementType::label).toList() + " at " + row.opsets(),
                    "take them out of the row, or list an opset version that allows them");
        }
        return types;
    }

    /** Every operator that has a declaration. */
    static Map<String, Declaration> declarations(Schemas schemas) {
        Common common = new Common(schemas);
        return Stream.of(
                        Unary.declarations(),
                        Trigonometric.declarations(),
                        Activations.declarations(),
                        Bitwise.declarations(),
                        Generators.declarations(),
                        Randoms.declarations(),
                        Several.declarations(),
                        Binary.declarations(),
                        Choosing.declarations(),
                        Products.declarations(),
                        Convolution.declarations(),
                        Transposed.declarations(),
                        Pooling.declarations(),
                        Unpooling.declarations(),
                        Resizing.declarations(),
                        Sampling.declarations(),
                        Rearranging.declarations(),
                        Boxes.declarations(),
                        Spectra.declarations(),
                        Reductions.declarations(),
                        Running.declarations(),
                        Sorting.declarations(),
                        Normalisation.declarations(),
                        Standardisation.declarations(),
                        Contractions.declarations(),
                        Quantisation.declarations(),
                        IntegerProducts.declarations(),
                        Losses.declarations(),
                        Layout.declarations(),
                        Indexing.declarations(),
                        Conversion.declarations(),
                        Scattering.declarations(),
                        Selecting.declarations(),
                        Sequences.declarations(),
                        Optionals.declarations(),
                        ControlFlow.declarations(),
                        Recurrent.declarations(),
                        Attending.declarations(),
                        Texts.declarations(),
                        Learning.declarations(),
                        Ensembles.declarations(),
                        Optimizers.declarations())
                .flatMap(List::stream)
                .map(common::added)
                .map(SpecialOperands::added)
                .collect(Collectors.toMap(Declaration::operator, Function.identity()));
    }

    /**
     * The cases of one row.
     *
     * @param types by opset version
     */
    private record OneRow(OperatorRow row, Declaration declaration, SortedMap<Integer, Set<ElementType>> types) {
        Stream<TestCase> cases() {
            List<TestCase> cases = new ArrayList<>();
            for (int opset : row.opsets()) {
                for (ElementType type : types(opset)) {
                    boolean quick = type == first(opset);
                    int oldest = oldest(type);
                    cases.add(run("TYPES", type, opset, "plain", Grade.QUICK, Family.UNIFORM, declaration.plain()));
                    values(type, opset, opset == oldest, cases);
                    for (int i = 0; i < declaration.shapes().size(); i++) {
                        Declaration.Named form = declaration.shapes().get(i);
                        boolean firstHere = opset == oldest || !form.when().test(type, oldest);
                        if ((quick || second(i, opset) == type) && form.when().test(type, opset)) {
                            cases.add(run(
                                    "SHAPES",
                                    type,
                                    opset,
                                    form.name(),
                                    grade(quick && firstHere),
                                    Family.UNIFORM,
                                    form.form()));
                        }
                    }
                    for (Declaration.Named form : declaration.specials()) {
                        if (form.when().test(type, opset)) {
                            cases.add(run(
                                    "SPECIAL",
                                    type,
                                    opset,
                                    form.name(),
                                    grade(type == firstSpecial(opset)),
                                    Family.UNIFORM,
                                    form.form()));
                        }
                    }
                    for (Declaration.Twin twin : declaration.rejects()) {
                        if (quick && twin.when().test(type, opset)) {
                            cases.add(twin(type, opset, twin));
                        }
                    }
                }
            }
            return cases.stream().filter(c -> row.facets().contains(facet(c)));
        }

        /** The type that quick shows special values with: the operator's first, or where none is for it the next. */
        private ElementType firstSpecial(int opset) {
            return Stream.concat(Stream.of(first(opset)), types(opset).stream())
                    .filter(type -> declaration.specials().stream()
                            .anyMatch(form -> form.when().test(type, opset)))
                    .findFirst()
                    .orElse(first(opset));
        }

        private static String facet(TestCase c) {
            String requirement = c.requirements().get(0);
            return requirement.substring(requirement.lastIndexOf('-') + 1);
        }

        private void values(ElementType type, int opset, boolean oldest, List<TestCase> cases) {
            if (type.isFloat()) {
                for (Family family : declaration.families()) {
                    Grade grade =
                            grade(oldest && family == declaration.families().get(0));
                    cases.add(run("VALUES", type, opset, family.word(), grade, family, declaration.plain()));
                }
            } else {
                for (String name : List.of("first", "second", "third")) {
                    Grade grade = grade(oldest && name.equals("first"));
                    cases.add(run("VALUES", type, opset, name, grade, Family.UNIFORM, declaration.plain()));
                }
            }
            for (Declaration.Named form : declaration.values()) {
                if (form.when().test(type, opset)) {
                    if (form.exhaustive() && !oldest) {
                        continue;
                    }
                    Grade grade = form.exhaustive()
                            ? Grade.EXHAUSTIVE
                            : grade(form.second().isPresent() || oldest && type == first(opset));
                    TestCase made = run("VALUES", type, opset, form.name(), grade, Family.UNIFORM, form.form());
                    cases.add(new TestCase(
                            made.id(),
                            made.requirements(),
                            made.grade(),
                            form.second()
                                    .map(t -> new OperatorType(row.operator(), t))
                                    .or(made::pair),
                            made.stimulus(),
                            new Expectation.ByOracle(form.tolerance().orElse(row.full())),
                            made.origin()));
                }
            }
        }

        private Set<ElementType> types(int opset) {
            return types.getOrDefault(opset, Set.of());
        }

        private ElementType first(int opset) {
            return types(opset).iterator().next();
        }

        /** The first opset version of the row that allows a type. */
        private int oldest(ElementType type) {
            return row.opsets().stream()
                    .filter(opset -> types(opset).contains(type))
                    .findFirst()
                    .orElseThrow();
        }

        /** Another type than the first for each form in turn, so that shapes meet every element size. */
        private ElementType second(int form, int opset) {
            List<ElementType> types = List.copyOf(types(opset));
            return types.get(types.size() == 1 ? 0 : 1 + form % (types.size() - 1));
        }

        private static Grade grade(boolean quick) {
            return quick ? Grade.QUICK : Grade.FULL;
        }

        private TestCase run(
                String facet, ElementType type, int opset, String name, Grade grade, Family family, Form form) {
            String id = id(facet, type, opset, name);
            return made(
                    facet,
                    id,
                    form.claimed(type),
                    grade,
                    () -> form.in(setting(id, type, opset, family))
                            .of(row.domain())
                            .run(),
                    new Expectation.ByOracle(form.exact() ? new Tolerance.Exact() : row.full()));
        }

        private TestCase twin(ElementType type, int opset, Declaration.Twin twin) {
            String id = id("REJECT", type, opset, twin.name());
            return made(
                    "REJECT",
                    id,
                    type,
                    grade(opset == row.opsets().get(row.opsets().size() - 1)),
                    () -> {
                        // Near one: a twin is there to be accepted, the cases VALUES search for wrong values.
                        var valid = twin.valid()
                                .in(setting(id, type, opset, Family.NEAR_ONE))
                                .of(row.domain());
                        return new Stimulus.MustReject(
                                valid.run(), twin.edit().apply(valid).run());
                    },
                    new Expectation.Rejection(row.full()));
        }

        private Setting setting(String id, ElementType type, int opset, Family family) {
            return new Setting(row.operator(), type, opset, family, Seeded.by(id));
        }

        private String id(String facet, ElementType type, int opset, String name) {
            return "OP-" + row.operator() + "-" + facet + "/" + type.label() + "/opset" + opset + "/" + name;
        }

        private TestCase made(
                String facet,
                String id,
                ElementType type,
                Grade grade,
                Supplier<Stimulus> stimulus,
                Expectation expectation) {
            return new TestCase(
                    id,
                    List.of("OP-" + row.operator() + "-" + facet),
                    grade,
                    Optional.of(new OperatorType(row.operator(), type)),
                    stimulus,
                    expectation,
                    row.source());
        }
    }
}
