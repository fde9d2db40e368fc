package org.aiis.reference.pipeline.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ResamplingTest {
    /** One image whose channel c holds (37y² + 11xy + 5x + 100c) mod 256 in row y, column x. */
    private static Tensor image(int height, int width, int channels) {
        Tensor.Builder image = new Tensor.Builder(ElementType.UINT8, Shape.of(1, height, width, channels));
        for (int i = 0; i < height * width * channels; i++) {
            int y = i / channels / width;
            int x = i / channels % width;
            image.setBits(i, (37 * y * y + 11 * x * y + 5 * x + 100 * (i % channels)) % 256);
        }
        return image.build();
    }

    private static double[] resampled(Tensor image, int side) {
        int channels = image.shape().dim(3);
        Program program = Program.load(Resampling.image(channels, side));
        return Objects.requireNonNull(program.values(Map.of("x", image)).get("y"))
                .reals();
    }

    /** Pillow 13.0.0, {@code Image.fromarray(x / 255, mode F).resize((4, 4), BILINEAR)}. */
    @Test
    void imagesOfOtherSizesBecomeWhatPillowMakesOfThem() {
        assertThat(resampled(image(9, 6, 1), 4))
                .containsExactly(
                        new double[] {
                            0.1990196, 0.2766635, 0.2896857, 0.2334734, 0.4289335, 0.6127956, 0.6475264, 0.2610713,
                            0.4828551, 0.5061799, 0.3763324, 0.514945, 0.2926611, 0.6425771, 0.3369188, 0.4537815
                        },
                        within(1e-6));
        assertThat(resampled(image(3, 2, 1), 4))
                .containsExactly(
                        new double[] {
                            0,
                            0.004901961,
                            0.01470588,
                            0.01960784,
                            0.09068628,
                            0.1023284,
                            0.1256128,
                            0.1372549,
                            0.3083333,
                            0.3280638,
                            0.3675245,
                            0.3872549,
                            0.5803922,
                            0.6068628,
                            0.6598039,
                            0.6862745
                        },
                        within(1e-6));
        assertThat(resampled(image(4, 7, 1), 4))
                .containsExactly(
                        new double[] {
                            0.01027078, 0.04078431, 0.07686274, 0.1073763, 0.1779645, 0.2756079, 0.3910588, 0.4887022,
                            0.6358544, 0.8006275, 0.2726274, 0.1563025, 0.3800187, 0.6119216, 0.6853333, 0.1619048
                        },
                        within(1e-6));
    }

    @Test
    void anImageThatHasTheSizeStaysAsItIsBitForBit() {
        Tensor image = image(28, 28, 3);
        double[] y = resampled(image, 28);
        for (int i = 0; i < y.length; i++) {
            int c = i / 784;
            assertThat(y[i]).as("element %d", i).isEqualTo((double) ((float) image.integer(i % 784 * 3 + c) / 255f));
        }
    }

    @Test
    void channelsDoNotMix() {
        double[] three = resampled(image(9, 6, 3), 4);
        double[] one = resampled(image(9, 6, 1), 4);
        assertThat(java.util.Arrays.copyOf(three, 16)).isEqualTo(one);
        assertThat(java.util.Arrays.copyOfRange(three, 16, 32)).isNotEqualTo(one);
    }
}
