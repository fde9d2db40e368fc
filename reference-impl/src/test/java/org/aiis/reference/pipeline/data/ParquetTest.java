package org.aiis.reference.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.aiis.reference.pipeline.data.parquet.ParquetTable;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that pyarrow wrote, by make_tables.py beside them. */
class ParquetTest {
    private static final List<String> COLUMNS =
            List.of("day", "minute", "detector", "flow", "occupancy", "speed", "incident");
    private static final CsvLimits LIMITS = new CsvLimits(7, 64, 1000);

    private static byte[] file(String name) {
        try (InputStream in = Objects.requireNonNull(ParquetTest.class.getResourceAsStream("parquet/" + name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static TrafficRecords read(byte[] file, String origin) {
        return TrafficRecords.read(
                ParquetTable.open(Bytes.own(file.clone()), origin, LIMITS, COLUMNS), 0, TrafficRecords.DAYS);
    }

    private static TrafficRecords csv() {
        return TrafficRecords.read(
                new StringReader(new String(file("table.csv"), StandardCharsets.UTF_8)), "table.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usual",
                "groups-gzip-plain",
                "second-pages-checksums",
                "other-order-none",
            })
    void aTableIsTheSameWhateverItsForm(String name) {
        TrafficRecords read = read(file(name + ".parquet"), name);
        TrafficRecords expected = csv();
        assertThat(read.size()).isEqualTo(700);
        assertThat(read.keys()).isEqualTo(expected.keys());
        assertThat(read.values()).isEqualTo(expected.values());
        assertThat(read.incident()).isEqualTo(expected.incident());
        assertThat(read.values().real(3 * 4)).as("a flow that is missing").isNaN();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "negative-flow | negative-flow:402: expected in column 'flow' a number from 0.0 to 10000.0, or nothing, found '-1'",
                "column-missing | the columns [day, minute, detector, flow, occupancy, speed] where [day,",
                "zstd | column 'day': expected a flat table in a whole Parquet file, found compression number 6",
                "dates | a type that stands for something else, such as a date",
                "lists | a table with columns within columns",
                "delta | column 'day': expected a flat table in a whole Parquet file, found encoding number 5",
            })
    void whatIsNotATableOfTheseColumnsIsRefusedWithRowAndColumn(String name, String told) {
        assertThatThrownBy(() -> read(file(name + ".parquet"), name))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(told);
    }

    @Test
    void moreRowsThanTheLimitAreRefusedBeforeTheyAreRead() {
        assertThatThrownBy(() -> ParquetTable.open(
                        Bytes.own(file("usual.parquet")), "usual", new CsvLimits(7, 64, 699), COLUMNS))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("number of rows 700, which is not from 0 to 699");
    }

    @Test
    void aFileThatIsCutShortIsRefused() {
        byte[] whole = file("usual.parquet");
        for (int length = 0; length < whole.length; length += 1 + length / 50) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut, "cut")).isInstanceOf(InputException.class);
        }
    }

    @Test
    void aChangedByteIsFoundByTheChecksums() {
        byte[] whole = file("other-order-none.parquet");
        int footer = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
        TrafficRecords right = read(whole, "whole");
        int refused = 0;
        for (int at = 4; at < whole.length - 8 - footer; at += 3) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            try {
                TrafficRecords read = read(damaged, "damaged");
                // A header has no checksum of its own: what it says that is not needed may change.
                assertThat(read.keys()).as("byte %d", at).isEqualTo(right.keys());
                assertThat(read.values()).as("byte %d", at).isEqualTo(right.values());
            } catch (InputException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan((whole.length - footer) / 3 * 8 / 10);
    }

    /** Whatever a file says, it is read or refused: nothing else comes out, in bounded time and memory. */
    @ParameterizedTest
    @ValueSource(strings = {"usual", "groups-gzip-plain", "second-pages-checksums", "other-order-none"})
    void damagedFilesAreReadOrRefusedAndNothingElse(String name) {
        byte[] whole = file(name + ".parquet");
        int footer = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
        SplitMix random = new SplitMix(11);
        for (int round = 0; round < 500; round++) {
            byte[] damaged = whole.clone();
            for (int change = 0; change < 1 + round % 3; change++) {
                boolean description = random.below(2) == 0;
                int at = description ? whole.length - 8 - 1 - random.below(footer) : random.below(whole.length);
                damaged[at] = (byte) random.below(256);
            }
            try {
                read(damaged, "damaged");
            } catch (InputException e) {
                assertThat(e.getMessage()).startsWith("damaged");
            }
        }
    }
}
