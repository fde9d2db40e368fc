package org.aiis.report.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;

/**
 * An Ed25519 key pair with the name and role of its holder. The private key file is JSON around a PKCS#8 key (RFC 8410)
 * that only its owner may read; the public one is an entry of a trust list without its days.
 */
public final class SigningKey {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final String name;
    private final Role role;
    private final VerificationKey verification;
    private final PrivateKey secret;

    private SigningKey(String name, Role role, VerificationKey verification, PrivateKey secret) {
        this.name = name;
        this.role = role;
        this.verification = verification;
        this.secret = secret;
    }

    /** What the private file holds. */
    private record PrivateFile(Role role, String name, VerificationKey publicKey, String pkcs8) {}

    /** What the public file holds. */
    public record PublicFile(Role role, String name, VerificationKey publicKey) {}

    /**
     * Makes a key pair: {@code STEM.key.json}, readable by its owner alone, and {@code STEM.pub.json}. Neither may be
     * there already.
     */
    public static SigningKey generate(Path stem, Role role, String name) {
        if (name.isBlank()) {
            throw InputException.of("the name of the key's holder is empty", "give the organisation that signs");
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            SigningKey key = new SigningKey(name, role, VerificationKey.of(pair.getPublic()), pair.getPrivate());
            String pem = BEGIN + "\n"
                    + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n" + END;
            create(privateFile(stem), Codec.pretty(new PrivateFile(role, name, key.verification, pem)), true);
            create(publicFile(stem), Codec.pretty(new PublicFile(role, name, key.verification)), false);
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 platform has Ed25519", e);
        }
    }

    public static Path privateFile(Path stem) {
        return stem.resolveSibling(stem.getFileName() + ".key.json");
    }

    public static Path publicFile(Path stem) {
        return stem.resolveSibling(stem.getFileName() + ".pub.json");
    }

    private static void create(Path file, String text, boolean secret) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = secret && posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be made; a key is never overwritten", e);
        }
    }

    /** Reads a private key file. */
    public static SigningKey read(Path file) {
        PrivateFile held = Codec.file(file, PrivateFile.class);
        String pem = held.pkcs8().strip();
        if (!pem.startsWith(BEGIN) || !pem.endsWith(END) || pem.length() < BEGIN.length() + END.length()) {
            throw InputException.of(file + ": member 'pkcs8' is no private key in PEM", "make one with keygen");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(BEGIN.length(), pem.length() - END.length()));
            PrivateKey secret = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
            SigningKey key = new SigningKey(held.name(), held.role(), held.publicKey(), secret);
            byte[] probe = "aiis".getBytes(StandardCharsets.UTF_8);
            if (!key.verification.verifies(probe, key.sign(probe))) {
                throw InputException.of(file + ": private and public key do not belong together", "");
            }
            return key;
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw InputException.of(file + ": member 'pkcs8' is no Ed25519 key", "make one with keygen");
        }
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 platform has Ed25519", e);
        }
    }

    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    public VerificationKey verification() {
        return verification;
    }
}
