package org.aiis.conformance.qualification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.port.Oracle;
import org.pitest.reloc.asm.ClassReader;

/** The oracle's classes as bytes, found from its entry by the names in their constant pools, and oracles made of them. */
final class OracleClasses {
    private static final String ENTRY = Evaluator.class.getName();

    private final SortedMap<String, byte[]> classes = new TreeMap<>();
    private final SortedMap<String, Set<String>> uses = new TreeMap<>();
    private final Instrumented instrumented = new Instrumented();

    OracleClasses() {
        Deque<String> open = new ArrayDeque<>(Set.of(ENTRY));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (!classes.containsKey(name)) {
                read(name).ifPresent(bytes -> {
                    classes.put(name, bytes);
                    Set<String> named = named(bytes);
                    uses.put(name, named);
                    named.forEach(open::push);
                });
            }
        }
    }

    private static Optional<byte[]> read(String name) {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = OracleClasses.class.getClassLoader().getResourceAsStream(file)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> named(byte[] bytes) {
        Set<String> named = new TreeSet<>();
        ClassReader reader = new ClassReader(bytes);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            if (at > 0 && bytes[at - 1] == 7) {
                String name = reader.readUTF8(at, buffer);
                if (name != null && name.startsWith("org/aiis/reference/")) {
                    named.add(name.replace('/', '.'));
                }
            }
        }
        return named;
    }

    SortedMap<String, byte[]> all() {
        return classes;
    }

    /** Of any class: PIT asks for the ones that the oracle extends or uses too. */
    static Optional<byte[]> bytes(String name) {
        return read(name);
    }

    int method(String type, String method) {
        return instrumented.number(type, method);
    }

    /** All methods of a class. */
    BitSet methods(String type) {
        return instrumented.numbers(type::equals);
    }

    /** All methods of the package of a class. */
    BitSet neighbours(String type) {
        return instrumented.numbers(other -> packageOf(other).equals(packageOf(type)));
    }

    /** An oracle all of whose classes report the methods they enter. */
    Oracle reporting() {
        return made(classes.keySet(), new TreeMap<>(), true);
    }

    /** An oracle with one class put in the place of another; classes that cannot see it are shared with the right one. */
    Oracle with(String name, byte[] mutated) {
        return made(seeing(packageOf(name)), new TreeMap<>(Map.of(name, mutated)), false);
    }

    private Oracle made(Set<String> own, SortedMap<String, byte[]> others, boolean entries) {
        Map<String, byte[]> bytes = new HashMap<>();
        for (String name : own) {
            byte[] plain = others.getOrDefault(name, classes.get(name));
            boolean meter = entries || others.containsKey(name);
            bytes.put(name, meter ? instrumented.bytes(plain, entries) : plain);
        }
        try {
            return (Oracle) new Child(bytes).loadClass(ENTRY).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the mutated oracle does not start", e);
        }
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** The classes of all packages that reach a package: a package must not be torn between two loaders. */
    private Set<String> seeing(String target) {
        Map<String, Set<String>> users = new HashMap<>();
        uses.forEach((user, named) -> named.forEach(used ->
                users.computeIfAbsent(packageOf(used), k -> new TreeSet<>()).add(packageOf(user))));
        Set<String> reached = new TreeSet<>(Set.of(target));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (String user : users.getOrDefault(open.pop(), Set.of())) {
                if (reached.add(user)) {
                    open.push(user);
                }
            }
        }
        Set<String> seeing = new TreeSet<>();
        classes.keySet().stream().filter(c -> reached.contains(packageOf(c))).forEach(seeing::add);
        return seeing;
    }

    /** Its own classes first. */
    private static final class Child extends ClassLoader {
        private final Map<String, byte[]> own;

        Child(Map<String, byte[]> own) {
            super(OracleClasses.class.getClassLoader());
            this.own = own;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                byte[] bytes = own.get(name);
                return bytes == null ? super.loadClass(name, resolve) : defineClass(name, bytes, 0, bytes.length);
            }
        }
    }
}
