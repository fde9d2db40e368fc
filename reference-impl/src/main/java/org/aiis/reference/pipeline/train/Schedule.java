package org.aiis.reference.pipeline.train;

/** The learning rate of each step. */
public sealed interface Schedule {
    /**
     * The rate of a step.
     *
     * @param step steps done before it
     * @param steps of the whole training
     */
    double rate(int step, int steps);

    record Constant(double rate) implements Schedule {
        @Override
        public double rate(int step, int steps) {
            return rate;
        }
    }

    /** Multiplied by a factor after every so many steps. */
    record Decay(double rate, double factor, int every) implements Schedule {
        @Override
        public double rate(int step, int steps) {
            int times = step / every;
            return rate * StrictMath.pow(factor, times);
        }
    }

    /** Half a cosine from the rate to 0 (Loshchilov and Hutter, 2017, without restarts), behind a linear rise over the first steps. */
    record Cosine(double rate, int rise) implements Schedule {
        @Override
        public double rate(int step, int steps) {
            if (step < rise) {
                return rate * (step + 1) / rise;
            }
            double share = (double) (step - rise) / Math.max(1, steps - rise);
            return rate * (1 + StrictMath.cos(StrictMath.PI * share)) / 2;
        }
    }
}
