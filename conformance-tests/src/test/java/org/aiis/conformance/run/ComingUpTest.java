package org.aiis.conformance.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.aiis.spec.codec.InputException;
import org.junit.jupiter.api.Test;

/** Workers that do not come up tell it where they are asked for, and nowhere else. */
class ComingUpTest {
    private static ComingUp failing(RuntimeException failure) {
        return new ComingUp(() -> {
            throw failure;
        });
    }

    @Test
    void whatTheirStartThrewIsThrownWhereTheyAreAskedFor() {
        InputException failure = InputException.of("backend 'x' does not start", "");
        try (ComingUp workers = failing(failure)) {
            assertThatThrownBy(workers::pool).isSameAs(failure);
        }
    }

    /** So that the error that came first is the one that is told. */
    @Test
    void nothingIsThrownWhereNobodyAsksForThem() {
        failing(new IllegalStateException("late")).close();
    }
}
