package org.aiis.conformance.scheme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Waiver;
import org.aiis.spec.standard.Standard;

/** The waivers of the scheme, from {@code profiles/waivers/*.yaml}. */
public final class Waivers {
    private Waivers() {}

    /** A file of waivers. */
    public record WaiverFile(List<Waiver> waivers) {
        public WaiverFile {
            waivers = List.copyOf(waivers);
        }
    }

    /** All waivers, sorted by id; each names a living requirement and a reproduction that is there. */
    public static List<Waiver> read(Standard standard, Home home) {
        Path folder = home.profiles().resolve("waivers");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Waiver> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                for (Waiver waiver : Codec.file(file, WaiverFile.class).waivers()) {
                    standard.requirement(waiver.requirement());
                    Path reproduction = folder.resolve(waiver.reproduction()).normalize();
                    if (!reproduction.startsWith(folder) || !Files.isRegularFile(reproduction)) {
                        throw InputException.of(
                                file + ": waiver " + waiver.id() + " has no reproduction at " + waiver.reproduction(),
                                "a waiver needs a file that shows the failure without the suite");
                    }
                    all.add(waiver);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.sort(Comparator.comparing(Waiver::id));
        return all;
    }
}
