package org.aiis.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aiis.spec.codec.InputException;
import org.junit.jupiter.api.Test;

/** The words of {@code exec:}. */
class WorkersTest {
    @Test
    void aPathThatNamesAFileFromHereBecomesAbsolute() throws Exception {
        Path program = Files.createTempFile(Files.createDirectories(Path.of("target")), "program", ".py");

        assertThat(Workers.command("exec:python3  " + program + " provider=a/b"))
                .containsExactly("python3", program.toAbsolutePath().toString(), "provider=a/b");
    }

    @Test
    void soItDoesInACommandOfSeveralWords() throws Exception {
        Path program = Files.createTempFile(Files.createDirectories(Path.of("target")), "program", ".mjs");

        assertThat(Workers.fromHere(List.of("node", program.toString(), "a b")))
                .containsExactly("node", program.toAbsolutePath().toString(), "a b");
    }

    @Test
    void whatNamesNoFileStaysAsItIs() {
        assertThat(Workers.command("exec:/no/such/program ../neither pom.xml"))
                .containsExactly("/no/such/program", "../neither", "pom.xml");
    }

    @Test
    void nothingIsRefused() {
        assertThatThrownBy(() -> Workers.command("exec: ")).isInstanceOf(InputException.class);
    }
}
