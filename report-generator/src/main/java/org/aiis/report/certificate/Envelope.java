package org.aiis.report.certificate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/** A DSSE v1 envelope: Base64 payload, its type, one signature over both; the key id is a hint only. */
public record Envelope(String payload, String payloadType, List<Sig> signatures) {
    /** The type of an in-toto statement. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    public Envelope {
        signatures = List.copyOf(signatures);
    }

    /** A signature in Base64. */
    public record Sig(String keyid, String sig) {}

    static Envelope sign(String type, byte[] body, SigningKey key) {
        Base64.Encoder base64 = Base64.getEncoder();
        Sig sig = new Sig(
                key.verification().id(),
                base64.encodeToString(key.sign(preAuthentication(type, body).toArray())));
        return new Envelope(base64.encodeToString(body), type, List.of(sig));
    }

    /** The body, whoever signed it. */
    byte[] body() {
        return decode(payload, "payload");
    }

    /** The hint of the one signature. */
    String keyid() {
        return signatures.size() == 1 ? signatures.get(0).keyid() : "";
    }

    /** Whether its Base64 is what an encoder writes: decoders forgive stray bits at the end. */
    boolean spelledPlainly() {
        return plain(payload, "payload") && signatures.stream().allMatch(s -> plain(s.sig(), "signature"));
    }

    private static boolean plain(String text, String what) {
        return Base64.getEncoder().encodeToString(decode(text, what)).equals(text);
    }

    /** Whether the one signature over type and body is this key's. */
    boolean signedBy(VerificationKey key) {
        return signatures.size() == 1
                && key.verifies(
                        preAuthentication(payloadType, body()).toArray(),
                        decode(signatures.get(0).sig(), "signature"));
    }

    private static byte[] decode(String text, String what) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw InputException.because(what + " that is not Base64", e);
        }
    }

    /** Pre-authentication encoding of DSSE: {@code "DSSEv1" SP len(type) SP type SP len(body) SP body}. */
    static Bytes preAuthentication(String type, byte[] body) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        String head = "DSSEv1 " + typeBytes.length + " " + type + " " + body.length + " ";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        return Bytes.own(out.toByteArray());
    }
}
