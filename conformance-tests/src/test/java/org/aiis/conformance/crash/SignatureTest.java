package org.aiis.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final String HS_ERR = "#  SIGSEGV (0xb) at pc=0x00007f8d72ac5e23, pid=2479, tid=2482\n"
            + "# Problematic frame:\n# C  [libonnxruntime.so+0x6c5e23]  Max<float>+0x10\nabout the end";

    @Test
    void twoDeathsAtOnePlaceAreTheSameWhateverTheProcessAndThePhase() {
        assertThat(Signature.of(new Observation.Crashed(Phase.RUN, "SIGSEGV", HS_ERR)))
                .isEqualTo(Signature.of(
                        new Observation.Crashed(Phase.LOAD, "SIGSEGV", HS_ERR.replace("pid=2479", "pid=7"))))
                .hasValueSatisfying(s -> assertThat(s).hasToString("SIGSEGV in libonnxruntime.so+0x6c5e23"));
    }

    @Test
    void withoutAFrameTheLastWordsTellDeathsApart() {
        assertThat(Signature.of(new Observation.Crashed(Phase.RUN, "exit 134", "warming up\nterminate called\n")))
                .hasValueSatisfying(s -> assertThat(s.frame()).isEqualTo("terminate called"));
    }

    @Test
    void aHangIsTheSameAsAnotherInItsPhase() {
        assertThat(Signature.of(new Observation.TimedOut(Phase.LOAD, 20_000)))
                .contains(new Signature("no answer at load", ""));
    }

    @Test
    void theDeathOfTheBrokenTwinIsFound() {
        Observation died = new Observation.Crashed(Phase.RUN, "SIGFPE", "");

        assertThat(Signature.of(new Observation.Twins(Observation.Outputs.none(), died)))
                .contains(new Signature("SIGFPE", ""));
        assertThat(Signature.of(new Observation.Transcript(List.of(Observation.Outputs.none()))))
                .isEmpty();
    }
}
