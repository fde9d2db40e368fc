package org.aiis.report.groups;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.aiis.spec.evidence.Whose;
import org.aiis.spec.testing.ErrorPattern;

/**
 * What may stand behind failing cases: one error in whatever operator it is seen, or one operator whatever is wrong with it.
 *
 * @param where the cases fail
 * @param kind value, rejected, crashed: the reason of their findings
 * @param detail the error: a pattern, a message, a frame; empty when the operator is the explanation
 * @param subject the operator, or the requirement of cases that are no operator's; empty when the error is the explanation
 */
record Explanation(Whose where, String kind, String detail, String subject) {
    /** From so many operators on, an error pattern is one fault; below, each operator has a fault of its own. */
    private static final int OPERATORS_OF_A_PATTERN = 8;

    /** The same for what few elements can show, such as the sign of a zero. */
    private static final int OPERATORS_OF_A_SPECIAL_PATTERN = 4;

    private static final Set<String> SPECIAL = java.util.Arrays.stream(ErrorPattern.values())
            .filter(ErrorPattern::special)
            .map(ErrorPattern::words)
            .collect(java.util.stream.Collectors.toUnmodifiableSet());

    /** The same message, or the same place in a library, is one fault from here on. */
    private static final int OPERATORS_OF_A_MESSAGE = 2;

    /** Errors that may explain a case in whatever operator; a case that fails differently on both joins either. */
    static Stream<Explanation> wide(Failing failing) {
        return details(failing)
                .flatMap(detail -> wheres(failing).map(where -> new Explanation(where, kind(failing), detail, "")));
    }

    private static Stream<String> details(Failing failing) {
        List<ErrorPattern> patterns = failing.patterns();
        return switch (failing.reason()) {
            case "value" ->
                patterns.stream().anyMatch(ErrorPattern::general)
                        ? Stream.of()
                        : patterns.stream().map(ErrorPattern::words);
            // Where a process died of another case tells nothing of that one.
            case "crashed" ->
                Stream.of(failing.done().trouble()).filter(cause -> cause.contains(" in ") && !failing.afterAnother());
            case Failing.ONCE -> Stream.of("");
            case "rejected", "rejected-late", "protocol", "timed-out", "exceeded" ->
                Stream.of(failing.done().trouble().replace(failing.subject(), "…"))
                        .filter(trouble -> !trouble.isEmpty());
            case "accepted", "placement" -> Stream.of(failing.reason());
            default -> Stream.of();
        };
    }

    private static Stream<Whose> wheres(Failing failing) {
        return failing.where() == Whose.BOTH
                ? Stream.of(Whose.PROVIDER, Whose.CORE, Whose.BOTH)
                : Stream.of(failing.where());
    }

    /** The operator, or the requirement, as the explanation. */
    static Explanation narrow(Failing failing) {
        return new Explanation(failing.where(), kind(failing), "", failing.subject());
    }

    /** Checks that only say that they are not met compare values in the end. */
    static String kind(Failing failing) {
        return failing.reason().equals("behaviour") ? "value" : failing.reason();
    }

    /** Whether these cases are enough for the error to be one fault. */
    boolean holds(Set<Failing> cases) {
        long subjects = cases.stream().map(Failing::subject).distinct().count();
        return subjects
                >= switch (kind) {
                    case "value" -> SPECIAL.contains(detail) ? OPERATORS_OF_A_SPECIAL_PATTERN : OPERATORS_OF_A_PATTERN;
                    case "accepted" -> OPERATORS_OF_A_PATTERN;
                    default -> OPERATORS_OF_A_MESSAGE;
                };
    }

    boolean about(String operator) {
        return subject.equals(operator);
    }
}
