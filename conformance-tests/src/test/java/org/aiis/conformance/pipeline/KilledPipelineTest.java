package org.aiis.conformance.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aiis.spec.tensor.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code aiis pipeline run}, killed with signal 9 at any moment, goes on with {@code --resume} to the same model. */
@Timeout(900)
class KilledPipelineTest {
    private static final String MODEL = "models/images/1/model.onnx";

    /** One thread: how sums are divided among threads may change their last bits. */
    private static final List<String> CPU = List.of("--backend", "cpu", "--option", "intra-op-threads=1");

    @TempDir
    Path folder;

    @Test
    void aCheckpointThatIsHalfWrittenIsNotGoneOnWith() throws IOException, InterruptedException {
        Command command = Command.of("images", CPU, "--records", "640", "--epochs", "6");
        String whole = ended(command, "whole", MODEL);
        Path killed = folder.resolve("killed");
        try (Running run = command.start(killed)) {
            run.awaitLine("  epoch 2 of 6");
            run.kill();
        }
        assertThat(killed.resolve("checkpoint")).isNotEmptyFile();
        killedWhileACheckpointIsWritten(command, killed);
        assertThat(resumed(command, killed, MODEL)).isEqualTo(whole);
    }

    @Tag("long")
    @Test
    void killedAgainAndAgainTheTrainingEndsWithTheSameBits() throws IOException, InterruptedException {
        killedAtEachMoment(Command.of("images", CPU, "--records", "2000", "--epochs", "4"));
    }

    @Tag("long")
    @Test
    void soItDoesOnTheReference() throws IOException, InterruptedException {
        killedAtEachMoment(Command.of(
                "images",
                List.of("--backend", "reference", "--timeout", "300"),
                "--records",
                "24",
                "--batch",
                "2",
                "--epochs",
                "2"));
    }

    @Tag("long")
    @Test
    void theFirstNetworkOfTrafficIsKeptWhileTheSecondOneIsKilled() throws IOException, InterruptedException {
        Command command = Command.of("traffic", CPU, "--epochs", "2");
        String recurrent = "models/traffic-recurrent/1/model.onnx";
        String convolutional = "models/traffic-convolutional/1/model.onnx";
        String whole = ended(command, "whole", recurrent) + digest(folder.resolve("whole"), convolutional);
        Path killed = folder.resolve("killed");
        String second = lines(folder.resolve("whole.said")).stream()
                .filter(line -> line.startsWith("Training, "))
                .skip(1)
                .findFirst()
                .orElseThrow();
        try (Running run = command.start(killed)) {
            run.awaitLine(second);
            run.awaitLine("  epoch 1 of 2");
            run.kill();
        }
        assertThat(resumed(command, killed, recurrent) + digest(killed, convolutional))
                .isEqualTo(whole);
    }

    private void killedAtEachMoment(Command command) throws IOException, InterruptedException {
        String whole = ended(command, "whole", MODEL);
        Path killed = folder.resolve("killed");
        try (Running run = command.start(killed)) {
            run.awaitLine("Training");
            run.kill();
        }
        assertThat(killed.resolve("checkpoint")).as("nothing is learnt yet").doesNotExist();
        try (Running run = command.resume(killed)) {
            run.awaitLine("  epoch 1 of");
            run.awaitLine("  step ");
            run.kill();
        }
        assertThat(killed.resolve("checkpoint")).isNotEmptyFile();
        try (Running run = command.resume(killed)) {
            run.awaitLine("Training");
            run.killWorkers();
            assertThat(run.code()).as("without its worker a run cannot go on").isEqualTo(2);
        }
        killedWhileACheckpointIsWritten(command, killed);
        try (Running run = command.resume(killed)) {
            run.awaitLine("Features, evaluation, deployment");
            run.kill();
        }
        assertThat(killed.resolve("index.html")).doesNotExist();
        assertThat(resumed(command, killed, MODEL)).isEqualTo(whole);
    }

    /** A pipe in the place of the file that is written holds the writer until its bytes are read: it dies in the middle of them. */
    private static void killedWhileACheckpointIsWritten(Command command, Path killed)
            throws IOException, InterruptedException {
        Files.createDirectories(killed);
        Path checkpoint = killed.resolve("checkpoint");
        Path partial = killed.resolve("checkpoint.partial");
        String before = Files.exists(checkpoint) ? digest(killed, "checkpoint") : "none";
        Files.deleteIfExists(partial);
        assumeTrue(new ProcessBuilder("mkfifo", partial.toString()).start().waitFor() == 0, "there are no pipes here");
        byte[] written;
        try (Running run = command.resume(killed);
                InputStream read = Files.newInputStream(partial)) {
            byte[] half = read.readNBytes(300_000);
            run.kill();
            byte[] rest = read.readAllBytes();
            written = java.util.Arrays.copyOf(half, half.length + rest.length);
            System.arraycopy(rest, 0, written, half.length, rest.length);
        }
        assertThat(written).as("a part of the state of 93,322 weights").hasSizeBetween(300_000, 4 * 4 * 93_322 - 1);
        Files.delete(partial);
        Files.write(partial, written);
        assertThat(Files.exists(checkpoint) ? digest(killed, "checkpoint") : "none")
                .as("the checkpoint before")
                .isEqualTo(before);
    }

    private String ended(Command command, String name, String model) throws IOException, InterruptedException {
        Path out = folder.resolve(name);
        try (Running run = command.start(out)) {
            assertThat(run.code()).isZero();
            Files.writeString(folder.resolve(name + ".said"), run.said());
        }
        return digest(out, model);
    }

    private static String resumed(Command command, Path out, String model) throws IOException, InterruptedException {
        try (Running run = command.resume(out)) {
            assertThat(run.code()).isZero();
        }
        return digest(out, model);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    private static String digest(Path out, String file) throws IOException {
        return Bytes.sha256(Files.readAllBytes(out.resolve(file)));
    }
}
