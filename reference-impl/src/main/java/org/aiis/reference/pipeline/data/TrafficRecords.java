package org.aiis.reference.pipeline.data;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.aiis.reference.pipeline.data.parquet.ParquetTable;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Records of detectors as they were sent: some lost, some counted wrong, some sent twice. One row a record.
 *
 * @param keys int64 {@code [n, 3]}: day, interval of five minutes within the day, place of the detector among {@link
 *     #DETECTORS}
 * @param values float32 {@code [n, 3]}: flow in vehicles an interval, occupancy in percent of the time, speed in m/s; NaN where
 *     missing
 * @param incident int64 {@code [n]}: 1 where a lane is blocked after the detector, the ground truth
 */
public record TrafficRecords(Tensor keys, Tensor values, Tensor incident) {
    /** Days of the fixture for training, from its first, a Monday; those after them are held out. */
    public static final int TRAINING_DAYS = 21;

    public static final int DAYS = 28;
    public static final int INTERVALS = 288;

    /** Approaches of junctions, each with two lanes. */
    public static final List<String> STATIONS = List.of(
            "E_J4", "J1_J2", "J2_J1", "J2_J3", "J3_J2", "J3_J4", "J4_J3", "N1_J1", "N2_J2", "N3_J3", "N4_J4", "S1_J1",
            "S2_J2", "S3_J3", "S4_J4", "W_J1");

    public static final List<String> DETECTORS =
            STATIONS.stream().flatMap(s -> List.of(s + ".0", s + ".1").stream()).toList();

    private static final List<String> COLUMNS =
            List.of("day", "minute", "detector", "flow", "occupancy", "speed", "incident");
    private static final CsvLimits LIMITS = new CsvLimits(COLUMNS.size(), 64, 1_000_000);
    private static final int MINUTES = 5;
    private static final int MOST_BYTES = 64 << 20;

    /** The training days of the fixture below the home of the suite, checked against the manifest. */
    public static TrafficRecords training(Path home) {
        return fixture(home, "traffic/training.csv.gz");
    }

    /** The held-out days. */
    public static TrafficRecords heldOut(Path home) {
        return fixture(home, "traffic/held-out.csv.gz");
    }

    private static TrafficRecords fixture(Path home, String path) {
        Bytes packed = FixtureManifest.read(home).file(home, path);
        try (Reader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(packed.toArray())), StandardCharsets.UTF_8))) {
            return read(in, path);
        } catch (IOException e) {
            throw InputException.because(path + ": not a gzip-packed CSV file", e);
        }
    }

    /**
     * The training days of a folder from outside: {@code training.csv}, {@code training.csv.gz} or {@code training.parquet}, with the columns
     * of the fixture and days from 0 to 20. Every detector has a flow in half of the intervals or more.
     */
    public static TrafficRecords trainingOf(Path folder) {
        return outside(folder, "training", 0, TRAINING_DAYS);
    }

    /** The held-out days, {@code held-out}, days from 21 to 27. */
    public static TrafficRecords heldOutOf(Path folder) {
        return outside(folder, "held-out", TRAINING_DAYS, DAYS);
    }

    private static TrafficRecords outside(Path folder, String name, int from, int to) {
        List<Path> files = List.of(".csv", ".csv.gz", ".parquet").stream()
                .map(ending -> folder.resolve(name + ending))
                .filter(Files::isRegularFile)
                .toList();
        if (files.size() != 1) {
            throw InputException.at(
                    folder.toString(),
                    0,
                    "one file " + name + ".csv, " + name + ".csv.gz or " + name + ".parquet",
                    files.isEmpty() ? "none" : files.size() + " of them");
        }
        Path file = files.get(0);
        TrafficRecords records;
        if (file.toString().endsWith(".parquet")) {
            Bytes table = Bytes.own(Bounded.bytes(file, file.toString(), MOST_BYTES));
            records = read(ParquetTable.open(table, file.toString(), LIMITS, COLUMNS), from, to);
        } else {
            try (InputStream in = Files.newInputStream(file);
                    Reader text = new BufferedReader(new InputStreamReader(
                            file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
                records = read(Csv.open(text, file.toString(), LIMITS, COLUMNS).rest(), from, to);
            } catch (IOException e) {
                throw InputException.because(file + ": cannot be read", e);
            }
        }
        records.measured(file.toString(), to - from);
        return records;
    }

    /** Persistence goes back to the last flow that was measured: there has to be one. */
    private void measured(String origin, int days) {
        int[] flows = new int[DETECTORS.size()];
        for (int i = 0; i < size(); i++) {
            if (!Double.isNaN(values.real(3 * i))) {
                flows[(int) keys.integer(3 * i + 2)]++;
            }
        }
        int least = days * INTERVALS / 2;
        for (int d = 0; d < flows.length; d++) {
            if (flows[d] < least) {
                throw InputException.at(
                        origin, 0, "at least " + least + " flows of detector " + DETECTORS.get(d), "" + flows[d]);
            }
        }
    }

    /** Reads records; {@code origin} names the file in errors. */
    static TrafficRecords read(Reader in, String origin) {
        return read(Csv.open(in, origin, LIMITS, COLUMNS).rest(), 0, DAYS);
    }

    /** Reads records of days {@code from} to before {@code to}. */
    static TrafficRecords read(Iterator<CsvRecord> rows, int from, int to) {
        List<long[]> keys = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        List<Long> incidents = new ArrayList<>();
        while (rows.hasNext()) {
            CsvRecord row = rows.next();
            keys.add(new long[] {row.whole("day", from, to - 1), interval(row), row.oneOf("detector", DETECTORS)});
            values.add(new float[] {
                (float) row.numberOrMissing("flow", 0, 1e4),
                (float) row.numberOrMissing("occupancy", 0, 100),
                (float) row.numberOrMissing("speed", 0, 100)
            });
            incidents.add(row.whole("incident", 0, 1));
        }
        return of(keys, values, incidents);
    }

    private static long interval(CsvRecord row) {
        long minute = row.whole("minute", 0, (long) INTERVALS * MINUTES - MINUTES);
        if (minute % MINUTES != 0) {
            throw InputException.at(
                    row.origin(), row.line(), "in column 'minute' a multiple of " + MINUTES, Long.toString(minute));
        }
        return minute / MINUTES;
    }

    private static TrafficRecords of(List<long[]> keys, List<float[]> values, List<Long> incidents) {
        Shape shape = Shape.of(keys.size(), 3);
        Tensor.Builder places = new Tensor.Builder(ElementType.INT64, shape);
        Tensor.Builder measured = new Tensor.Builder(ElementType.FLOAT32, shape);
        for (int i = 0; i < 3 * keys.size(); i++) {
            places.setBits(i, keys.get(i / 3)[i % 3]);
            measured.setReal(i, values.get(i / 3)[i % 3]);
        }
        return new TrafficRecords(
                places.build(),
                measured.build(),
                Tensor.ofLongs(
                        ElementType.INT64,
                        Shape.of(keys.size()),
                        incidents.stream().mapToLong(v -> v).toArray()));
    }

    public int size() {
        return incident.size();
    }
}
