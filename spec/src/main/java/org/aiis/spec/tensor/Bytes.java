package org.aiis.spec.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of bytes with value equality. */
public final class Bytes {
    /** To ask the providers for one takes longer than to digest a small tensor; copies of one that is fresh are fresh. */
    private static final MessageDigest FRESH = fresh();

    /** One that has told its digest is fresh again. */
    private static final ThreadLocal<MessageDigest> AGAIN = ThreadLocal.withInitial(Bytes::newSha256);

    private final byte[] content;
    /** Empty until first asked for. */
    private String digest = "";

    private Bytes(byte[] content) {
        this.content = content;
    }

    public static Bytes copyOf(byte[] content) {
        return new Bytes(content.clone());
    }

    /** Takes the array over without a copy: the caller must not write to it afterwards. */
    public static Bytes own(byte[] content) {
        return new Bytes(content);
    }

    public int size() {
        return content.length;
    }

    public byte[] toArray() {
        return content.clone();
    }

    /** A read-only little-endian view; no copy. */
    public ByteBuffer view() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** SHA-256, lower-case hexadecimal. */
    public String sha256() {
        String known = digest;
        if (known.isEmpty()) {
            known = sha256(content);
            digest = known;
        }
        return known;
    }

    /** SHA-256 of an array, lower-case hexadecimal. */
    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(AGAIN.get().digest(content));
    }

    /** The thread's own, as new; whoever takes it is through with it before another does. */
    static MessageDigest sha256Again() {
        MessageDigest sha = AGAIN.get();
        sha.reset();
        return sha;
    }

    public static MessageDigest newSha256() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            return fresh();
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "Bytes[" + content.length + ", sha256 " + sha256().substring(0, 12) + "]";
    }
}
