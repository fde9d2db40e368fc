package org.aiis.reference.evaluator;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.Bytes;

/**
 * SHA-256 over the class files that a class can reach within this project: it changes when the code does, so nobody
 * has to remember a version constant. References are read from the constant pools (JVM specification, 4.4).
 */
final class ClassDigest {
    private static final String HOME = "org/aiis/";
    /** Generated message classes follow the schema and the protobuf release, not the oracle's answers. */
    private static final String GENERATED = "org/aiis/onnx/";

    private ClassDigest() {}

    static String of(Class<?> root) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>();
        open.add(root.getName().replace('.', '/'));
        try {
            while (!open.isEmpty()) {
                String name = open.remove();
                if (name.startsWith(HOME) && !name.startsWith(GENERATED) && !files.containsKey(name)) {
                    byte[] file = read(root, name);
                    files.put(name, file);
                    references(file, open);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        MessageDigest sha = Bytes.newSha256();
        files.values().forEach(sha::update);
        return HexFormat.of().formatHex(sha.digest());
    }

    private static byte[] read(Class<?> root, String name) throws IOException {
        try (InputStream file = root.getResourceAsStream("/" + name + ".class")) {
            if (file == null) {
                throw new IOException("no class file of " + name);
            }
            return file.readAllBytes();
        }
    }

    private static void references(byte[] file, Deque<String> found) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        in.skipNBytes(8);
        int entries = in.readUnsignedShort();
        String[] texts = new String[entries];
        int[] classes = new int[entries];
        for (int i = 1; i < entries; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> classes[i] = in.readUnsignedShort();
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                default -> throw new IOException("constant pool tag " + tag);
            }
        }
        for (int text : classes) {
            String name = text == 0 ? "" : texts[text];
            found.add(name.startsWith("[") ? name.replaceAll("^\\[+L?|;$", "") : name);
        }
    }
}
