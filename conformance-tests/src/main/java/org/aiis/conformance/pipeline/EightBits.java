package org.aiis.conformance.pipeline;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.aiis.conformance.performance.statistics.NonInferiority;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.pipeline.data.Pictures;
import org.aiis.reference.pipeline.deploy.QuantizedModel;
import org.aiis.report.view.Page;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;

/**
 * A classifier of images in eight bits, and what that costs: calibrated on training images, exported, and run on the same held-out images
 * as the float model.
 *
 * @param right whether the class of each held-out image was found
 * @param apart largest difference of a score from the exact evaluation of the same model, on the first held-out images
 * @param cost largest difference of the exact evaluation from the float model, on the same: what eight bits themselves cost
 */
@SuppressWarnings("ArrayRecordComponent") // Two of them are never compared.
record EightBits(Bytes model, boolean[] right, int ranges, double apart, double cost) {
    /** Images whose scores the oracle evaluates too. */
    private static final int EXACT = 8;

    /** Makes the model, from images that calibrate it, and runs it. */
    static EightBits of(Answers backend, Bytes model, Pictures calibration, Pictures heldOut) {
        QuantizedModel quantized = QuantizedModel.of(model);
        double[] low = new double[quantized.ranges()];
        double[] high = new double[quantized.ranges()];
        Bytes measuring = quantized.calibration();
        for (SortedMap<String, Tensor> ends : backend.each(measuring, "images", calibration.pieces())) {
            double[] least = tensor(ends, "low").reals();
            double[] most = tensor(ends, "high").reals();
            for (int i = 0; i < low.length; i++) {
                low[i] = Math.min(low[i], least[i]);
                high[i] = Math.max(high[i], most[i]);
            }
        }
        Bytes eight = quantized.quantized(low, high);
        long[] predicted = tensor(ImagesCase.inferred(backend, eight, heldOut), "predicted")
                .integers();
        Program program = Program.load(eight);
        double apart = 0;
        double cost = 0;
        Pictures first = heldOut.slice(0, Math.min(EXACT, heldOut.size()));
        for (Iterator<Tensor> pieces = first.pieces(); pieces.hasNext(); ) {
            Map<String, Tensor> images = Map.of("images", pieces.next());
            double[] exact = tensor(program.values(images), "scores").reals();
            apart = Math.max(
                    apart,
                    farthest(tensor(backend.once(eight, images), "scores").reals(), exact));
            cost = Math.max(
                    cost,
                    farthest(
                            exact, tensor(backend.once(model, images), "scores").reals()));
        }
        return new EightBits(eight, right(predicted, heldOut), quantized.ranges(), apart, cost);
    }

    /** Whether each prediction is the label. */
    static boolean[] right(long[] predicted, Pictures images) {
        Tensor labels = images.labels();
        boolean[] right = new boolean[predicted.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = predicted[i] == labels.integer(i);
        }
        return right;
    }

    private static double farthest(double[] some, double[] others) {
        double most = 0;
        for (int i = 0; i < some.length; i++) {
            most = Math.max(most, Math.abs(some[i] - others[i]));
        }
        return most;
    }

    private static Tensor tensor(Map<String, Tensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name));
    }

    /** The difference to the float model that was right where told. */
    NonInferiority against(boolean[] real) {
        return NonInferiority.of(real, right);
    }

    /** For the page. */
    PipelinePage.Stage stage(Bytes real, boolean[] rightBefore) {
        NonInferiority test = against(rightBefore);
        return new PipelinePage.Stage(
                "Deployment in eight bits",
                "Weights are int8, with a scale for each channel, what flows between uint8, with ranges that training images were"
                        + " seen to fill; QuantizeLinear and DequantizeLinear stand around each Conv and Gemm. Accuracy is compared"
                        + " on the same held-out images, by the test of EVAL-NON-INFERIOR.",
                List.of(
                        new Page.Fact("bytes", model.size() + " (float32: " + real.size() + ")"),
                        new Page.Fact("ranges calibrated", Integer.toString(ranges)),
                        new Page.Fact("accuracy", ClassificationStage.percent(share(right))),
                        new Page.Fact("accuracy in float32", ClassificationStage.percent(share(rightBefore))),
                        new Page.Fact("difference", shown(test.difference())),
                        new Page.Fact("its standard error", shown(test.error())),
                        new Page.Fact("no worse by more than", shown(test.margin()) + ": " + test.verdict()),
                        new Page.Fact("scores of the backend apart from the exact evaluation, at most", shown(apart)),
                        new Page.Fact("the exact evaluation apart from float32, at most", shown(cost))),
                List.of(),
                List.of());
    }

    /** What a console is told. */
    String line(boolean[] rightBefore) {
        NonInferiority test = against(rightBefore);
        return String.format(
                Locale.ROOT,
                "accuracy %+.4f against float32, standard error %.4f: %s; scores %.4f from the exact evaluation, which is %.4f from"
                        + " float32%s",
                test.difference(),
                test.error(),
                test.verdict(),
                apart,
                cost,
                apart > cost ? ": the backend loses more than eight bits do" : "");
    }

    private static double share(boolean[] right) {
        int count = 0;
        for (boolean one : right) {
            count += one ? 1 : 0;
        }
        return (double) count / right.length;
    }

    private static String shown(double x) {
        return String.format(Locale.ROOT, "%.4f", x);
    }
}
