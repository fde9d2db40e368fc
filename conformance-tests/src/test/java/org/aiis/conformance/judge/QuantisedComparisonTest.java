package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.junit.jupiter.api.Test;

class QuantisedComparisonTest {
    /** An int8 element before it is rounded, and how far that may be off. */
    private record Before(double value, double sigma) implements Reference.Value {
        @Override
        public ElementType type() {
            return ElementType.INT8;
        }

        @Override
        public Shape shape() {
            return Shape.of(1);
        }

        @Override
        public Tensor rounded() {
            return Tensor.ofLongs(type(), shape(), (long) Math.rint(value));
        }

        @Override
        public double real(int i) {
            return value;
        }

        @Override
        public double low(int i) {
            return 0;
        }

        @Override
        public double sigma(int i) {
            return sigma;
        }

        @Override
        public double magnitude(int i) {
            return Math.abs(value);
        }

        @Override
        public int factors(int i) {
            return 1;
        }

        boolean accepts(long got) {
            Tensor tensor = Tensor.ofLongs(type(), shape(), got);
            return QuantisedComparison.compare("y", tensor, this).problem().isEmpty();
        }
    }

    @Test
    void anExactTieGoesToTheEvenNeighbour() {
        Before tie = new Before(2.5, 0);
        assertThat(tie.accepts(2)).isTrue();
        assertThat(tie.accepts(3)).isFalse();
    }

    @Test
    void nearATieEitherNeighbourIsRight() {
        Before near = new Before(2.45, 0.01);
        assertThat(near.accepts(2)).isTrue();
        assertThat(near.accepts(3)).isTrue();
        assertThat(near.accepts(1)).isFalse();
    }

    @Test
    void awayFromTheTieOnlyTheNearestIs() {
        Before away = new Before(2.4, 0.01);
        assertThat(away.accepts(2)).isTrue();
        assertThat(away.accepts(3)).isFalse();
    }
}
