package org.aiis.report.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import org.aiis.spec.codec.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    @TempDir
    Path folder;

    @Test
    void thePrivateFileIsItsOwnersAlone() throws IOException {
        SigningKey.generate(folder.resolve("lab"), Role.DECISION, "Example Body");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("lab.key.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aKeyReadBackSignsAsTheSameKey() {
        SigningKey made = SigningKey.generate(folder.resolve("lab"), Role.DECISION, "Example Body");
        SigningKey read = SigningKey.read(folder.resolve("lab.key.json"));
        assertThat(read.role()).isEqualTo(Role.DECISION);
        assertThat(read.name()).isEqualTo("Example Body");
        assertThat(made.verification().verifies(new byte[] {7}, read.sign(new byte[] {7})))
                .isTrue();
    }

    @Test
    void aKeyIsNeverOverwritten() {
        SigningKey.generate(folder.resolve("lab"), Role.DECISION, "Example Body");
        assertThatThrownBy(() -> SigningKey.generate(folder.resolve("lab"), Role.DECISION, "Example Body"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("never overwritten");
    }

    @Test
    void aPublicKeyThatIsNotThePrivateOnesIsRefused() throws IOException {
        SigningKey.generate(folder.resolve("one"), Role.DECISION, "One");
        SigningKey two = SigningKey.generate(folder.resolve("two"), Role.DECISION, "Two");
        String text = Files.readString(folder.resolve("one.key.json"));
        SigningKey one = SigningKey.read(folder.resolve("one.key.json"));
        Files.writeString(
                folder.resolve("one.key.json"),
                text.replace(one.verification().base64(), two.verification().base64()));
        assertThatThrownBy(() -> SigningKey.read(folder.resolve("one.key.json")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("do not belong together");
    }

    /** RFC 8032 §7.1, test 2: public key, message 72, signature. */
    @Test
    void aSignatureOfRfc8032Verifies() {
        byte[] raw = HexFormat.of().parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        byte[] spki = new byte[44];
        System.arraycopy(HexFormat.of().parseHex("302a300506032b6570032100"), 0, spki, 0, 12);
        System.arraycopy(raw, 0, spki, 12, 32);
        VerificationKey key = VerificationKey.parse(Base64.getEncoder().encodeToString(spki));
        byte[] signature = HexFormat.of()
                .parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        assertThat(key.verifies(new byte[] {0x72}, signature)).isTrue();
        assertThat(key.verifies(new byte[] {0x73}, signature)).isFalse();
    }

    @Test
    void aKeyOfAnotherKindIsRefused() {
        String rsa = Base64.getEncoder()
                .encodeToString("not a key at all, but 44 bytes long, padded.".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> VerificationKey.parse(rsa)).isInstanceOf(InputException.class);
    }
}
