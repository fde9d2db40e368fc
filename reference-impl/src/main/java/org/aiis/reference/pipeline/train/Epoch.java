package org.aiis.reference.pipeline.train;

/**
 * What an epoch came to. Accuracies and validation figures that there are none of are NaN.
 *
 * @param loss mean over the training records, each at the step it was learnt from
 * @param rate learning rate of the last step
 */
public record Epoch(double loss, double accuracy, double validationLoss, double validationAccuracy, double rate) {}
