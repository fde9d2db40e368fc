package org.aiis.reference.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The notation; conformance-tests hold every signature against ONNX's schemas. */
class SignatureTest {
    @Test
    void theNotationSaysHowOftenAParameterOccurs() {
        Signature signature = Signature.of("A:T B?:int64 C*:T -> D:T");
        assertThat(IntStream.range(0, 5).mapToObj(signature::mayBeEmpty))
                .containsExactly(false, true, false, false, false);
        assertThat(Signature.fewest(signature.inputs())).isEqualTo(2);
        assertThat(Signature.most(signature.inputs())).isEqualTo(Integer.MAX_VALUE);
    }
}
