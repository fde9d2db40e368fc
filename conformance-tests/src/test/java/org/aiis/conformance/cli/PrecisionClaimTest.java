package org.aiis.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system that rounds factors to TF32 fails where it does not claim that, and passes where it does. */
class PrecisionClaimTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void tf32FailsUnclaimedAndPassesClaimed() throws IOException {
        Path first = folder.resolve("unclaimed");
        assertThat(run("--out", first.toString())).startsWith("1 ");

        String unclaimed = Files.readString(first.resolve("ics.yaml"));
        assertThat(unclaimed).contains("precisionModes: []");
        Path claimed = folder.resolve("ics.yaml");
        Files.writeString(claimed, unclaimed.replace("precisionModes: []", "precisionModes: [tf32]"));

        Path second = folder.resolve("claimed");
        assertThat(run("--ics", claimed.toString(), "--out", second.toString())).startsWith("0 ");
        assertThat(Files.readString(second.resolve("views").resolve("report.html")))
                .contains("precision modes claimed, tf32");
    }

    @Test
    void anUnknownModeIsRefusedWithTheKnownOnes() throws IOException {
        Path first = folder.resolve("any");
        run("--out", first.toString());
        Path wrong = folder.resolve("wrong.yaml");
        Files.writeString(
                wrong,
                Files.readString(first.resolve("ics.yaml")).replace("precisionModes: []", "precisionModes: [tf-32]"));

        assertThat(run(
                        "--ics",
                        wrong.toString(),
                        "--out",
                        folder.resolve("none").toString()))
                .startsWith("2 ")
                .contains("precisionModes")
                .contains("tf32");
    }

    private static String run(String... more) {
        String[] fixed = {"run", "--backend", "faulty:tf32-products", "--select", "NUM-PRECISION-CLAIMED"};
        String[] all = java.util.stream.Stream.of(fixed, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = Main.execute(stream, stream, all);
        return code + " " + said.toString(StandardCharsets.UTF_8);
    }
}
