package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.Verdict;
import org.opentest4j.TestAbortedException;

/** What the optional steps answered, taken apart. A worker that leaves out what it has to tell is wrong, and fails the case. */
record Answered(SortedMap<String, Tensor> told) {
    static Answered by(Observation seen, int step) {
        return new Answered(Behaviours.outputs(seen, step));
    }

    /** Leaves a case whose capability the ICS does not claim. */
    static void claimed(Terms terms, String capability) {
        if (!terms.sessions().contains(capability)) {
            throw new TestAbortedException("the ICS does not claim " + capability);
        }
    }

    /** The runs at this position of {@code together} all came back, all with this. */
    void runs(int position, Tensor right) {
        loads(position);
        equal(position + "/", right, "thread " + position);
    }

    /** The loads at this position of {@code together} were all taken. */
    void loads(int position) {
        assertThat(number(position + "/rejected"))
                .as("rejections in thread %d: %s", position, message(position))
                .isZero();
    }

    /** How often what stands at this position of {@code together} was rejected. */
    long rejections(int position) {
        return number(position + "/rejected");
    }

    private String message(int position) {
        Tensor message = told.get(position + "/message");
        return message == null ? "" : String.join("", message.strings());
    }

    /** All runs that are told under a prefix gave this. */
    void equal(String prefix, Tensor right, String who) {
        assertThat(tensor(prefix + "out/y")).as("first run of %s", who).isEqualTo(right);
        Tensor other = told.get(prefix + "other/y");
        assertThat(number(prefix + "differing"))
                .as("later runs of %s with other results than the first, such as %s", who, other)
                .isZero();
    }

    /** Passes where calls overlapped, with what was counted; without an overlap nothing is decided. */
    Finding overlapped() {
        long most = number(Step.MEASURED + "at-once");
        return most < 2
                ? Finding.of(Verdict.INCONCLUSIVE, "not driven: no two calls were seen to be under way at one time")
                        .because("not-driven")
                : Finding.pass().withTallies(Map.of("at-once", most));
    }

    long number(String name) {
        return tensor(name).integer(0);
    }

    Tensor tensor(String name) {
        Tensor tensor = told.get(name);
        if (tensor == null) {
            throw new AssertionError("the worker tells " + told.keySet() + ", and not " + name);
        }
        return tensor;
    }
}
