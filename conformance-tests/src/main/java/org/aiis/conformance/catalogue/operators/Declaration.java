package org.aiis.conformance.catalogue.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;

/**
 * What the cases of one operator are made from: the declarative table of an operator. The plain form gives VALUES and TYPES;
 * the other facets have forms of their own.
 */
record Declaration(
        String operator,
        Form plain,
        List<Family> families,
        List<Named> values,
        List<Named> shapes,
        List<Named> specials,
        List<Twin> rejects) {
    /**
     * A form with its name, at the types and opsets that it is for.
     *
     * @param second the type of another type variable that the form is there for; what a vendor claims of it decides
     * @param tolerance in place of that of the row
     * @param exhaustive whether it belongs to the grade exhaustive alone
     */
    record Named(
            String name,
            Form form,
            BiPredicate<ElementType, Integer> when,
            Optional<ElementType> second,
            Optional<Tolerance> tolerance,
            boolean exhaustive) {
        Named(String name, Form form, BiPredicate<ElementType, Integer> when) {
            this(name, form, when, Optional.empty(), Optional.empty(), false);
        }
    }

    /** A valid form and the one edit that makes it invalid. */
    record Twin(String name, Form valid, UnaryOperator<OneNode> edit, BiPredicate<ElementType, Integer> when) {}

    static Declaration of(String operator, Form plain) {
        return new Declaration(operator, plain, List.of(Family.values()), List.of(), List.of(), List.of(), List.of());
    }

    static BiPredicate<ElementType, Integer> types(Predicate<ElementType> which) {
        return (type, opset) -> which.test(type);
    }

    static BiPredicate<ElementType, Integer> only(ElementType type) {
        return (t, opset) -> t == type;
    }

    static BiPredicate<ElementType, Integer> since(int first) {
        return (type, opset) -> opset >= first;
    }

    static BiPredicate<ElementType, Integer> before(int first) {
        return (type, opset) -> opset < first;
    }

    Declaration families(Family... which) {
        return new Declaration(operator, plain, List.of(which), values, shapes, specials, rejects);
    }

    /** Values of the grade exhaustive. */
    Declaration exhaustive(String name, BiPredicate<ElementType, Integer> when, Form form) {
        return value(new Named(name, form, when, Optional.empty(), Optional.empty(), true));
    }

    Declaration value(String name, Form form) {
        return value(name, types(type -> true), form);
    }

    Declaration value(String name, BiPredicate<ElementType, Integer> when, Form form) {
        return value(new Named(name, form, when));
    }

    /** At one type of the row, for the sake of a type of another variable. */
    Declaration second(String name, ElementType second, BiPredicate<ElementType, Integer> when, Form form) {
        return value(new Named(name, form, when, Optional.of(second), Optional.empty(), false));
    }

    /** Judged by distribution in a row that is not. */
    Declaration drawn(String name, BiPredicate<ElementType, Integer> when, Form form) {
        return value(new Named(name, form, when, Optional.empty(), Optional.of(new Tolerance.Distribution()), false));
    }

    private Declaration value(Named named) {
        return new Declaration(operator, plain, families, plus(values, named), shapes, specials, rejects);
    }

    Declaration shape(String name, Form form) {
        return shape(name, types(type -> true), form);
    }

    Declaration shape(String name, BiPredicate<ElementType, Integer> when, Form form) {
        return new Declaration(
                operator, plain, families, values, plus(shapes, new Named(name, form, when)), specials, rejects);
    }

    /** For floating-point types. */
    Declaration special(String name, Form form) {
        return special(name, types(ElementType::isFloat), form);
    }

    Declaration special(String name, BiPredicate<ElementType, Integer> when, Form form) {
        return new Declaration(
                operator, plain, families, values, shapes, plus(specials, new Named(name, form, when)), rejects);
    }

    /** One edit away from the plain form. */
    Declaration reject(String name, UnaryOperator<OneNode> edit) {
        return reject(name, plain, edit);
    }

    Declaration reject(String name, Form valid, UnaryOperator<OneNode> edit) {
        return reject(name, types(type -> true), valid, edit);
    }

    Declaration reject(String name, BiPredicate<ElementType, Integer> when, Form valid, UnaryOperator<OneNode> edit) {
        return new Declaration(
                operator, plain, families, values, shapes, specials, plus(rejects, new Twin(name, valid, edit, when)));
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return List.copyOf(more);
    }
}
