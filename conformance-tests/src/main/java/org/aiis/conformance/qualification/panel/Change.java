package org.aiis.conformance.qualification.panel;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.spec.tensor.Tensor;

/** What an implementation answers in place of the right answer. May hold state: made afresh for each operator. */
@FunctionalInterface
public interface Change {
    /** The answer, the very same object as the right one where nothing is changed. */
    Answer answer(Right right);

    /** Another run is answered than the one that is asked. */
    static Change run(UnaryOperator<Invocation> edit) {
        return right ->
                right.answer().refusal().isPresent() ? right.answer() : right.instead(edit.apply(right.given()));
    }

    /** The same run, calculated otherwise. */
    static Change arithmetic(Arithmetics arithmetics) {
        return right -> right.by(arithmetics);
    }

    /** Each output is left otherwise. */
    static Change outputs(UnaryOperator<Tensor> change) {
        return outputs((right, output) -> change.apply(output));
    }

    /** Each output is left otherwise, as the run has it. */
    static Change outputs(OfRun change) {
        return named((right, name, output) -> change.apply(right, output));
    }

    /** Each output is left otherwise, as the run and the output's name have it. */
    static Change named(OfOutput change) {
        return right -> {
            SortedMap<String, Tensor> changed = new TreeMap<>();
            boolean[] any = {false};
            right.answer().outputs().forEach((name, output) -> {
                Tensor left = change.apply(right, name, output);
                any[0] |= !left.equals(output);
                changed.put(name, left);
            });
            return any[0] ? Answer.of(changed) : right.answer();
        };
    }

    /** A change to a tensor that depends on the run. */
    @FunctionalInterface
    interface OfRun {
        Tensor apply(Right right, Tensor output);
    }

    /** A change to a tensor that depends on the run and on which output it is. */
    @FunctionalInterface
    interface OfOutput {
        Tensor apply(Right right, String name, Tensor output);
    }

    /** Each operand is read otherwise. */
    static Change operands(UnaryOperator<Tensor> change) {
        return run(given -> given.withOperands((place, operand) -> change.apply(operand)));
    }

    /** Both, one after the other, on tensors. */
    static UnaryOperator<Tensor> then(UnaryOperator<Tensor> first, UnaryOperator<Tensor> second) {
        return tensor -> second.apply(first.apply(tensor));
    }

    /** A change to the elements of a floating-point tensor; other types stay. */
    static UnaryOperator<Tensor> reals(DoubleUnaryOperator change) {
        return tensor -> {
            if (!tensor.type().isFloat()) {
                return tensor;
            }
            Tensor.Builder changed = new Tensor.Builder(tensor.type(), tensor.shape());
            boolean any = false;
            for (int i = 0; i < tensor.size(); i++) {
                double before = tensor.real(i);
                double after = change.applyAsDouble(before);
                if (Double.doubleToLongBits(before) == Double.doubleToLongBits(after)) {
                    changed.setBits(i, tensor.bits(i));
                } else {
                    changed.setReal(i, after);
                    any = true;
                }
            }
            return any ? changed.build() : tensor;
        };
    }

    /** A change to the elements of an integer tensor; other types stay. */
    static UnaryOperator<Tensor> integers(LongUnaryOperator change) {
        return tensor -> {
            if (!tensor.type().isInteger()) {
                return tensor;
            }
            Tensor.Builder changed = new Tensor.Builder(tensor.type(), tensor.shape());
            for (int i = 0; i < tensor.size(); i++) {
                changed.setBits(i, change.applyAsLong(tensor.integer(i)));
            }
            return changed.build();
        };
    }

    /** A change to the strings of a tensor; other types stay. */
    static UnaryOperator<Tensor> strings(UnaryOperator<String> change) {
        return tensor -> tensor.type() != org.aiis.spec.tensor.ElementType.STRING
                ? tensor
                : Tensor.ofStrings(
                        tensor.shape(), tensor.strings().stream().map(change).toList());
    }

    /** A change that needs the answer before: the first run is right. */
    static Change remembering(BinaryOperator<Answer> change) {
        return new Change() {
            private Answer before = new Answer(new TreeMap<>(), java.util.Optional.empty());

            @Override
            public Answer answer(Right right) {
                Answer now = right.answer();
                if (now.refusal().isPresent()) {
                    return now;
                }
                Answer left = change.apply(before, now);
                before = left;
                return left;
            }
        };
    }
}
