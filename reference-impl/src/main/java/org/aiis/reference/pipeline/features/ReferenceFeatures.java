package org.aiis.reference.pipeline.features;

import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * {@link ConvolutionalFeatures} in plain binary64, with the running error σ that float32 may add (operators chapter,
 * clauses 4.3.4 and 4.3.5), written from the formulas and not from the graph.
 */
public final class ReferenceFeatures {
    private static final double UNIT = ElementType.FLOAT32.format().unitRoundoff();

    private final double[] values;
    private final double[] sigmas;

    private ReferenceFeatures(double[] values, double[] sigmas) {
        this.values = values;
        this.sigmas = sigmas;
    }

    /** Features of image {@code record} of {@code images uint8 [n, 28, 28]}. */
    public static ReferenceFeatures of(ConvolutionalFeatures network, Tensor images, int record) {
        int side = ConvolutionalFeatures.SIDE;
        double[] pixels = new double[side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = images.bits(record * pixels.length + i) / 255.0;
        }
        double[] kernel = network.kernel().reals();
        double[] bias = network.bias().reals();
        double[] values = new double[ConvolutionalFeatures.LENGTH];
        double[] sigmas = new double[values.length];
        int at = 0;
        for (int channel = 0; channel < bias.length; channel++) {
            for (int y = 0; y < side - 2; y += 2) {
                for (int x = 0; x < side - 2; x += 2) {
                    for (int q = 0; q < 4; q++) {
                        RunningSum sum = new RunningSum(UNIT);
                        for (int tap = 0; tap < 9; tap++) {
                            double pixel = pixels[(y + q / 2 + tap / 3) * side + x + q % 2 + tap % 3];
                            sum.add(pixel, UNIT * pixel / StrictMath.sqrt(3), kernel[channel * 9 + tap]);
                        }
                        double value = sum.total(bias[channel]);
                        // The maximum of rounded values is off by no more than the least certain of the four.
                        sigmas[at] = Math.max(sigmas[at], value + 6 * sum.sigma() > 0 ? sum.sigma() : 0);
                        values[at] = Math.max(values[at], value);
                    }
                    at++;
                }
            }
        }
        return new ReferenceFeatures(values, sigmas);
    }

    /** Features of all images, rounded to float32: a fixture for steps that begin from features. */
    public static Tensor of(ConvolutionalFeatures network, Tensor images) {
        int n = images.shape().dim(0);
        Tensor.Builder features = new Tensor.Builder(ElementType.FLOAT32, Shape.of(n, ConvolutionalFeatures.LENGTH));
        for (int record = 0; record < n; record++) {
            double[] row = of(network, images, record).values;
            for (int i = 0; i < row.length; i++) {
                features.setReal(record * row.length + i, row[i]);
            }
        }
        return features.build();
    }

    public double[] values() {
        return values.clone();
    }

    public double[] sigmas() {
        return sigmas.clone();
    }
}
