package org.aiis.reference.pipeline.train;

import org.aiis.spec.tensor.Tensor;

/**
 * Dense layers in plain binary64, written from the calculus and not from {@link StepGraph}: the reference of several
 * steps, and an independent witness of the gradient.
 */
public final class Classifier {
    private final DenseLayers layers;
    private final double[] w;
    private final double[] m;
    private final double[] v;
    private int t;

    public Classifier(DenseLayers layers, double[] weights) {
        this.layers = layers;
        this.w = weights.clone();
        this.m = new double[weights.length];
        this.v = new double[weights.length];
    }

    public double[] weights() {
        return w.clone();
    }

    /** Scores of one record. */
    public double[] scores(double[] x) {
        return activations(x)[layers.count()];
    }

    /** Mean loss over the records at the places {@code batch}; adds its gradient to {@code gradient}. */
    public double slope(Tensor x, Tensor y, Tensor batch, double[] gradient) {
        double loss = 0;
        for (int b = 0; b < batch.size(); b++) {
            int record = (int) batch.integer(b);
            double[][] a = activations(row(x, record));
            double[] d = logSoftmax(a[layers.count()]);
            int label = (int) y.integer(record);
            loss -= d[label] / batch.size();
            for (int c = 0; c < d.length; c++) {
                d[c] = (StrictMath.exp(d[c]) - (c == label ? 1 : 0)) / batch.size();
            }
            for (int layer = layers.count() - 1; layer >= 0; layer--) {
                d = down(layer, a[layer], d, gradient);
            }
        }
        return loss;
    }

    /** One step of Adam; returns the loss before it. */
    public double step(Tensor x, Tensor y, Tensor batch) {
        double[] gradient = new double[w.length];
        double loss = slope(x, y, batch, gradient);
        Adam adam = Adam.USUAL;
        t++;
        double a = adam.rate()
                * StrictMath.sqrt(1 - StrictMath.pow(adam.beta2(), t))
                / (1 - StrictMath.pow(adam.beta1(), t));
        for (int i = 0; i < w.length; i++) {
            double g = gradient[i];
            m[i] += (1 - adam.beta1()) * (g - m[i]);
            v[i] += (1 - adam.beta2()) * (g * g - v[i]);
            w[i] -= a * m[i] / (StrictMath.sqrt(v[i]) + adam.epsilon());
        }
        return loss;
    }

    /** Adds a layer's part to the gradient and gives the derivative by the layer's input, rectified as that is. */
    private double[] down(int layer, double[] input, double[] d, double[] gradient) {
        int kernel = layers.offset(2 * layer);
        int out = layers.out(layer);
        double[] below = new double[input.length];
        for (int i = 0; i < input.length; i++) {
            for (int o = 0; o < out; o++) {
                gradient[kernel + i * out + o] += input[i] * d[o];
                below[i] += w[kernel + i * out + o] * d[o];
            }
            if (input[i] <= 0) {
                below[i] = 0;
            }
        }
        for (int o = 0; o < out; o++) {
            gradient[kernel + input.length * out + o] += d[o];
        }
        return below;
    }

    private double[][] activations(double[] x) {
        double[][] a = new double[layers.count() + 1][];
        a[0] = x;
        for (int layer = 0; layer < layers.count(); layer++) {
            int kernel = layers.offset(2 * layer);
            int out = layers.out(layer);
            double[] z = new double[out];
            System.arraycopy(w, kernel + a[layer].length * out, z, 0, out);
            for (int i = 0; i < a[layer].length; i++) {
                double value = a[layer][i];
                for (int o = 0; o < out && value != 0; o++) {
                    z[o] += value * w[kernel + i * out + o];
                }
            }
            for (int o = 0; o < out && layer < layers.count() - 1; o++) {
                z[o] = Math.max(0, z[o]);
            }
            a[layer + 1] = z;
        }
        return a;
    }

    private static double[] logSoftmax(double[] z) {
        double top = Double.NEGATIVE_INFINITY;
        for (double score : z) {
            top = Math.max(top, score);
        }
        double sum = 0;
        for (double score : z) {
            sum += StrictMath.exp(score - top);
        }
        double[] logs = new double[z.length];
        for (int c = 0; c < z.length; c++) {
            logs[c] = z[c] - top - StrictMath.log(sum);
        }
        return logs;
    }

    private static double[] row(Tensor x, int record) {
        int width = x.shape().dim(1);
        double[] row = new double[width];
        for (int i = 0; i < width; i++) {
            row[i] = x.real(record * width + i);
        }
        return row;
    }
}
