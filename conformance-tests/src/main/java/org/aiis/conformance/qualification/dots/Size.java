package org.aiis.conformance.qualification.dots;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.aiis.spec.tensor.ElementType;

/** How many problems the experiment has. */
public enum Size {
    /** Seconds: for a unit test. */
    QUICK(new int[] {4, 5, 16, 37, 128, 300, 1003}, new int[] {2, 2, 2, 2, 2, 2, 2}, 2),
    /** About a minute on two cores. */
    DEFAULT(
            new int[] {4, 5, 16, 37, 64, 128, 300, 1003, 4096, 16_384},
            new int[] {16, 16, 16, 12, 12, 12, 8, 6, 4, 2},
            8);

    private static final List<ElementType> TYPES =
            List.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16, ElementType.BFLOAT16);

    private final int[] lengths;
    private final int[] seeds;
    private final int images;

    Size(int[] lengths, int[] seeds, int images) {
        this.lengths = lengths;
        this.seeds = seeds;
        this.images = images;
    }

    /** The problems, each made when it is asked for. */
    List<Supplier<Problem>> problems() {
        List<Supplier<Problem>> all = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            int k = lengths[i];
            for (ElementType type : TYPES) {
                for (Family family : Family.all()) {
                    for (int seed = 0; seed < seeds[i]; seed++) {
                        int word = seed;
                        all.add(() -> Problem.of(type, family, k, word));
                    }
                }
            }
        }
        for (ElementType type : TYPES.subList(0, 3)) {
            for (int channels : new int[] {1, 8, 64}) {
                for (int taps : new int[] {3, 7}) {
                    for (int positions : new int[] {12, 28}) {
                        for (int seed = 0; seed < images; seed++) {
                            int word = seed;
                            all.add(() -> Problem.convolution(type, word % 2 == 0, channels, taps, positions, word));
                        }
                    }
                }
            }
        }
        return all;
    }
}
