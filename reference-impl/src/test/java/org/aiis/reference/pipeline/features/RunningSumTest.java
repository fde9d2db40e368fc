package org.aiis.reference.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RunningSumTest {
    /** Clause 4.3.4 by hand: products 3, −1, 2, bias 4; S_f 9+4+16+64 = 93, S_b 64+25+36+16 = 141, Σp² 14, r² 64. */
    @Test
    void theRunningErrorIsThatOfTheClause() {
        RunningSum sum = new RunningSum(0.5);
        sum.add(3, 0, 1);
        sum.add(-0.5, 0, 2);
        sum.add(2, 0, 1);
        assertThat(sum.total(4)).isEqualTo(8);
        assertThat(sum.sigma()).isCloseTo(0.5 * Math.sqrt((141 + 14 + 64) / 3.0), within(1e-12));
    }

    @Test
    void anErrorOfAFactorIsCarriedByTheOther() {
        RunningSum sum = new RunningSum(0);
        sum.add(1, 0.25, 8);
        sum.total(0);
        assertThat(sum.sigma()).isEqualTo(2);
    }

    @Test
    void aWhiteImageGivesTheRectifiedSumOfEachKernelAndItsBias() {
        Tensor.Builder white = new Tensor.Builder(ElementType.UINT8, Shape.of(1, 28, 28));
        for (int i = 0; i < 784; i++) {
            white.setBits(i, 255);
        }
        ConvolutionalFeatures network = ConvolutionalFeatures.of(3);
        double[] values = ReferenceFeatures.of(network, white.build(), 0).values();
        for (int channel = 0; channel < 8; channel++) {
            double sum = network.bias().real(channel);
            for (int tap = 0; tap < 9; tap++) {
                sum += network.kernel().real(channel * 9 + tap);
            }
            assertThat(values[channel * 169]).isCloseTo(Math.max(0, sum), within(1e-15));
            assertThat(values[channel * 169 + 168]).isCloseTo(Math.max(0, sum), within(1e-15));
        }
    }
}
