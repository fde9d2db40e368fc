package org.aiis.conformance.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Growth of a series whose readings scatter and step. Theil 1950, Sen 1968: the median of the slopes of all pairs. */
final class Growth {
    private Growth() {}

    /** Of readings at equal distances: how much a reading is over the one before. */
    static double aLook(List<Long> readings) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            for (int j = i + 1; j < readings.size(); j++) {
                slopes.add((double) (readings.get(j) - readings.get(i)) / (j - i));
            }
        }
        Collections.sort(slopes);
        int middle = slopes.size() / 2;
        return slopes.size() % 2 == 1 ? slopes.get(middle) : (slopes.get(middle - 1) + slopes.get(middle)) / 2;
    }
}
