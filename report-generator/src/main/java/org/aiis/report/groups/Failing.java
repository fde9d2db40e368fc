package org.aiis.report.groups;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Evidence;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Origin;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Whose;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.testing.ErrorPattern;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.OperatorType;

/**
 * A failing case with what it has in common with others.
 *
 * @param subject the operator that its cause is a case of, else the requirement of that
 * @param ofOperator whether it is a case of an operator
 * @param operators of its models
 * @param where it fails: on the provider, on its core, on both in different ways, or on a runtime without a core
 * @param bytes size of its stimulus
 * @param cause the case whose doing it is: itself, or one that its process was shown before it died
 * @param reason of its finding; another one where it is a death that did not happen again
 * @param patterns of its error; none where they would be others the next time, so that results do not hang on them
 */
record Failing(
        CaseRecord done,
        String subject,
        boolean ofOperator,
        SortedSet<String> operators,
        Whose where,
        long bytes,
        String cause,
        String reason,
        List<ErrorPattern> patterns) {
    /** A death that did not happen again: nobody knows yet what it is a fault of. */
    static final String ONCE = "crashed-once";

    /** What the process, and not its answer, did: no silence of ONNX's text excuses it. */
    private static final List<String> NEVER_A_DECISION =
            List.of("crashed", ONCE, "timed-out", "protocol", "exceeded", "placement");

    static Failing of(CaseRecord done, Evidence evidence, Rejudge rejudge, boolean unsteady) {
        Rejudge.Contents contents = rejudge.contents(done.id());
        Optional<Origin> origin = Deaths.origin(done, evidence);
        // What killed the process at this case was done to it by another: that one is the fault's.
        String cause = origin.filter(from -> from == Origin.EARLIER).isPresent()
                ? Deaths.after(done.id(), evidence).get(0)
                : done.id();
        String requirement = cause.replaceFirst("/.*", "");
        Optional<String> operator = requirement.startsWith("OP-")
                ? Optional.of(requirement.split("-")[1]).filter(o -> !o.isEmpty())
                : Optional.empty();
        return new Failing(
                done,
                operator.orElse(requirement),
                operator.isPresent(),
                new TreeSet<>(contents.operators()),
                where(done, evidence),
                contents.bytes(),
                cause,
                origin.filter(from -> from == Origin.NOT_AGAIN).isPresent()
                        ? ONCE
                        : done.finding().reason().orElse("failed"),
                unsteady ? List.of() : done.finding().patterns());
    }

    private static Whose where(CaseRecord done, Evidence evidence) {
        Optional<Entry.AgainOn> core =
                evidence.repeated().system(Purpose.CORE).filter(on -> on.sut().isPresent());
        if (core.isEmpty()) {
            return Whose.RUNTIME;
        }
        if (core.get().sut().equals(Optional.of(evidence.described().sut()))) {
            return Whose.CORE;
        }
        return evidence.repeated()
                .of(Purpose.CORE, done.id())
                .map(there -> where(done, there))
                .orElse(Whose.RUNTIME);
    }

    private static Whose where(CaseRecord here, CaseRecord there) {
        return switch (there.finding().verdict()) {
            case PASS -> Whose.PROVIDER;
            case FAIL -> Likeness.failsAlike(here, there) ? Whose.CORE : Whose.BOTH;
            case NOT_APPLICABLE, INCONCLUSIVE, ERROR -> Whose.RUNTIME;
        };
    }

    /** Whether what it breaks is a rule of this standard where ONNX's text is silent. */
    boolean decision() {
        return done.finding().basis() == Finding.Basis.STANDARD && !NEVER_A_DECISION.contains(reason());
    }

    /** Whose fault this case alone shows. */
    Whose whose() {
        return decision() ? Whose.STANDARD : where;
    }

    String id() {
        return done.id();
    }

    /** Whether another case is to blame. */
    boolean afterAnother() {
        return !cause.equals(done.id());
    }

    /** Element type that its id names; empty for a case that is no operator's. */
    Optional<String> type() {
        return OperatorType.ofCase(id()).map(pair -> pair.type().label());
    }

    /** Its id without the operator: {@code VALUES/float32/opset13/large-logits}. */
    String form() {
        return ofOperator && !afterAnother() ? id().substring(("OP-" + subject + "-").length()) : id();
    }
}
