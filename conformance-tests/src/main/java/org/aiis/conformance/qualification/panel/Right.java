package org.aiis.conformance.qualification.panel;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.testing.Reference;

/** The right answer to a run, found once, and the answers to edits of it. Not for several threads. */
public final class Right {
    private static final Arithmetics EXACT = Arithmetics.reference();

    private final Invocation given;
    private final Optional<Reference> reference;
    private final Answer answer;

    private Right(Invocation given, Optional<Reference> reference, Answer answer) {
        this.given = given;
        this.reference = reference;
        this.answer = answer;
    }

    public static Right to(Invocation given) {
        return by(given, EXACT);
    }

    /** The same with other error terms. */
    public static Right by(Invocation given, Arithmetics arithmetics) {
        try {
            Reference reference = Program.load(given.bytes()).evaluate(given.inputs(), arithmetics);
            return new Right(given, Optional.of(reference), Answer.of(reference));
        } catch (Oracle.Refusal refusal) {
            return new Right(given, Optional.empty(), Answer.refused(refusal));
        }
    }

    public Invocation given() {
        return given;
    }

    /** Empty where the run is refused. */
    public Optional<Reference> reference() {
        return reference;
    }

    public Answer answer() {
        return answer;
    }

    /** The answer to an edited run; the right one to the run itself where the edit changes nothing or is refused. */
    public Answer instead(Invocation edited) {
        return edited.equals(given) ? answer : or(evaluated(edited.ofAnyExtents(), EXACT));
    }

    /** The answer by another arithmetic. */
    public Answer by(Arithmetics arithmetics) {
        return answer.refusal().isPresent() ? answer : or(evaluated(given, arithmetics));
    }

    /** The answer to an edited run by the oracle, its refusal too. */
    public static Answer to(Invocation edited, Arithmetics arithmetics) {
        return evaluated(edited.ofAnyExtents(), arithmetics);
    }

    private Answer or(Answer faulty) {
        return faulty.refusal().isPresent() ? answer : faulty;
    }

    /** An edit may ask for what no operator has checked: where the oracle fails at it, the edit cannot be made. */
    private static Answer evaluated(Invocation edited, Arithmetics arithmetics) {
        try {
            return Answer.of(new TreeMap<>(rounded(edited, arithmetics)));
        } catch (Oracle.Refusal refusal) {
            return Answer.refused(refusal);
        } catch (ArithmeticException
                | ClassCastException
                | IllegalStateException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            return Answer.refused(new Oracle.Refusal(false, "the edit cannot be made: " + e));
        }
    }

    private static SortedMap<String, org.aiis.spec.tensor.Tensor> rounded(Invocation edited, Arithmetics arithmetics) {
        return Answer.of(Program.load(edited.bytes()).evaluate(edited.inputs(), arithmetics))
                .outputs();
    }
}
