package org.aiis.spec.testing;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A test case.
 *
 * @param id begins with the id of its first requirement: {@code OP-Softmax-VALUES/float32/opset13/large-logits}
 * @param requirements ids of the requirements it proves
 * @param grade the smallest grade that holds it
 * @param pair operator × type it belongs to, if any
 * @param stimulus made when asked for, the same each time
 * @param origin where it is declared, for {@code explain}
 */
public record TestCase(
        String id,
        List<String> requirements,
        Grade grade,
        Optional<OperatorType> pair,
        Supplier<Stimulus> stimulus,
        Expectation expectation,
        String origin) {
    public TestCase {
        requirements = List.copyOf(requirements);
    }

    /** The same case over its stimulus, made already: to make it anew for each who asks costs as much as to judge it. */
    public TestCase over(Stimulus made) {
        return new TestCase(id, requirements, grade, pair, () -> made, expectation, origin);
    }
}
