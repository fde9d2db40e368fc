package org.aiis.reference.pipeline.train;

/** Hears how a training goes. */
public interface TrainingWatch {
    TrainingWatch SILENT = new TrainingWatch() {};

    /**
     * A step is done.
     *
     * @param loss mean over the epoch so far
     * @param accuracy over the epoch so far; NaN where the network counts none
     * @param recordsPerSecond since this process began to train
     */
    default void step(int done, int of, double loss, double accuracy, double recordsPerSecond, double secondsLeft) {}

    /** An epoch is done, from 0. */
    default void epoch(int number, Epoch epoch) {}
}
