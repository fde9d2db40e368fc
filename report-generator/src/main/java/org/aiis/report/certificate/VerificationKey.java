package org.aiis.report.certificate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/** An Ed25519 public key (RFC 8032); written as the Base64 of its SubjectPublicKeyInfo (RFC 8410). */
public final class VerificationKey {
    /** The fixed head of an Ed25519 SubjectPublicKeyInfo; the 32 bytes of the key follow (RFC 8410 §10.1). */
    private static final byte[] HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Bytes encoded;
    private final PublicKey key;

    private VerificationKey(Bytes encoded, PublicKey key) {
        this.encoded = encoded;
        this.key = key;
    }

    static VerificationKey of(PublicKey key) {
        return decode(key.getEncoded());
    }

    @JsonCreator
    public static VerificationKey parse(String base64) {
        try {
            return decode(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw InputException.because("public key that is not Base64", e);
        }
    }

    private static VerificationKey decode(byte[] spki) {
        if (spki.length != HEAD.length + 32 || java.util.Arrays.mismatch(spki, HEAD) != HEAD.length) {
            throw InputException.of("public key that is not Ed25519", "44 bytes of SubjectPublicKeyInfo are expected");
        }
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
            return new VerificationKey(Bytes.copyOf(spki), key);
        } catch (GeneralSecurityException e) {
            throw InputException.because("public key that is not Ed25519", e);
        }
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 platform has Ed25519", e);
        }
    }

    /** SHA-256 of the key: a name for people, never a proof. */
    public String id() {
        return encoded.sha256();
    }

    @JsonValue
    public String base64() {
        return Base64.getEncoder().encodeToString(encoded.toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && encoded.equals(that.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    @Override
    public String toString() {
        return "Ed25519 " + id().substring(0, 16);
    }
}
