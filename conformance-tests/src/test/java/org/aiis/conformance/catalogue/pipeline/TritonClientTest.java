package org.aiis.conformance.catalogue.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.aiis.conformance.backend.Backends;
import org.aiis.reference.serving.ServingLimits;
import org.aiis.reference.serving.server.ReferenceServer;
import org.aiis.spec.tensor.Bytes;
import org.junit.jupiter.api.Test;

/** A client of another hand; where tritonclient[http,grpc] is not at hand (AIIS_PYTHON, else python3) it is skipped. */
class TritonClientTest {
    private static final String PYTHON = System.getenv().getOrDefault("AIIS_PYTHON", "python3");
    private static final Path HOME = Path.of(System.getProperty("aiis.home"));

    private record Said(int code, String text) {}

    @Test
    void tritonclientGetsWhatItAsksFor() throws InterruptedException {
        assumeTrue(
                python("-c", "import tritonclient.http, tritonclient.grpc").code() == 0,
                PYTHON + " lacks the packages of conformance-tests/src/test/python/requirements.txt");
        SortedMap<String, SortedMap<String, Bytes>> models = new TreeMap<>();
        ServedModels.all(new Fixture(HOME))
                .forEach((name, model) -> models.put(name, new TreeMap<>(Map.of("1", model))));
        try (ReferenceServer server = ReferenceServer.start(
                Backends.installed().open("cpu", new TreeMap<>()),
                "test",
                models,
                new ReferenceServer.Place("127.0.0.1", 0, OptionalInt.of(0)),
                ServingLimits.DEFAULT)) {
            Said said = python(
                    HOME.resolve("conformance-tests/src/test/python/triton_client.py")
                            .toString(),
                    "127.0.0.1:" + server.port(),
                    "127.0.0.1:" + server.grpcPort().orElseThrow());
            assertThat(said.code()).as(said.text()).isZero();
        }
    }

    private static Said python(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(said).isTrue();
            return new Said(process.exitValue(), said);
        } catch (IOException e) {
            return new Said(127, String.valueOf(e.getMessage()));
        }
    }
}
