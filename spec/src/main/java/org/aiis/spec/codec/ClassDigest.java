package org.aiis.spec.codec;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * SHA-256 over the class files that some classes can reach within this project: it changes when the code does, so nobody
 * has to remember a version constant. It is the same for the same jar, not for the same sources under another compiler. References are read from the constant pools (JVM specification, 4.4).
 */
public final class ClassDigest {
    private static final String HOME = "org/aiis/";
    /** Generated message classes follow the schema and the protobuf release, not what this project says. */
    private static final String GENERATED = "org/aiis/onnx/";

    private static final Map<List<Class<?>>, String> KNOWN = new ConcurrentHashMap<>();

    private ClassDigest() {}

    /** Of everything that these classes can reach. */
    public static String of(Class<?>... roots) {
        return KNOWN.computeIfAbsent(List.of(roots), of -> reachable(roots));
    }

    private static String reachable(Class<?>... roots) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>();
        for (Class<?> root : roots) {
            open.add(root.getName().replace('.', '/'));
        }
        try {
            while (!open.isEmpty()) {
                String name = open.remove();
                if (name.startsWith(HOME) && !name.startsWith(GENERATED) && !files.containsKey(name)) {
                    byte[] file = read(roots[0], name);
                    files.put(name, file);
                    references(file, open);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            files.values().forEach(sha::update);
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
