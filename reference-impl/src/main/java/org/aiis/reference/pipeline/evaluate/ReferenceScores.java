package org.aiis.reference.pipeline.evaluate;

import org.aiis.reference.pipeline.features.ConvolutionalFeatures;
import org.aiis.reference.pipeline.features.ReferenceFeatures;
import org.aiis.reference.pipeline.features.RunningSum;
import org.aiis.reference.pipeline.train.DenseLayers;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** Scores of the whole network on an image in plain binary64, with the running error σ that float32 may add. */
public final class ReferenceScores {
    private static final double UNIT = ElementType.FLOAT32.format().unitRoundoff();

    private final double[] scores;
    private final double[] sigmas;

    private ReferenceScores(double[] scores, double[] sigmas) {
        this.scores = scores;
        this.sigmas = sigmas;
    }

    /** Scores of image {@code record}, with trained weights {@code w [P]}. */
    public static ReferenceScores of(
            ConvolutionalFeatures network, DenseLayers layers, double[] w, Tensor images, int record) {
        ReferenceFeatures features = ReferenceFeatures.of(network, images, record);
        double[] values = features.values();
        double[] sigmas = features.sigmas();
        for (int layer = 0; layer < layers.count(); layer++) {
            int kernel = layers.offset(2 * layer);
            int bias = layers.offset(2 * layer + 1);
            int out = layers.out(layer);
            double[] next = new double[out];
            double[] nextSigmas = new double[out];
            for (int o = 0; o < out; o++) {
                RunningSum sum = new RunningSum(UNIT);
                for (int i = 0; i < values.length; i++) {
                    sum.add(values[i], sigmas[i], w[kernel + i * out + o]);
                }
                next[o] = sum.total(w[bias + o]);
                nextSigmas[o] = sum.sigma();
                if (layer < layers.count() - 1 && next[o] < 0) {
                    // A rectifier that float32 may leave just open passes its error on.
                    nextSigmas[o] = next[o] + 6 * nextSigmas[o] > 0 ? nextSigmas[o] : 0;
                    next[o] = 0;
                }
            }
            values = next;
            sigmas = nextSigmas;
        }
        return new ReferenceScores(values, sigmas);
    }

    public double score(int c) {
        return scores[c];
    }

    public double sigma(int c) {
        return sigmas[c];
    }

    /** The class with the largest score; of equal ones, the first. */
    public int predicted() {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        return best;
    }

    /** Whether the largest score leads by more than twice the tolerance 6σ of the scores. */
    public boolean decided() {
        int best = predicted();
        double margin = Double.POSITIVE_INFINITY;
        double tolerance = 0;
        for (int c = 0; c < scores.length; c++) {
            tolerance = Math.max(tolerance, 6 * sigmas[c]);
            margin = c == best ? margin : Math.min(margin, scores[best] - scores[c]);
        }
        return margin > 2 * tolerance;
    }
}
