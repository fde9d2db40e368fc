package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.preprocess.Resampling;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Images of sizes that are known only when they come, to squares: as the models learn that are given images of somebody's own. */
final class ResamplingCases implements CaseSource {
    private static final Cases CASES = new Cases(ResamplingCases.class);
    private static final int SIDE = 28;

    /** Height and width: grown, shrunk, one of each, and the size itself, one after another. */
    private static final List<Shape> SIZES = List.of(
            Shape.of(1, 9, 13, 3),
            Shape.of(1, 61, 45, 3),
            Shape.of(2, 19, 83, 3),
            Shape.of(1, 28, 28, 3),
            Shape.of(1, 9, 13, 3));

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                one("grey-larger", Shape.of(2, 7, 13, 1)),
                one("grey-smaller", Shape.of(1, 61, 37, 1)),
                one("grey-one-pixel", Shape.of(1, 1, 1, 1)),
                one("colour-larger", Shape.of(1, 11, 9, 3)),
                one("colour-smaller", Shape.of(1, 57, 93, 3)),
                one("colour-taller-and-narrower", Shape.of(1, 19, 83, 3)),
                one("colour-same-size", Shape.of(2, SIDE, SIDE, 3)),
                sizesInTurn());
    }

    private static TestCase one(String name, Shape size) {
        return CASES.of(
                "PRE-IMAGE-RESAMPLE/" + name,
                () -> new Stimulus.ModelRun(Resampling.image(size.dim(3), SIDE), Map.of("x", images(size, 31))),
                new Expectation.ByOracle(new Tolerance.RunningError()));
    }

    /** One session is shown every size, the first again at the end; judged by the definition, not by the graph. */
    private static TestCase sizesInTurn() {
        return CASES.check(
                "PRE-IMAGE-RESAMPLE/sizes-in-turn",
                () -> {
                    List<Step> steps = new ArrayList<>();
                    steps.add(new Step.Load("resample", Resampling.image(3, SIDE), false));
                    for (int i = 0; i < SIZES.size(); i++) {
                        steps.add(Step.Run.of("resample", Map.of("x", images(SIZES.get(i), i))));
                    }
                    steps.add(new Step.Close("resample"));
                    return Stimulus.Script.of(steps.toArray(Step[]::new));
                },
                (observation, terms) -> {
                    List<Tensor> seen = Played.of(observation).all("y");
                    Within within = new Within();
                    within.number("images sent back", seen.size(), SIZES.size(), 0);
                    for (int i = 0; i < Math.min(seen.size(), SIZES.size()); i++) {
                        judge(within, seen.get(i), images(SIZES.get(i), i));
                    }
                    return within.finding();
                });
    }

    /**
     * Coordinates of up to 83 pixels in float32 are off by few roundings, which weights of sum 1 on values of at most 1 pass on: less
     * than 2048 units of roundoff in all, a thirtieth of a grey level.
     */
    private static void judge(Within within, Tensor seen, Tensor image) {
        int channels = image.shape().dim(3);
        int height = image.shape().dim(1);
        int width = image.shape().dim(2);
        Shape shape = Shape.of(image.shape().dim(0), channels, SIDE, SIDE);
        if (!seen.shape().equals(shape)) {
            throw new AssertionError("images of shape " + seen.shape() + " where " + shape + " was asked for");
        }
        double[][] rows = weights(height);
        double[][] columns = weights(width);
        within.tensor(
                height + " x " + width + " resampled",
                seen,
                at -> {
                    int picture = at / (SIDE * SIDE) / channels * height * width;
                    int channel = at / (SIDE * SIDE) % channels;
                    double sum = 0;
                    for (int y = 0; y < height; y++) {
                        for (int x = 0; x < width; x++) {
                            double weight = rows[at / SIDE % SIDE][y] * columns[at % SIDE][x];
                            sum += weight * image.integer((picture + y * width + x) * channels + channel) / 255;
                        }
                    }
                    return sum;
                },
                at -> 2048 * ElementType.FLOAT32.format().unitRoundoff());
    }

    /** Of each new pixel the weights of the old ones along an axis: a triangle, cut at the ends of the image, of sum 1. */
    private static double[][] weights(int extent) {
        double ratio = (double) extent / SIDE;
        double reach = Math.max(1, ratio);
        double[][] weights = new double[SIDE][extent];
        for (int i = 0; i < SIDE; i++) {
            double sum = 0;
            for (int j = 0; j < extent; j++) {
                weights[i][j] = Math.max(0, 1 - Math.abs(j + 0.5 - (i + 0.5) * ratio) / reach);
                sum += weights[i][j];
            }
            for (int j = 0; j < extent; j++) {
                weights[i][j] /= sum;
            }
        }
        return weights;
    }

    /** Neighbours that have nothing to do with each other, so that one in the place of another shows. */
    private static Tensor images(Shape size, int seed) {
        SplitMix random = new SplitMix(seed);
        Tensor.Builder images = new Tensor.Builder(ElementType.UINT8, size);
        for (int i = 0; i < size.size(); i++) {
            images.setBits(i, random.below(256));
        }
        return images.build();
    }
}
