package org.aiis.report.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeTest {
    @TempDir
    Path folder;

    /** The vector that DSSE publishes in its protocol.md. */
    @Test
    void thePreAuthenticationEncodingIsThatOfThePublishedVector() {
        byte[] body = "hello world".getBytes(StandardCharsets.UTF_8);
        byte[] encoded = Envelope.preAuthentication("http://example.com/HelloWorld", body)
                .toArray();
        assertThat(new String(encoded, StandardCharsets.UTF_8))
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void lengthsCountBytesNotCharacters() {
        byte[] encoded = Envelope.preAuthentication("ü", "ß".getBytes(StandardCharsets.UTF_8))
                .toArray();
        assertThat(new String(encoded, StandardCharsets.UTF_8)).isEqualTo("DSSEv1 2 ü 2 ß");
    }

    @Test
    void anEnvelopeIsSignedByItsKeyAndByNoOther() {
        SigningKey one = SigningKey.generate(folder.resolve("one"), Role.EVALUATION, "One");
        SigningKey two = SigningKey.generate(folder.resolve("two"), Role.EVALUATION, "Two");
        Envelope envelope = Envelope.sign(Envelope.IN_TOTO, new byte[] {1, 2, 3}, one);
        assertThat(envelope.signedBy(one.verification())).isTrue();
        assertThat(envelope.signedBy(two.verification())).isFalse();
        Envelope retyped = new Envelope(envelope.payload(), "text/plain", envelope.signatures());
        assertThat(retyped.signedBy(one.verification())).isFalse();
    }
}
