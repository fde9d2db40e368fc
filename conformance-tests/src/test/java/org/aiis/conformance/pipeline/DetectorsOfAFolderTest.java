package org.aiis.conformance.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.aiis.conformance.backend.Backends;
import org.aiis.reference.pipeline.data.TrafficRecords;
import org.aiis.report.view.Page;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code aiis pipeline run traffic --detectors DIR}: the days of somebody's own. */
class DetectorsOfAFolderTest {
    private static final Path HOME = Path.of(System.getProperty("aiis.home"));
    private static final List<String> COLUMNS =
            List.of("day", "minute", "detector", "flow", "occupancy", "speed", "incident");

    /** Columns of a Parquet file may stand in any order. */
    private static final PlainParquet TABLE = new PlainParquet(
            List.of("speed", "incident", "detector", "occupancy", "day", "flow", "minute"),
            Set.of("day", "minute", "incident"),
            Set.of("detector"));

    @TempDir
    Path folder;

    private Path days() throws IOException {
        return Files.createDirectories(folder.resolve("days"));
    }

    /** Records of the fixture, without the heads of their columns. */
    private static List<List<String>> records(String name) {
        Path file = HOME.resolve("fixtures/traffic").resolve(name + ".csv.gz");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> List.of(line.split(",", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] file(String ending, List<List<String>> rows) throws IOException {
        if (ending.equals("parquet")) {
            List<Integer> places =
                    TABLE.columns().stream().map(COLUMNS::indexOf).toList();
            return TABLE.write(rows.stream()
                    .map(row -> places.stream().map(row::get).toList())
                    .toList());
        }
        StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        rows.forEach(row -> text.append(String.join(",", row)).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (ending.equals("csv")) {
            return bytes;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static void write(Path days, String name, String ending, List<List<String>> rows) throws IOException {
        Files.write(days.resolve(name + "." + ending), file(ending, rows));
    }

    private Setting setting(Backend backend, String out, Optional<Path> detectors) {
        return new Setting(
                HOME,
                backend,
                3,
                OptionalInt.of(1),
                OptionalInt.of(1024),
                Optional.empty(),
                detectors,
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                OptionalInt.empty(),
                folder.resolve(out),
                false,
                Setting.Told.SILENT);
    }

    private PipelineCase.Result run(String out, Optional<Path> detectors) {
        try (Backend backend = Backends.installed().open("cpu", new TreeMap<>(Map.of("intra-op-threads", "1")))) {
            return PipelineCases.named("traffic").run(setting(backend, out, detectors));
        }
    }

    @Test
    void asCsvAndAsParquetTheDaysOfTheFixtureGiveItsOwnModelsAndFigures() throws IOException {
        PipelineCase.Result own = run("own", Optional.empty());
        assertThat(own.files())
                .containsOnlyKeys(
                        "models/traffic-recurrent/1/model.onnx",
                        "models/traffic-convolutional/1/model.onnx",
                        "models/traffic-incidents/1/model.onnx");
        assertThat(own.page().facts()).hasSizeGreaterThan(10);

        write(days(), "training", "parquet", records("training"));
        write(days(), "held-out", "csv", records("held-out"));
        same(run("read", Optional.of(days())), own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "csv.gz", "parquet"})
    void eachFormHoldsTheSameRecords(String ending) throws IOException {
        write(days(), "held-out", ending, records("held-out"));
        TrafficRecords read = TrafficRecords.heldOutOf(days());
        TrafficRecords own = TrafficRecords.heldOut(HOME);
        assertThat(read.keys()).isEqualTo(own.keys());
        assertThat(read.values()).isEqualTo(own.values());
        assertThat(read.incident()).isEqualTo(own.incident());
    }

    private static void same(PipelineCase.Result read, PipelineCase.Result own) {
        assertThat(read.files()).isEqualTo(own.files());
        assertThat(read.page().facts()).isEqualTo(own.page().facts());
        assertThat(counts(read)).isEqualTo(counts(own));
        assertThat(read.page().stages().stream().map(PipelinePage.Stage::tables))
                .containsExactlyElementsOf(own.page().stages().stream()
                        .map(PipelinePage.Stage::tables)
                        .toList());
    }

    /** What the first stage says of the records. */
    private static List<Page.Fact> counts(PipelineCase.Result result) {
        return result.page().stages().get(0).facts();
    }

    /** A backend that is shown anything before the records have been checked is shown too much. */
    private static final class Unasked implements Backend {
        @Override
        public Sut describe() {
            throw new AssertionError("asked who it is");
        }

        @Override
        public Observation perform(Step step) {
            throw new AssertionError("asked for " + step);
        }

        @Override
        public void close() {}
    }

    /** Record 1234 with one field of another text; in a CSV file it stands in line 1235, behind the heads. */
    private void broken(String ending, String column, String text) throws IOException {
        List<List<String>> rows = new ArrayList<>(records("training").subList(0, 2000));
        List<String> row = new ArrayList<>(rows.get(1233));
        row.set(COLUMNS.indexOf(column), text);
        rows.set(1233, row);
        write(days(), "training", ending, rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "csv | flow | -1 | training.csv:1235: expected in column 'flow' a number from 0.0 to 10000.0",
                "csv.gz | occupancy | 101 | training.csv.gz:1235: expected in column 'occupancy' a number from 0.0 to 100.0",
                "parquet | speed | 1e9 | training.parquet:1234: expected in column 'speed' a number from 0.0 to 100.0",
                "parquet | day | 21 | training.parquet:1234: expected in column 'day' a whole number from 0 to 20",
                "csv | minute | 7 | training.csv:1235: expected in column 'minute' a multiple of 5, found 7",
                "parquet | detector | W_J9.0 | training.parquet:1234: expected in column 'detector' one of its known words",
                "csv | incident | 2 | training.csv:1235: expected in column 'incident' a whole number from 0 to 1",
            })
    void aWrongRecordIsNamedWithFileRowAndColumnBeforeTheBackendIsAsked(
            String ending, String column, String text, String told) throws IOException {
        broken(ending, column, text);
        try (Backend backend = new Unasked()) {
            assertThatThrownBy(() -> PipelineCases.named("traffic").run(setting(backend, "out", Optional.of(days()))))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(days().resolve(told).toString());
        }
    }

    @Test
    void theCommandEndsWithTwoAndThatLine() throws IOException, InterruptedException {
        write(days(), "training", "csv.gz", records("training"));
        List<List<String>> rows = new ArrayList<>(records("held-out"));
        rows.set(4, List.of("20", "0", "J2_J1.0", "1", "0.1", "12.5", "0"));
        write(days(), "held-out", "parquet", rows);
        Command command = Command.of("traffic", List.of("--backend", "reference"), "--detectors", days().toString());
        try (Running run = command.start(folder.resolve("out"))) {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.said())
                    .contains(days().resolve("held-out.parquet")
                            + ":5: expected in column 'day' a whole number from 21 to 27, found '20'");
        }
        assertThat(folder.resolve("out").resolve("index.html")).doesNotExist();
    }
}
