package org.aiis.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.bisect.Drawn;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that people use, from the packages that {@code conformance-tests/models/models.tsv} names, pass on ONNX Runtime's CPU provider. */
@Tag("long")
class RealModelsTest {
    private static final Path MODELS =
            Home.find().root().resolve("conformance-tests").resolve("models");
    private static final int MINUTES = 5;

    @TempDir
    static Path folder = Path.of("");

    static Stream<String> models() throws IOException {
        return Files.readAllLines(MODELS.resolve("models.tsv"), StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void isJudgedAndPasses(String line) throws IOException, InterruptedException {
        String[] cells = line.split("\t", -1);
        fetch();
        ModelFile file = ModelFile.read(folder.resolve(cells[0] + ".onnx"));
        Check.Checked checked = Check.of(
                new Check.Asked(file, BackendUri.of("ort:cpu", new TreeMap<>()), Optional.empty(), 60, false),
                Map.of("random", drawn(file, cells[6])),
                StandardReader.bundled(),
                Progress.SILENT);
        Report report = checked.report();

        assertThat(report.unknown()).isEmpty();
        assertThat(report.verdict())
                .as(report.sets().get(0).finding().message())
                .isEqualTo(Verdict.PASS);
        assertThat(report.sets().get(0).steady().runs()).contains(true);
        assertThat(report.sets().get(0).placement()).containsKey("CPUExecutionProvider");
    }

    /** Once; the script leaves what is there. Without a registry nothing is shown, and it says so. */
    private static void fetch() throws IOException, InterruptedException {
        Path said = folder.resolve("fetch.log");
        Process process = new ProcessBuilder("bash", MODELS.resolve("fetch.sh").toString(), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean over = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!over) {
            process.destroyForcibly();
        }
        if (!over || process.exitValue() != 0) {
            abort("the models cannot be fetched here: " + Files.readString(said));
        }
    }

    /** By the arguments of {@code aiis check} in the last cell. */
    private static Map<String, Tensor> drawn(ModelFile file, String arguments) {
        Map<String, Shape> shapes = new TreeMap<>();
        Map<String, Drawn.Range> ranges = new TreeMap<>();
        List<String> words = new ArrayList<>(List.of(arguments.split(" ")));
        for (int i = 0; i + 1 < words.size(); i += 2) {
            String[] pair = words.get(i + 1).split("=", 2);
            if (words.get(i).equals("--shape")) {
                shapes.put(
                        pair[0],
                        Shape.of(Arrays.stream(pair[1].split(","))
                                .mapToInt(Integer::parseInt)
                                .toArray()));
            } else {
                ranges.put(pair[0], Drawn.Range.parse(pair[0], pair[1]));
            }
        }
        return file.fitting(new Drawn(file, shapes, ranges, 0).inputs());
    }
}
