package org.aiis.reference.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aiis.spec.codec.InputException;
import org.junit.jupiter.api.Test;

class CsvTest {
    private static final CsvLimits SMALL = new CsvLimits(3, 10, 2);

    @Test
    void fieldsMayBeQuotedAndHoldCommasQuotesAndLines() {
        assertThat(read("a,b\r\n\"1,\"\"2\"\"\n3\",\r\n"))
                .extracting(CsvRecord::fields)
                .containsExactly(List.of("1,\"2\"\n3", ""));
    }

    @Test
    void theLastRecordNeedsNoEndOfLineAndLinesAreCountedThroughQuotes() {
        List<CsvRecord> records = read("a,b\n\"x\ny\",1\nz,2");
        assertThat(records).extracting(CsvRecord::line).containsExactly(2L, 4L);
        assertThat(records.get(1).whole("b", 0, 9)).isEqualTo(2);
    }

    @Test
    void otherColumnsAreRefusedWithBoth() {
        assertThatThrownBy(() -> read("a,c\n1,2\n"))
                .isInstanceOf(InputException.class)
                .hasMessage("t.csv:1: expected the columns [a, b], found '[a, c]'");
    }

    @Test
    void aRecordWithAnotherNumberOfFieldsIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("a,b\n1,2\n1,2,3\n")).hasMessage("t.csv:3: expected 2 fields, found 3");
        assertThatThrownBy(() -> read("a,b\n\n")).hasMessage("t.csv:2: expected 2 fields, found 1");
    }

    @Test
    void aWrongNumberIsRefusedWithLineAndColumn() {
        CsvRecord record = read("a,b\n1e3,0x1\n").get(0);
        assertThat(record.numberOrMissing("a", 0, 2000)).isEqualTo(1000);
        assertThatThrownBy(() -> record.numberOrMissing("a", 0, 999))
                .hasMessage("t.csv:2: expected in column 'a' a number from 0.0 to 999.0, or nothing, found '1e3'");
        assertThatThrownBy(() -> record.whole("b", 0, 9))
                .hasMessage("t.csv:2: expected in column 'b' a whole number from 0 to 9, found '0x1'");
        for (String text : List.of("NaN", "Infinity", "1f", "--1", "1e999", " 1", "٣", "9".repeat(40))) {
            CsvRecord wrong = new CsvRecord("t.csv", 2, List.of("a"), List.of(text));
            assertThatThrownBy(() -> wrong.numberOrMissing("a", -1e300, 1e300)).isInstanceOf(InputException.class);
            assertThatThrownBy(() -> wrong.whole("a", Long.MIN_VALUE, Long.MAX_VALUE))
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void nothingIsMissingAndNotZero() {
        assertThat(read("a,b\n,1\n").get(0).numberOrMissing("a", 0, 1)).isNaN();
    }

    @Test
    void anUnknownWordIsRefusedWithTheNearest() {
        CsvRecord record = read("a,b\nW_J2,1\n").get(0);
        assertThatThrownBy(() -> record.oneOf("a", List.of("W_J1", "E_J4")))
                .hasMessageContaining("did you mean 'W_J1'?");
    }

    @Test
    void limitsEndAFileThatGoesOn() {
        assertThatThrownBy(() -> read("a,b\n1,1\n1,1\n1,1\n")).hasMessageContaining("at most 2 records");
        assertThatThrownBy(() -> read("a,b\n12345678901,1\n"))
                .hasMessageContaining("at most 10 characters in column 1");
        assertThatThrownBy(() -> read("a,b,c,d\n")).hasMessageContaining("at most 3 columns");
        Reader endless = new Reader() {
            @Override
            public int read(char[] buffer, int from, int length) {
                java.util.Arrays.fill(buffer, from, from + length, '"');
                return length;
            }

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> Csv.open(endless, "t.csv", SMALL, List.of("a")))
                .hasMessageContaining("at most 10 characters");
    }

    @Test
    void quotesOutOfPlaceAreRefused() {
        assertThatThrownBy(() -> read("a,b\n1\"2,3\n")).hasMessageContaining("no quote inside column 1");
        assertThatThrownBy(() -> read("a,b\n\"1\"2,3\n")).hasMessageContaining("a comma or the end of the record");
        assertThatThrownBy(() -> read("a,b\n\"1,3\n")).hasMessageContaining("a quote that ends column 1");
        assertThatThrownBy(() -> read("a,b\n1,2\r3\n")).hasMessageContaining("LF after CR");
    }

    @Test
    void controlCharactersAreNotShown() {
        assertThatThrownBy(() -> read("a,\u001b[2J\n")).hasMessageNotContaining("\u001b");
    }

    private static List<CsvRecord> read(String text) {
        Csv csv = Csv.open(new StringReader(text), "t.csv", SMALL, List.of("a", "b"));
        List<CsvRecord> records = new ArrayList<>();
        for (Optional<CsvRecord> next = csv.next(); next.isPresent(); next = csv.next()) {
            records.add(next.orElseThrow());
        }
        return records;
    }
}
