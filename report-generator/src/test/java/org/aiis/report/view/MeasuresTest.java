package org.aiis.report.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MeasuresTest {
    @Test
    void aTallyIsShownByAPlainNameInItsUnit() {
        assertThat(MeasureNames.fact("accuracy-per-10000", 8335)).isEqualTo(new Page.Fact("Accuracy", "83.35 %"));
        assertThat(MeasureNames.fact("last-loss-per-10000", 4791).value()).isEqualTo("0.4791");
        assertThat(MeasureNames.fact("p90-nanos", 18_530)).isEqualTo(new Page.Fact("P90", "18.53 µs"));
        assertThat(MeasureNames.fact("equal-bit-for-bit", 1).value()).isEqualTo("yes");
        assertThat(MeasureNames.bound("single-stream-p90-millis", 50))
                .isEqualTo(new Page.Fact("Single stream p90", "50 ms"));
    }

    @Test
    void aTallyNobodyNamedIsStillShown() {
        assertThat(MeasureNames.fact("some-new-count", 1234)).isEqualTo(new Page.Fact("Some new count", "1,234"));
    }

    @Test
    void recallGoesAlongARowAndPrecisionDownAColumn() {
        Page.Matrix matrix = Confusion.of(new TreeMap<>(
                        Map.of("confusion-0-0", 3L, "confusion-0-1", 1L, "confusion-1-0", 0L, "confusion-1-1", 2L)))
                .orElseThrow();
        assertThat(matrix.rows().get(0).recall()).isEqualTo("75.00 %");
        assertThat(matrix.rows().get(1).precision()).isEqualTo("66.67 %");
        assertThat(matrix.rows().get(0).cells())
                .isEqualTo(List.of(new Page.Cell("3", "right"), new Page.Cell("1", "much")));
    }

    @Test
    void talliesOfAnotherKindMakeNoMatrix() {
        assertThat(Confusion.of(new TreeMap<>(Map.of("confusion-macro", 1L, "records", 2L))))
                .isEmpty();
    }

    @Test
    void aMessageLosesTheIdThatStandsBesideIt() {
        assertThat(Numbers.without("A-B/c", "A-B/c: said")).isEqualTo("said");
        assertThat(Numbers.without("A-B/aggregate", "A-B: said")).isEqualTo("said");
        assertThat(Numbers.without("A-B/c", "A-BC: said")).isEqualTo("A-BC: said");
    }
}
