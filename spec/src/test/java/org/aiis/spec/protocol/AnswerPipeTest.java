package org.aiis.spec.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerPipeTest {
    @Test
    void aRegularFileIsRefusedAndKeepsItsBytes(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("modules"), "all of Java");
        assertThatThrownBy(() -> AnswerPipe.of(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no pipe");
        assertThat(file).hasContent("all of Java");
    }
}
