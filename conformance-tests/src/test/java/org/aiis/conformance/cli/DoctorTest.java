package org.aiis.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The doctor shows ten cases, and says which of them are wrong and where nodes ran. */
class DoctorTest {
    @Test
    void theCpuProviderGetsTenCasesRightAndSaysWhere() {
        assertThat(doctor("cpu")).startsWith("0 ").contains("10 of 10 cases right; nodes ran on CPUExecutionProvider");
    }

    @Test
    void aSilentFallbackIsOneOfTen() {
        assertThat(doctor("faulty:falls-back"))
                .startsWith("1 ")
                .contains("9 of 10 cases right")
                .contains("(MatMul) ran on AnotherProvider, and not on ReferenceProvider");
    }

    @Test
    void aBackendThatRefusesIsNotWell() {
        assertThat(doctor("faulty:rejects-all")).startsWith("1 ").contains("0 of 10 cases right");
    }

    @Test
    void whatCannotBeStartedIsMissing() {
        assertThat(doctor("exec:/no/such/program")).startsWith("3 ").contains("missing    exec:/no/such/program");
    }

    private static String doctor(String backend) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = Main.execute(stream, stream, "doctor", "--backend", backend);
        return code + " " + said.toString(StandardCharsets.UTF_8);
    }
}
