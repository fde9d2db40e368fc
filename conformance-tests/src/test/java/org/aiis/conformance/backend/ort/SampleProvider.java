package org.aiis.conformance.backend.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.aiis.conformance.scheme.Home;

/** The sample provider, built by the command that its page gives; skipped with the reason where that is not possible. */
final class SampleProvider {
    static final String NAME = "SampleExecutionProvider";

    private SampleProvider() {}

    /** Builds it into a folder. */
    static Path build(Path out) throws Exception {
        assumeTrue(
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux"),
                "the sample provider is built on Linux alone");
        for (String tool : List.of("make", "cc")) {
            assumeTrue(
                    said(out, tool, "--version").startsWith("0 "), "no " + tool + ": the sample provider is not built");
        }
        Path folder = Home.find().root().resolve("conformance-tests/sample-provider");

        String built = said(folder, "make", "OUT=" + out);

        assertThat(built).startsWith("0 ");
        return out.resolve("libaiis_sample_provider.so");
    }

    private static String said(Path folder, String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (var output = process.getInputStream()) {
                String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(said).isTrue();
                return process.exitValue() + " " + said;
            }
        } catch (IOException e) {
            return "not there: " + e.getMessage();
        }
    }

    /** A file of that name that is no library. */
    static Path text(Path folder, String name) throws IOException {
        return Files.writeString(folder.resolve(name), "not a library\n".repeat(40));
    }
}
